import { hoursOf } from '#core/read-duration.ts';
import type { Activity } from './entry.ts';

/** The fields of the form as they stand for an entry: what a member would have typed. */
export function typedFrom(a: Activity): Record<string, string> {
	return {
		title: a.title,
		...boxes('other', a.doneOn),
		...boxes('began', a.beganOn),
		long: a.minutes === null ? '' : durationTyped(a.minutes),
		category: a.category ?? '',
		isIpt: a.isIpt ? 'yes' : '',
		isSkills: a.isSkills ? 'yes' : '',
		provider: a.provider,
		mode: a.mode ?? '',
		learned: a.learned,
		changed: a.changed,
		effect: a.effect,
	};
}

/** `2.5` where that is exact, otherwise `2h 20m`. */
function durationTyped(minutes: number): string {
	return minutes % 15 === 0 ? hoursOf(minutes).replace(/,/g, '') : `${Math.floor(minutes / 60)}h ${minutes % 60}m`;
}

function boxes(name: string, day: string | null): Record<string, string> {
	const [year = '', month = '', date = ''] = (day ?? '').split('-');
	return { [`${name}-day`]: date.replace(/^0/, ''), [`${name}-month`]: month.replace(/^0/, ''), [`${name}-year`]: year };
}
