import type { Ctx } from '#core/ctx.ts';
import { hasRole } from '#core/policy.ts';
import type { Role } from '#core/roles.ts';
import { quarantinedFiles } from '#core/scan-files.ts';
import { emailChangesWaiting } from '#features/accounts/index.ts';
import { booksAtAGlance } from '#features/payments/index.ts';
import { paths } from '#paths';
import { applicationsWaiting } from './application-queries.ts';
import { countChanges } from './change-request-queries.ts';
import { countMissing } from './checks-missing.ts';
import { countChecks } from './checks-queries.ts';
import { dataRequests } from './data-request-queries.ts';
import { deathsWaiting } from './death-queries.ts';
import { leaveRequestsWaiting } from './leave-queries.ts';
import { messagesGivenUp } from './messages-queries.ts';
import { classesWaiting } from './retention-queries.ts';
import { unmergesWaiting } from './unmerge-queries.ts';

/** Something that waits for the office: how many, and where they are listed. */
export type Work = { label: string; count: number; href: string };

type Row = { label: string; roles: readonly Role[]; href: string; count(ctx: Ctx): number };

const OFFICERS: readonly Role[] = ['membership_officer', 'registrar'];
const MAIL: readonly Role[] = ['membership_officer', 'registrar', 'administrator'];
const BOOKS: readonly Role[] = ['finance', 'registrar'];

/** Everything that may wait for somebody, and whose work it is. */
const ROWS: readonly Row[] = [
	{ label: 'Applications for membership', roles: OFFICERS, href: paths.officeMemberships(), count: (ctx) => applicationsWaiting(ctx).length },
	{ label: 'Requests for longer leave', roles: OFFICERS, href: paths.officeMemberships(), count: (ctx) => leaveRequestsWaiting(ctx).length },
	{ label: 'Requests for a new name or birth date', roles: OFFICERS, href: paths.officeChanges(), count: countChanges },
	{
		label: 'Requests about personal data',
		roles: OFFICERS,
		href: paths.dataRequests(),
		count: (ctx) => dataRequests(ctx).filter((request) => request.answeredAt === null).length,
	},
	{ label: 'Deaths that want a second look', roles: OFFICERS, href: paths.officeDeaths(), count: (ctx) => deathsWaiting(ctx).length },
	{ label: 'Files to take apart', roles: OFFICERS, href: paths.officeUnmerges(), count: (ctx) => unmergesWaiting(ctx).length },
	{ label: 'Changes of address that want a second person', roles: MAIL, href: paths.officeAddresses(), count: (ctx) => emailChangesWaiting(ctx).length },
	{ label: 'Checks to be looked at again', roles: OFFICERS, href: paths.officeChecks('due'), count: (ctx) => countChecks(ctx, 'due') },
	{ label: 'Checks that could not be done', roles: OFFICERS, href: paths.officeChecks('could_not_check'), count: (ctx) => countChecks(ctx, 'could_not_check') },
	{ label: 'Checks that are asked for and were never made', roles: OFFICERS, href: paths.officeChecks('missing'), count: countMissing },
	{ label: 'Insurance that members told us of', roles: OFFICERS, href: paths.officeChecks('declared'), count: (ctx) => countChecks(ctx, 'declared') },
	{ label: 'Messages that reached nobody', roles: MAIL, href: paths.messages({ state: 'open' }), count: messagesGivenUp },
	{ label: 'Classes of data to be confirmed before anything is destroyed', roles: OFFICERS, href: paths.officeData(), count: classesWaiting },
	{ label: 'Files found to be harmful', roles: MAIL, href: paths.officeFiles(), count: (ctx) => quarantinedFiles(ctx.db).length },
	{ label: 'Payments that want a look', roles: BOOKS, href: paths.paymentLooks(), count: (ctx) => booksAtAGlance(ctx).looks },
	{ label: 'Invoices overdue', roles: BOOKS, href: paths.officePayments('show=overdue'), count: (ctx) => booksAtAGlance(ctx).overdue },
];

/** What waits for the actor, by their roles: what there is none of stands there with 0, so that its place is known. */
export function workFor(ctx: Ctx): Work[] {
	return ROWS.filter((row) => hasRole(ctx.actor, ...row.roles)).map(({ label, href, count }) => ({ label, href, count: count(ctx) }));
}
