import type { State, Step } from './state.ts';

/** Without a good end another is wanted, or it goes on as one that failed: never silently. */
export function requestSettled(s: State, { data }: Step): Partial<State> {
	const id = String(data.request);
	const others = (ids: readonly string[]) => ids.filter((other) => other !== id);
	const wantsAnother = data.isGood !== true && data.wantsAnother === true;
	const hasFailed = data.isGood !== true && !wantsAnother && data.isDropped !== true;
	return {
		openRequests: others(s.openRequests),
		wantsAnother: wantsAnother ? [...others(s.wantsAnother), id] : others(s.wantsAnother),
		failedRequests: hasFailed ? [...others(s.failedRequests), id] : others(s.failedRequests),
	};
}
