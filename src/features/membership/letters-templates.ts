import { sayDay } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Settings } from '#settings';

/** The words of a kind of letter. `for`: members only, anyone who lives, or the family of someone who has died. */
export type LetterTemplate = { key: string; version: string; title: string; for: 'member' | 'anyone' | 'family'; subject: string; body: string };

const KIND = 'letter.';

/** The templates in force on a day, by title. */
export function letterTemplatesOn(db: Db, day: string): LetterTemplate[] {
	const text = `SELECT kind, version, data FROM rule_set r WHERE kind LIKE '${KIND}%' AND from_on <= ?
		AND NOT EXISTS (SELECT 1 FROM rule_set n WHERE n.kind = r.kind AND n.from_on <= ? AND (n.from_on, n.version) > (r.from_on, r.version)) ORDER BY kind`;
	const rows = prepared(db.sql, text).all(day, day) as { kind: string; version: string; data: string }[];
	return rows
		.map(({ kind, version, data }) => ({ key: kind.slice(KIND.length), version, ...(JSON.parse(data) as Omit<LetterTemplate, 'key' | 'version'>) }))
		.sort((a, b) => a.title.localeCompare(b.title));
}

/** Does a template take words of the officer's own? */
export function takesWords(template: Pick<LetterTemplate, 'body'>): boolean {
	return template.body.includes('{words}');
}

/** What a letter says of the person. Days `YYYY-MM-DD`. */
export type LetterFacts = { name: string; grade: string | null; paidToOn: string | null; diedOn: string | null };

/**
 * A template with the person's facts in it.
 * @param words what the officer adds; paragraphs that stay empty are left out.
 */
export function fillLetter(
	template: LetterTemplate,
	facts: LetterFacts,
	{ words, settings }: { words: string; settings: Settings },
): { subject: string; body: string } {
	const said: Record<string, string> = {
		name: facts.name,
		grade: facts.grade ?? '',
		paid_to: dayOr(facts.paidToOn),
		died_on: dayOr(facts.diedOn),
		organisation: settings.organisation.name,
		contact: settings.organisation.email,
		register: `${settings.publicOrigin}/register`,
		my: `${settings.publicOrigin}/my`,
		words,
	};
	const body = template.body.replace(/\{(\w+)\}/g, (whole, key: string) => said[key] ?? whole);
	return { subject: template.subject, body: body.replace(/\n{3,}/g, '\n\n').trim() };
}

function dayOr(day: string | null): string {
	return day === null ? '' : sayDay(day);
}
