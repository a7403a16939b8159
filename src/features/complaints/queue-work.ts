import type { Ctx } from '#core/ctx.ts';
import { hasRole } from '#core/policy.ts';
import { paths } from '#paths';
import { dueOrders, orphanedCases } from './order-due.ts';
import { sideWork } from './pack-work.ts';
import { votesWaiting } from './panel-work.ts';
import { concernCounts } from './queue-queries.ts';
import { canCheck } from './typed-store.ts';
import { typedLists } from './typed-view.ts';
import { unreachedCases } from './way-unreached.ts';

/** What of concerns waits for the actor, for the first page of the office: of what they may know of, and of nothing else. */
export function concernWork(ctx: Ctx): { label: string; count: number; href: string }[] {
	if (ctx.actor.kind !== 'person') return [];
	const { waiting, overdue, shut } = concernCounts(ctx);
	const isOfficer = hasRole(ctx.actor, 'complaints_officer');
	const rows = [
		{ label: 'Concerns that nobody has taken on', count: waiting, href: paths.officeConcerns(), isFor: isOfficer },
		{ label: 'Concerns overdue', count: overdue, href: paths.officeConcerns({ overdue: '1' }), isFor: isOfficer },
		{ label: 'Cases that you were let into: say what ties you to them', count: shut, href: paths.officeConcerns(), isFor: shut > 0 },
	];
	const unreached = unreachedCases(ctx);
	if (unreached > 0) rows.push({ label: 'Concerns with a message that did not arrive', count: unreached, href: paths.officeConcerns(), isFor: true });
	rows.push(...orderRows(ctx), ...sideRows(ctx));
	const votes = votesWaiting(ctx);
	if (votes > 0) rows.push({ label: 'Panels that wait for your vote', count: votes, href: paths.officeConcerns(), isFor: true });
	const toCheck = canCheck(ctx) ? typedLists(ctx).toCheck.length : 0;
	if (toCheck > 0) rows.push({ label: 'Typed for somebody: to be checked', count: toCheck, href: paths.typedConcerns(), isFor: true });
	return rows.filter(({ isFor }) => isFor).map(({ label, count, href }) => ({ label, count, href }));
}

/** What of both sides waits for the actor. */
function sideRows(ctx: Ctx): { label: string; count: number; href: string; isFor: boolean }[] {
	const { toCheck, timeAsked } = sideWork(ctx);
	const href = paths.officeConcerns();
	return [
		{ label: 'What is laid before a side: check what others covered', count: toCheck, href, isFor: toCheck > 0 },
		{ label: 'Therapists who ask for time', count: timeAsked, href, isFor: timeAsked > 0 },
	];
}

/** What is owed of orders in the cases of the actor, and cases with an order that nobody looks after any more. */
function orderRows(ctx: Ctx): { label: string; count: number; href: string; isFor: boolean }[] {
	const due = dueOrders(ctx);
	const late = due.filter(({ isLate }) => isLate).length;
	const orphaned = orphanedCases(ctx).length;
	const href = paths.officeOrders();
	return [
		{ label: 'Orders: overdue', count: late, href, isFor: late > 0 },
		{ label: 'Orders: to be published, looked at again or judged', count: due.length - late, href, isFor: due.length > late },
		{ label: 'Orders that nobody looks after', count: orphaned, href, isFor: orphaned > 0 },
	];
}
