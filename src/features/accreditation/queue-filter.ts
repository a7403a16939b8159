import { isDay } from '#core/dates.ts';
import type { Phase, Turn } from './phases.ts';

export const QUEUE_VIEWS = ['mine', 'team', 'all'] as const;
export type QueueView = (typeof QUEUE_VIEWS)[number];

/** What a queue shows, as its address says it. `after`: the last row of the page before. */
export type QueueFilter = {
	view: QueueView;
	route: string;
	phase: Phase | '';
	turn: Turn | '';
	assessor: string;
	isOverdue: boolean;
	after: { dueOn: string; id: string } | null;
};

export const QUEUE_PHASES: readonly Phase[] = [
	'checks',
	'assessment',
	'waiting_on_applicant',
	'verification',
	'panel',
	'review',
	'decided',
	'withdrawn',
	'draft',
];
export const QUEUE_TURNS: readonly Turn[] = ['office', 'assessors', 'applicant', 'third_party', 'committee', 'reviewers'];

/** Reads an address; what it does not know is left out, so that an old link still shows something. */
export function queueFilterFrom(query: URLSearchParams, otherwise: QueueView): QueueFilter {
	const [dueOn = '', id = ''] = (query.get('after') ?? '').split('.');
	return {
		view: QUEUE_VIEWS.find((view) => view === query.get('view')) ?? otherwise,
		route: /^[a-z0-9_]{1,60}$/.exec(query.get('route') ?? '')?.[0] ?? '',
		phase: QUEUE_PHASES.find((phase) => phase === query.get('phase')) ?? '',
		turn: QUEUE_TURNS.find((turn) => turn === query.get('turn')) ?? '',
		assessor: /^[0-9a-f-]{36}$/.exec(query.get('assessor') ?? '')?.[0] ?? '',
		isOverdue: query.get('overdue') === '1',
		after: isDay(dueOn) || dueOn === NEVER ? { dueOn, id } : null,
	};
}

/** What has no day comes last. */
export const NEVER = '9999-12-31';

/** The same as parameters of an address. */
export function queueQuery({ view, route, phase, turn, assessor, isOverdue, after }: QueueFilter): Record<string, string | undefined> {
	return { view, route, phase, turn, assessor, overdue: isOverdue ? '1' : undefined, after: after ? `${after.dueOn}.${after.id}` : undefined };
}
