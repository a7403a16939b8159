import type { OrderKind } from '#features/register/index.ts';

/** What the public reads of a condition; nothing where it is of health. */
export type ConditionText = { isHealth: boolean; publicText: string };

/** Interim orders are no finding: their text is ours, and says nothing of what is looked into (domain.md §6.8). */
const NEUTRAL: Partial<Record<OrderKind, string>> = {
	interim_suspension:
		'This therapist may not practise as an accredited therapist for the time being. This is a step to protect everybody while facts are looked into. It is not a finding, and nobody has decided anything about what happened.',
	interim_conditions:
		'This therapist may practise within limits for the time being. This is a step to protect everybody while facts are looked into. It is not a finding, and nobody has decided anything about what happened.',
};

const HIDDEN = { one: 'One condition concerns health and is not published.', more: 'Some conditions concern health and are not published.' };

/** The whole text of a notice: what was written, or our own words for an interim order, and what the public may read of its conditions. Pure. */
export function publishedText(kind: OrderKind, publicText: string, conditions: readonly ConditionText[]): string {
	const open = conditions.filter(({ publicText: text }) => text !== '').map(({ publicText: text }, index) => `${index + 1}. ${text}`);
	const hidden = conditions.filter(({ isHealth }) => isHealth).length;
	return [NEUTRAL[kind] ?? '', publicText.trim(), ...open, hidden === 0 ? '' : hidden === 1 ? HIDDEN.one : HIDDEN.more]
		.filter((part) => part !== '')
		.join('\n\n');
}

/** Is the whole text ours, so that nobody writes one? */
export function hasFixedText(kind: OrderKind): boolean {
	return kind === 'interim_suspension';
}

export function isInterim(kind: OrderKind): boolean {
	return NEUTRAL[kind] !== undefined;
}

/** Words that say or hint what somebody is accused of: the categories of allegations and what is near to them. */
const ACCUSING =
	/\b(alleg\w*|accus\w*|complain\w*|misconduct|abus\w*|assault\w*|harass\w*|sexual\w*|boundar\w*|confidential\w*|dishonest\w*|fraud\w*|discriminat\w*|convict\w*|cautioned|police|crim\w*|offen[cs]\w*|victim\w*|guilt\w*|prove[dn]?|breach\w*|(?:in)?competen\w*|health|ill(?:ness)?|mental\w*|risk\w*|danger\w*|unsafe|harm\w*|fees|contract|advertis\w*|mislead\w*|title|cooperat\w*|co-operat\w*|communicat\w*|investigat\w*)\b/i;

/** The first word in a text of an interim order that hints at what is looked into, or null. Pure. */
export function accusingWord(text: string): string | null {
	return ACCUSING.exec(text)?.[0] ?? null;
}

/** A name of somebody of the case other than the therapist that stands in a text, whole or by the family name; or null. Pure. */
export function nameInText(text: string, names: readonly string[]): string | null {
	const words = ` ${text.toLowerCase().replace(/[^\p{L}\p{N}'’-]+/gu, ' ')} `;
	const parts = names.flatMap((name) => [name, name.split(/\s+/).at(-1) ?? '']).filter((part) => part.length > 2);
	return parts.find((part) => words.includes(` ${part.toLowerCase()} `)) ?? null;
}
