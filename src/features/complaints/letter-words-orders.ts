import type { LetterFacts, LetterSide } from './letter-template.ts';

/** An order as each side reads it: what is public anyway, and no more of it to whoever raised it. */
const SAID: Record<string, Record<LetterSide, string>> = {
	warning: { complainant: 'The therapist is given a warning.', respondent: 'You are given a warning.' },
	conditions: {
		complainant: 'The therapist may work only under conditions.',
		respondent: 'You may work only under conditions. You find them on your page for this case.',
	},
	undertakings: { complainant: 'The therapist has undertaken to do something about it.', respondent: 'You have undertaken to do something about it.' },
	suspension: { complainant: 'The therapist is suspended from the register.', respondent: 'You are suspended from the register.' },
	removal: { complainant: 'The therapist is removed from the register.', respondent: 'You are removed from the register.' },
	voluntary_removal: { complainant: 'The therapist leaves the register.', respondent: 'You leave the register, as you agreed.' },
	award_withdrawn: { complainant: 'The therapist’s accreditation is withdrawn.', respondent: 'Your accreditation is withdrawn.' },
};

/** What follows from an outcome, order by order, and what becomes public of it. Pure. */
export function ordersSaid({ orders }: Pick<LetterFacts, 'orders'>, side: LetterSide): string[] {
	if (orders.length === 0) return ['No order follows from it, and nothing about it stands in the public register.'];
	const each = orders.map(
		({ kind, months }) => `${SAID[kind]?.[side] ?? 'An order follows from it.'}${months === null ? '' : ` This is for ${sayMonths(months)}.`}`,
	);
	return [...each, 'The public register shows this once the time for an appeal is over, or at once where the rules say so.'];
}

export function sayMonths(months: number): string {
	return months === 1 ? 'one month' : `${months} months`;
}
