import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { last } from '#core/fields.ts';
import { prepared } from '#db/prepared.ts';
import { awardTitle, factsOf } from '#features/register/index.ts';
import { type ActField, area, choice, needed, seen, words } from './case-act-parts.ts';
import type { OrderIn } from './order-store.ts';
import { hasFixedText } from './order-text.ts';
import type { Sight } from './sight.ts';

const count = (sentence: string) =>
	z.preprocess(
		(value) => (last(value) === '' || last(value) === undefined ? null : last(value)),
		z.coerce.number(sentence).int(sentence).positive(sentence).max(600, sentence).nullable(),
	);
const maybe = z.preprocess((value) => last(value) || null, z.string().max(60).nullable().catch(null));
const MONTHS = count('Enter a number of months.');

export const draftSchema = z.object({ seen, award: maybe, months: MONTHS, reviewMonths: MONTHS, words, reasons: needed('Write why it is worded like this.') });

/** What is typed of an order of a kind: what the panel said is not asked again. */
export function draftFields({ ctx, sight }: { ctx: Ctx; sight: Sight }, kind: OrderIn['row']['kind'], months: number | null): readonly ActField[] {
	const typed = { kind: 'text' } as const;
	const asked = months === null && !kind.includes('removal') && kind !== 'award_withdrawn';
	const reviewed = ['suspension', 'conditions', 'undertakings', 'interim_suspension', 'interim_conditions'].includes(kind);
	const fields: (ActField | false)[] = [
		kind === 'award_withdrawn' && choice('award', 'Which award?', awardsOf(ctx, sight)),
		asked && { name: 'months', label: 'For how many months?', hint: 'From the day of publication on.', ...typed },
		reviewed && { name: 'reviewMonths', label: 'Looked at again after how many months?', hint: 'Left empty, our rules say when.', ...typed },
		!hasFixedText(kind) &&
			area('words', 'What the public reads', 'What was found and what follows, in short. Nobody is named but the therapist, and nothing of anybody’s health.'),
		area('reasons', 'Why it is worded like this', 'For the file: whoever works on the case reads it.'),
	];
	return fields.filter((field) => field !== false);
}

function awardsOf({ db }: Ctx, { concern }: Sight): Record<string, string> {
	const awards = (concern.respondentId && factsOf(db, concern.respondentId)?.awards) || [];
	return Object.fromEntries(awards.filter(({ endedOn }) => endedOn === null).map((award) => [award.id, awardTitle(award)]));
}

/** Who is let in and may look after a condition. */
export function monitorsOf({ db, now }: Ctx, { concern }: Sight): Record<string, string> {
	const text = `SELECT DISTINCT a.person_id AS id, n.given_names || ' ' || n.family_name AS name FROM concern_access a
		JOIN person_name n ON n.person_id = a.person_id AND n.to_on IS NULL
		WHERE a.concern_id = ? AND a.capacity IN ('monitor', 'owner', 'secretary') AND a.ended_at IS NULL AND a.until_at > ? ORDER BY name`;
	const rows = prepared(db.sql, text).all(concern.id, now) as { id: string; name: string }[];
	return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
