import { sayDay } from '#core/dates.ts';
import { sayMinutes } from '#core/read-duration.ts';
import type { Activity } from './entry.ts';
import { CATEGORY_WORDS, MODE_OPTIONS } from './kinds.ts';

/** One fact of an entry as it is saved and as it was typed in another window. */
export type Difference = { label: string; saved: string; typed: string; isDifferent: boolean };

/** An activity in words, for reading and for comparing. */
export function factsInWords(a: Activity): { label: string; value: string }[] {
	return [
		{ label: 'What', value: a.title },
		{ label: 'When', value: [a.beganOn, a.doneOn].flatMap((day) => (day ? [sayDay(day)] : [])).join(' to ') },
		{ label: 'How long', value: a.minutes === null ? '' : sayMinutes(a.minutes) },
		{ label: 'Kind', value: a.category === null ? '' : CATEGORY_WORDS[a.category].label },
		{ label: 'About IPT', value: a.isIpt ? 'Yes' : 'No' },
		{ label: 'Skills practice', value: a.isSkills ? 'Yes' : 'No' },
		{ label: 'Who offered it', value: a.provider },
		{ label: 'How', value: MODE_OPTIONS.find((mode) => mode.value === a.mode)?.label ?? '' },
		{ label: 'What I learned', value: a.learned },
		{ label: 'What I changed', value: a.changed },
		{ label: 'Effect for clients', value: a.effect },
	];
}

/** Both versions side by side, in the order of the form. */
export function differences(saved: Activity, typed: Activity): Difference[] {
	const right = factsInWords(typed);
	return factsInWords(saved).map(({ label, value }, i) => ({
		label,
		saved: value || 'Nothing',
		typed: right[i]?.value || 'Nothing',
		isDifferent: value !== right[i]?.value,
	}));
}
