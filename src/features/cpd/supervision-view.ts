import { sayDay, sayInstant } from '#core/dates.ts';
import { sayMinutes } from '#core/read-duration.ts';
import type { Difference } from './compare-versions.ts';
import type { SupervisionSession } from './supervision-entry.ts';
import type { SessionInput } from './supervision-form.ts';
import type { Relation } from './supervision-relation-queries.ts';
import { KIND_OF_SUPERVISION, MATERIAL_OF_SUPERVISION, MODE_OF_SUPERVISION } from './supervision-words.ts';

type Told = Pick<SupervisionSession, 'supervisor' | 'heldOn' | 'minutes' | 'kind' | 'size' | 'mode' | 'material' | 'note'>;

/** A session in words, for reading and for comparing. */
export function sessionInWords(s: Told): { label: string; value: string }[] {
	return [
		{ label: 'Day', value: s.heldOn === null ? '' : sayDay(s.heldOn) },
		{ label: 'Length', value: sayLength(s.minutes) },
		{ label: 'Supervisor', value: s.supervisor ?? '' },
		{ label: 'Kind', value: s.kind === 'individual' || s.size === null ? KIND_OF_SUPERVISION[s.kind] : `${KIND_OF_SUPERVISION[s.kind]}, ${s.size} people` },
		{ label: 'How', value: MODE_OF_SUPERVISION[s.mode] },
		{ label: 'Own work used', value: MATERIAL_OF_SUPERVISION[s.material] },
		{ label: 'Note', value: s.note },
	];
}

/** A session that cannot be changed, with what became of it. */
export function sessionFacts(s: SupervisionSession): { key: string; value: string }[] {
	const facts = sessionInWords(s).filter(({ value }) => value !== '');
	const own = s.ownMinutes !== null && s.ownMinutes !== s.minutes ? [{ label: 'Your share', value: sayMinutes(s.ownMinutes) }] : [];
	const confirmed = s.confirmedAt === null ? [] : [{ label: 'Confirmed', value: sayInstant(s.confirmedAt) }];
	return [...facts, ...own, ...confirmed].map(({ label, value }) => ({ key: label, value }));
}

/** What is saved beside what was typed in another window. */
export function sessionDifferences(saved: SupervisionSession, typed: SessionInput, relations: readonly Relation[]): Difference[] {
	const supervisor = relations.find((r) => r.id === typed.relation)?.otherName ?? null;
	const right = sessionInWords({ ...typed, supervisor });
	return sessionInWords(saved).map(({ label, value }, i) => ({
		label,
		saved: value || 'Nothing',
		typed: right[i]?.value || 'Nothing',
		isDifferent: value !== right[i]?.value,
	}));
}

/** The fields of the form as they stand for a session: what a member would have typed. */
export function sessionTyped(s: Told & Pick<SupervisionSession, 'relationId'>): Record<string, string> {
	return {
		heldOn: s.heldOn === null ? '' : dayTyped(s.heldOn),
		minutes: s.minutes ? `${s.minutes} min` : '',
		relation: s.relationId ?? (s.kind === 'peer' ? 'none' : ''),
		kind: s.kind,
		size: s.size === null ? '' : String(s.size),
		mode: s.mode,
		material: s.material,
		note: s.note,
	};
}

/** `22/11/2026`. */
export function dayTyped(day: string): string {
	return day.split('-').reverse().join('/');
}

export function sayLength(minutes: number | null): string {
	if (minutes === null) return '';
	return minutes === 0 ? 'It did not take place' : sayMinutes(minutes);
}

const longMonth = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' });

/** `2026-11` for people: `November 2026`. */
export function sayMonth(month: string): string {
	return longMonth.format(Date.parse(`${month}-01T00:00:00Z`));
}
