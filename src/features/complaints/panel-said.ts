import { OUTCOME_WORDS } from './case-words.ts';
import type { Ordered } from './panel-orders.ts';
import type { Motion } from './panel-questions.ts';
import { ORDER_WORDS, RESULT_WORDS, TO_WORDS } from './panel-words.ts';
import type { Outcome } from './state.ts';

/** What was put to a panel, in words; '' where the question says it all. Pure. */
export function sayMotion(motion: Motion): string {
	const { result, to, outcome, orders, kind, months } = motion as {
		result?: string;
		to?: string;
		outcome?: Outcome;
		orders?: Ordered[];
		kind?: Ordered['kind'];
		months?: number | null;
	};
	const said = [
		...(result ? [RESULT_WORDS[result] ?? result] : []),
		...(to ? [TO_WORDS[to] ?? to] : []),
		...(outcome ? [OUTCOME_WORDS[outcome]] : []),
		...(orders ?? []).map(sayOrder),
		...(kind ? [sayOrder({ kind, months: months ?? null })] : []),
		...(outcome && orders?.length === 0 ? ['No order'] : []),
	];
	return said.join('. ');
}

function sayOrder({ kind, months }: Ordered): string {
	const name = ORDER_WORDS[kind] ?? kind;
	if (months === null) return name;
	return `${name}, ${months} ${months === 1 ? 'month' : 'months'}`;
}
