import type { Phase } from './phases.ts';
import { OPEN } from './phases.ts';

export const QUEUE_STAGES: readonly Phase[] = [...OPEN, 'closed'];
/** What the queue shows, as its address says it. It names nobody. */
export type QueueFilter = { stage: Phase | ''; isMine: boolean; isOverdue: boolean; page: number };

/** Reads an address; what it does not know is left out, so that an old link still shows something. */
export function queueFilterFrom(query: URLSearchParams): QueueFilter {
	return {
		stage: QUEUE_STAGES.find((stage) => stage === query.get('stage')) ?? '',
		isMine: query.get('mine') === '1',
		isOverdue: query.get('overdue') === '1',
		page: Math.min(1000, Math.max(1, Number.parseInt(query.get('page') ?? '1', 10) || 1)),
	};
}

/** The same as parameters of an address. */
export function queueQuery({ stage, isMine, isOverdue, page }: QueueFilter): Record<string, string | undefined> {
	return { stage: stage || undefined, mine: isMine ? '1' : undefined, overdue: isOverdue ? '1' : undefined, page: page > 1 ? String(page) : undefined };
}
