import type { Actor } from '#core/ctx.ts';
import { Forbidden, NotFound, SignInRequired } from '#core/errors.ts';
import { isStaffRole, type Role } from '#core/roles.ts';

/**
 * Who may enter an area: `anyone` (and nobody's session is read: those pages are the same for all), `visitor` (anyone; who is signed in
 * is known), `signed_in`, `staff` (any staff role), or holders of one of some roles.
 */
type Access = 'anyone' | 'visitor' | 'signed_in' | 'staff' | readonly Role[];

/** Areas by the beginning of their route; the longest that fits decides. What is in none of them is public. */
const AREAS: readonly (readonly [prefix: string, access: Access])[] = [
	['/account', 'visitor'],
	['/demo', 'visitor'],
	['/join/apply', 'signed_in'],
	['/my', 'signed_in'],
	['/office', 'staff'],
	['/office/people', ['membership_officer', 'registrar', 'administrator', 'external_reviewer']],
	['/office/people/unmerges', ['membership_officer', 'registrar']],
	['/office/people/addresses', ['membership_officer', 'registrar', 'administrator']],
	['/office/people/duplicates', ['membership_officer', 'registrar']],
	['/office/people/export', ['membership_officer', 'registrar']],
	['/office/people/invite', ['membership_officer', 'registrar']],
	['/office/people/changes', ['membership_officer', 'registrar']],
	['/office/mail', ['membership_officer', 'registrar', 'administrator']],
	['/office/memberships', ['membership_officer', 'registrar']],
	['/office/payments', ['finance', 'registrar']],
	['/office/payments/concessions', ['finance', 'membership_officer', 'registrar']],
	['/office/files', ['membership_officer', 'registrar', 'administrator']],
	['/office/courses', ['committee', 'membership_officer', 'registrar']],
	['/office/courses/new', ['membership_officer', 'registrar']],
	['/office/courses/claims', ['membership_officer', 'registrar']],
	['/office/courses/cases', ['membership_officer', 'registrar']],
	['/office/data', ['membership_officer', 'registrar']],
	['/office/data-requests', ['membership_officer', 'registrar']],
	['/office/listings', ['membership_officer', 'registrar']],
	['/office/applications', ['assessor', 'membership_officer', 'registrar']],
	['/office/applications/agreement', ['assessor', 'registrar', 'committee', 'lay_panel_member']],
	['/office/applications/undelivered', ['membership_officer', 'registrar']],
	['/office/roles', ['registrar', 'administrator']],
	['/office/settings/cpd-rules', ['committee', 'registrar']],
	['/office/settings/rating-scale', ['committee', 'registrar']],
	['/office/settings/fees', ['finance', 'registrar']],
	['/office/settings/standards', ['committee', 'registrar']],
	['/office/settings/bank-holidays', ['membership_officer', 'registrar', 'administrator']],
	['/office/meetings', ['registrar', 'membership_officer', 'committee', 'lay_panel_member', 'assessor']],
	['/office/meetings/new', ['registrar', 'membership_officer', 'committee']],
	['/office/meetings/decisions', ['registrar', 'membership_officer', 'committee']],
	['/office/meetings/conditions', ['registrar', 'membership_officer']],
	['/office/applications/report', ['membership_officer', 'registrar', 'committee', 'external_reviewer']],
	['/office/applications/report.csv', ['membership_officer', 'registrar', 'committee', 'external_reviewer']],
	['/office/settings/fees/[id]/publish', ['registrar']],
	['/office/renewals', ['assessor', 'membership_officer', 'registrar']],
	['/office/concerns/glass', ['administrator']],
	['/office/keys', ['administrator']],
	['/office/concerns/rooms', ['complaints_officer', 'external_reviewer']],
	['/office/concerns/rooms/new', ['complaints_officer']],
	['/office/concerns/room', ['complaints_officer', 'external_reviewer']],
	['/office/concerns/typed', ['complaints_officer', 'lay_panel_member']],
	['/office/concerns/typed/new', ['complaints_officer']],
	['/office/concerns/retention', ['registrar', 'complaints_officer']],
	['/office/concerns/report', ['complaints_officer', 'registrar', 'committee', 'external_reviewer']],
	['/office/concerns/report.csv', ['complaints_officer', 'registrar', 'committee', 'external_reviewer']],
	['/office/cpd-audits', ['auditor', 'membership_officer', 'registrar']],
	...[
		'/office/renewals/confirm',
		'/office/renewals/draw',
		'/office/renewals/extend',
		'/office/cpd-audits/draw',
		'/office/cpd-audits/notify',
		'/office/cpd-audits/target',
	].map((path) => [path, ['membership_officer', 'registrar']] as const),
];

/** Paths that exist in demonstration mode only. */
const DEMONSTRATION = /^\/demo(\/|$)/;

/** Must the session be looked up for this route? */
export function knowsVisitor(pattern: string): boolean {
	return accessOf(pattern) !== 'anyone';
}

/**
 * Lets the actor into the area of a route, or throws.
 * @throws NotFound outside demonstration mode for its pages; SignInRequired; Forbidden for those whose roles do not fit.
 */
export function enter(actor: Actor, pattern: string, isDemo: boolean): void {
	if (DEMONSTRATION.test(pattern) && !isDemo) throw new NotFound('Check the address, or start again from the home page.');
	const access = accessOf(pattern);
	if (access === 'anyone' || access === 'visitor') return;
	if (actor.kind !== 'person') throw new SignInRequired('Sign in to open this page.');
	if (actor.level === 1 && actor.roles.some(isStaffRole)) throw new SignInRequired('Your role needs a second step.', 'second_step');
	if (access === 'signed_in') return;
	const fits = access === 'staff' ? actor.roles.some(isStaffRole) : actor.roles.some((role) => access.includes(role));
	if (!fits) throw new Forbidden('Your account does not open this page. If it should, ask the registrar.');
}

function accessOf(pattern: string): Access {
	const fitting = AREAS.filter(([prefix]) => pattern === prefix || pattern.startsWith(`${prefix}/`));
	return fitting.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? 'anyone';
}
