import type { OrderFact, OrderKind } from '#features/register/index.ts';
import { phraseOf, wrongDays } from './dated-phrases.ts';
import { KINDS, LEVELS } from './read-awards.ts';
import type { RowReader } from './row-reader.ts';
import type { WantedOrder } from './wanted.ts';

const ORDER_KINDS: Record<string, OrderKind> = {
	'interim suspension': 'interim_suspension',
	'interim conditions': 'interim_conditions',
	warning: 'warning',
	undertakings: 'undertakings',
	conditions: 'conditions',
	'conditions of practice': 'conditions',
	suspension: 'suspension',
	removal: 'removal',
	'voluntary removal': 'voluntary_removal',
	'award withdrawn': 'award_withdrawn',
};
const OUTCOMES: Record<string, NonNullable<OrderFact['outcome']>> = { met: 'met', 'not met': 'not_met', revoked: 'revoked' };
const ORDER = /^([a-z ]+?)(?: \(([a-z]+)(?: ([a-z-]+))?\))? (?:from )?@(\.\.@)?( review @)?(?: (met|not met|revoked) @)?( shown@| shown ?\.\.@)?$/;
const EXAMPLE = 'write it like “conditions 2025-03-01 to 2026-02-28: Works under monthly supervision.”';

/** Orders, one on each line of the cell (or parted by `||`): kind, days, outcome, then a colon and the published text. */
export function readOrders(row: RowReader): WantedOrder[] {
	const cell = row.long('orders', 8000) ?? '';
	const orders = cell
		.split(/\n|\|\|/)
		.map((line) => line.trim())
		.filter(Boolean)
		.flatMap((line) => readOrder(row, line) ?? []);
	const keys = orders.map((o) => `${o.kind} from ${o.fromOn}`);
	const twice = keys.find((key, i) => keys.indexOf(key) !== i);
	if (twice) row.refuse('orders', `the order “${twice}” is there twice`);
	return orders;
}

function readOrder(row: RowReader, line: string): WantedOrder | undefined {
	const colon = line.indexOf(':');
	const typed = colon === -1 ? line : line.slice(0, colon);
	const phrase = phraseOf(typed);
	const wrong = wrongDays(phrase);
	if (wrong) return row.refuse('orders', wrong);
	const match = ORDER.exec(phrase.pattern);
	const kind = ORDER_KINDS[match?.[1] ?? ''];
	if (!match || !kind) return row.refuse('orders', `“${typed.slice(0, 80)}” cannot be read: ${EXAMPLE}`);
	const days = phrase.days as string[];
	const next = (isThere: string | undefined) => (isThere ? (days.shift() ?? null) : null);
	const fromOn = days.shift() ?? '';
	const [toOn, reviewOn, outcomeOn, displayUntilOn] = [next(match[4]), next(match[5]), next(match[6]), next(match[7])];
	if (toOn && toOn < fromOn) return row.refuse('orders', `the order ends (${toOn}) before it begins (${fromOn})`);
	const level = LEVELS[match[2] ?? ''];
	const award = level ? { level, kind: KINDS[match[3] ?? 'adult'] ?? ('adult' as const) } : null;
	if ((kind === 'award_withdrawn') !== (award !== null))
		return row.refuse('orders', 'only “award withdrawn” names an award, and it must: “award withdrawn (supervisor adult) 2025-03-01”');
	const publicText = colon === -1 ? '' : line.slice(colon + 1).trim();
	return { kind, award, fromOn, toOn, reviewOn, outcome: OUTCOMES[match[6] ?? ''] ?? null, outcomeOn, displayUntilOn, publicText };
}
