import { addDays } from '#core/dates.ts';
import type { Side, StepKind } from '#features/complaints/phases.ts';
import type { Step } from '#features/complaints/state.ts';
import { REGISTER_DAY } from './registers.ts';

/** How far a case has come: so many of its steps, or all of one of the ways to its end. */
export type Shape = { owner: string; isOpen: boolean; random: () => number };
type Draft = readonly [StepKind, Side, Step['data']?];

const HEAD: readonly Draft[] = [
	['begun', 'complainant'],
	['sent', 'complainant'],
	['acknowledged', 'office'],
];
const updates = (count: number): Draft[] => Array.from({ length: count }, () => ['updated', 'office']);
const WAY: readonly Draft[] = [
	['accepted', 'office'],
	['asked', 'office'],
	['answered', 'complainant'],
	['disclosed', 'office'],
	...updates(2),
	['replied', 'respondent'],
	['paused', 'office', { because: 'police' }],
	['resumed', 'office'],
	...updates(4),
	['reported', 'office'],
	['referred', 'panel', { panel: 'bench' }],
	['listed', 'office', { on: REGISTER_DAY }],
	...updates(3),
	['facts_found', 'panel'],
	['breach_found', 'panel', { panel: 'bench' }],
	['sanction_decided', 'panel', { panel: 'bench', outcome: 'partly_upheld', orders: [] }],
	['closed', 'office', { root: 'communication' }],
];

/** The steps of a case that could have been taken: of an open one some of the way, of others all of it, or turned away. */
export function historyOf({ owner, isOpen, random }: Shape): Step[] {
	const taken: Draft = ['assigned', 'office', { owner }];
	const isWaiting = isOpen && random() < 0.08;
	const isDeclined = !isOpen && random() < 0.3;
	const far = Math.floor(random() * (WAY.length - 1));
	const all = isWaiting ? HEAD.slice(0, 2) : [...HEAD, taken, ...(isOpen ? WAY.slice(0, far) : isDeclined ? [['declined', 'office'] as const] : WAY)];
	const endsOn = addDays(REGISTER_DAY, -Math.floor(random() * (isOpen ? 40 : 5 * 365)));
	const gap = 1 + Math.floor(random() * 20);
	return all.map(([kind, bySide, data = {}], i) => {
		const onDay = addDays(endsOn, -(all.length - 1 - i) * gap);
		// A panel's step by somebody would need that panel's votes.
		const byPerson = bySide === 'office' ? owner : null;
		return { no: i + 1, kind, at: Date.parse(`${onDay}T10:00:00Z`) + i, onDay, byPerson, bySide, data };
	});
}
