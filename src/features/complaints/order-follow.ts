import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { addDays } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { refreshFinder } from '#features/directory/index.ts';
import { dropRemovedMatch } from '#features/membership/index.ts';
import { changeOrder, closeOrder } from '#features/register/index.ts';
import { ordersDecided } from './order-decided.ts';
import { type ClosedHow, REGISTER_OUTCOME } from './sanction-state.ts';
import type { Step } from './state.ts';

type Case = { concern: { id: string; respondentId: string | null }; steps: readonly Step[] };
type Published = {
	id: string;
	registerOrderId: string;
	stepNo: number;
	item: number;
	kind: string;
	fromOn: string;
	toOn: string | null;
	reviewOn: string | null;
	displayUntilOn: string | null;
	closedHow: ClosedHow | null;
	text: string;
};

/**
 * What a step changes of orders that are on the register, in the transaction that takes it: an appeal that sets a decision aside corrects the
 * entry with it, the end of an interim order takes that off. Joins a transaction and never authorises.
 */
export function followStep(tx: Tx, after: Case): void {
	const step = after.steps.at(-1) as Step;
	if (step.kind === 'interim_ended') for (const one of newestIn(tx, after)) if (isRunningInterim(tx, one)) endOrder(tx, after, one, 'lifted');
	if (step.kind !== 'appeal_decided') return;
	const aside = ordersDecided(after.steps).filter(({ state }) => state === 'set_aside');
	for (const one of newestIn(tx, after)) if (aside.some(({ step: no, item }) => no === one.stepNo && item === one.item)) setAside(tx, after, one);
}

/** Ends a published order today, on its own record and on the register, and tells the finder. Joins a transaction and never authorises. */
export function endOrder(tx: Tx, { concern }: Pick<Case, 'concern'>, order: Pick<Published, 'id' | 'registerOrderId'>, how: ClosedHow): void {
	const { today } = tx.ctx;
	prepared(tx.db.sql, 'UPDATE concern_order SET closed_how = ?, closed_on = ? WHERE id = ?').run(how, today, order.id);
	closeOrder(tx, order.registerOrderId, { outcome: REGISTER_OUTCOME[how], outcomeOn: today });
	tell(tx, concern, how);
}

/** Takes a version off the register for the next, which is published with it. Joins a transaction and never authorises. */
export function giveWay(tx: Tx, order: Pick<Published, 'registerOrderId'>): void {
	closeOrder(tx, order.registerOrderId, { outcome: 'revoked', outcomeOn: tx.ctx.today });
}

/**
 * An appeal set it aside: from today it binds and is shown no more, and a correction is. What the register says of earlier days stays as it was:
 * one that was over already keeps how it ended, and only its notice goes.
 */
function setAside(tx: Tx, { concern }: Case, order: Published): void {
	const { today } = tx.ctx;
	prepared(tx.db.sql, 'UPDATE concern_order SET set_aside_on = ? WHERE id = ?').run(today, order.id);
	const isOver = (order.closedHow !== null && order.closedHow !== 'not_met') || (order.toOn !== null && order.toOn < today);
	if (isOver) changeOrder(tx, order.registerOrderId, { ...order, publicText: order.text, displayUntilOn: earlier(order.displayUntilOn, addDays(today, -1)) });
	else closeOrder(tx, order.registerOrderId, { outcome: 'revoked', outcomeOn: today });
	if (concern.respondentId !== null && order.kind.endsWith('removal')) dropRemovedMatch(tx, concern.respondentId, order.fromOn);
	tell(tx, concern, 'revoked_on_appeal');
}

function tell(tx: Tx, { id, respondentId }: Case['concern'], how: string): void {
	record(tx, 'concern.order_ended', { type: 'concern', id }, { how });
	if (respondentId !== null) refreshFinder(tx, respondentId);
}

const earlier = (a: string | null, b: string) => (a !== null && a < b ? a : b);

function isRunningInterim({ ctx }: Tx, { kind, closedHow, toOn }: Published): boolean {
	return kind.startsWith('interim') && closedHow === null && (toOn === null || toOn >= ctx.today);
}

/** The newest published version of each order of a case that no appeal has set aside. */
function newestIn({ db }: Tx, { concern }: Case): Published[] {
	return prepared(db.sql, PUBLISHED).all(concern.id) as Published[];
}

const PUBLISHED = `SELECT o.id, o.register_order_id AS registerOrderId, o.step_no AS stepNo, o.item, o.kind, o.from_on AS fromOn, o.to_on AS toOn,
	o.review_on AS reviewOn, r.display_until_on AS displayUntilOn, o.closed_how AS closedHow, r.public_text AS text
	FROM concern_order o JOIN register_order r ON r.id = o.register_order_id WHERE o.concern_id = ? AND o.set_aside_on IS NULL
		AND NOT EXISTS (SELECT 1 FROM concern_order n WHERE n.follows_id = o.id AND n.published_by IS NOT NULL)`;
