import type { Tx } from '#core/commit.ts';
import { prepared } from '#db/prepared.ts';
import {
	type AwardFact,
	changeOrder,
	closeOrder,
	confirmAwardTerm,
	endAward,
	giveAward,
	imposeOrder,
	type OrderFact,
	registerPerson,
} from '#features/register/index.ts';
import type { OnFile } from './on-file.ts';
import { type Change, differs } from './plan.ts';
import type { Wanted, WantedAward, WantedOrder } from './wanted.ts';

/** The version of awards whose standards were set before this register kept them. */
const EARLIER_STANDARDS = 'before-2026';

/**
 * What differs in the register entry, awards (told apart by level, kind and first day) and orders (by kind and first day).
 * Whoever has an award, an order or a number is entered; a trainee without any is not.
 */
export function planRegister(wanted: Wanted, known: OnFile | null): Change[] {
	const changes: Change[] = [];
	const registeredOn = wanted.registeredOn ?? firstDay(wanted);
	const isDue = (known?.number ?? null) === null && (wanted.number !== null || wanted.awards.length > 0 || wanted.orders.length > 0);
	if (isDue && registeredOn) changes.push({ what: 'register entry', write: (tx, id) => void registerPerson(tx, id, { registeredOn, number: wanted.number }) });
	for (const award of wanted.awards)
		changes.push(
			...planAward(
				award,
				known?.awards.find((a) => a.level === award.level && a.kind === award.kind && a.awardedOn === award.awardedOn),
			),
		);
	for (const order of wanted.orders)
		changes.push(
			...planOrder(
				order,
				known?.orders.find((o) => o.kind === order.kind && o.fromOn === order.fromOn),
			),
		);
	return changes;
}

/** The day from which someone can have been on the register, as far as the row tells. */
export function firstDay(wanted: Wanted): string | null {
	return [...wanted.awards.map((a) => a.awardedOn), ...(wanted.awards.length > 0 ? [] : wanted.memberships.map((m) => m.fromOn))].sort()[0] ?? null;
}

function planAward(award: WantedAward, old: AwardFact | undefined): Change[] {
	const what = `award ${award.level} ${award.kind}`;
	if (!old) return [{ what, write: (tx, id) => giveWhole(tx, id, award) }];
	const terms = award.terms.filter((t) => old.terms.find((o) => o.fromOn === t.fromOn)?.toOn !== t.toOn);
	const changes: Change[] = terms.map((term) => ({ what, write: (tx) => confirmAwardTerm(tx, old.id, term) }));
	const { endedOn, endReason } = award;
	if (endedOn && endReason && (old.endedOn !== endedOn || old.endReason !== endReason))
		changes.push({ what: `end of ${what}`, write: (tx) => endAward(tx, old.id, { endedOn, endReason }) });
	return changes;
}

function giveWhole(tx: Tx, personId: string, award: WantedAward): void {
	const { endedOn, endReason, ...given } = award;
	const id = giveAward(tx, personId, { ...given, standardsVersion: EARLIER_STANDARDS });
	if (endedOn && endReason) endAward(tx, id, { endedOn, endReason });
}

function planOrder(order: WantedOrder, old: OrderFact | undefined): Change[] {
	const what = `order ${order.kind.replace('_', ' ')} from ${order.fromOn}`;
	if (!old) return [{ what, write: (tx, id) => imposeWhole(tx, id, order) }];
	const changes: Change[] = [];
	const terms = (o: WantedOrder | OrderFact) => [o.toOn, o.reviewOn, o.publicText, o.displayUntilOn];
	if (differs(terms(old), terms(order))) changes.push({ what, write: (tx) => changeOrder(tx, old.id, order) });
	const { outcome, outcomeOn } = order;
	if (outcome && outcomeOn && (old.outcome !== outcome || old.outcomeOn !== outcomeOn))
		changes.push({ what: `outcome of ${what}`, write: (tx) => closeOrder(tx, old.id, { outcome, outcomeOn }) });
	return changes;
}

function imposeWhole(tx: Tx, personId: string, { award, outcome, outcomeOn, ...terms }: WantedOrder): void {
	const id = imposeOrder(tx, personId, { ...terms, awardId: award && awardIdOf(tx, personId, award) });
	if (outcome && outcomeOn) closeOrder(tx, id, { outcome, outcomeOn });
}

function awardIdOf(tx: Tx, personId: string, award: NonNullable<WantedOrder['award']>): string | null {
	const text = 'SELECT id FROM award WHERE person_id = ? AND level = ? AND kind = ? ORDER BY awarded_on DESC LIMIT 1';
	return (prepared(tx.db.sql, text).pluck().get(personId, award.level, award.kind) as string | undefined) ?? null;
}
