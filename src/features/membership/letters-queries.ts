import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { membershipFactsOf, membershipStatusOf } from './facts-queries.ts';
import { GRADES } from './grades.ts';
import type { LetterFacts } from './letters-templates.ts';
import { nameOf } from './people-key.ts';
import { canReadFiles, seesPersonal } from './people-policy.ts';
import type { MembershipState } from './status.ts';

/** What a letter may say of a person today. Never authorises. */
export function letterFactsOf(ctx: Ctx, personId: string): LetterFacts & { state: MembershipState } {
	const { state, category, paidToOn } = membershipStatusOf(ctx, personId);
	const { diedOn } = membershipFactsOf(ctx.db, personId);
	const grade = category === null ? null : GRADES[category].title;
	return { name: nameOf(ctx.db, personId) ?? '', grade, paidToOn, diedOn, state };
}

/** A letter as it was written. */
export type LetterView = { id: string; title: string; way: 'mail' | 'print'; subject: string; body: string; at: string; by: string };

type Row = Omit<LetterView, 'at' | 'title'> & { template: string; writtenAt: number };

/** The letters in a file, newest first; none for a reviewer from outside. @throws Forbidden */
export function lettersOf(ctx: Ctx, personId: string): LetterView[] {
	allow(canReadFiles(ctx.actor));
	if (!seesPersonal(ctx.actor)) return [];
	const text = `SELECT id, template, way, subject, body, written_at AS writtenAt,
		coalesce((SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = written_by AND n.to_on IS NULL), 'someone') AS by
		FROM letter WHERE person_id = ? ORDER BY written_at DESC, id DESC`;
	return (prepared(ctx.db.sql, text).all(personId) as Row[]).map(({ template, writtenAt, ...row }) => ({
		...row,
		title: titleOf(ctx, template),
		at: sayInstant(writtenAt),
	}));
}

/** One letter of a file. @throws Forbidden, NotFound */
export function letterOf(ctx: Ctx, personId: string, id: string): LetterView {
	const letter = lettersOf(ctx, personId).find((l) => l.id === id);
	if (!letter) throw new NotFound('There is no such letter.');
	return letter;
}

/** @param template key and version, as they are kept with the letter. */
function titleOf(ctx: Ctx, template: string): string {
	const [key = '', version = ''] = template.split(' ');
	const data = prepared(ctx.db.sql, 'SELECT data FROM rule_set WHERE kind = ? AND version = ?').pluck().get(`letter.${key}`, version) as string | undefined;
	return data ? (JSON.parse(data) as { title: string }).title : key;
}
