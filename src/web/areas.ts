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

/** Pages that take a form. A post anywhere else is refused, so that a page without one can never change anything. */
const FORMS: ReadonlySet<string> = new Set([
	'/find',
	'/link/[token]',
	'/therapists/[slug]/contact',
	'/[...path]',
	'/account/sign-in',
	'/account/sign-out',
	'/account/join',
	'/account/new',
	'/account/claim',
	'/account/forgot',
	'/account/reset',
	'/account/link/[token]',
	'/account/passkey',
	'/account/two-step',
	'/account/confirm',
	'/account/set-up',
	'/my/security',
	'/my/security/password',
	'/my/security/email',
	'/my/security/authenticator',
	'/my/security/passkeys',
	'/my/security/recovery-codes',
	'/join/apply',
	'/join/apply/[step]',
	'/join/apply/check',
	'/my/membership/[act]',
	'/office/memberships/[reference]/[act]',
	'/office/memberships/leave/[id]',
	'/office/mail',
	'/office/mail/[id]',
	'/api/payments/[provider]/webhook',
	'/demo/pay/[checkout]',
	'/my/membership/invoices/[number]/pay',
	'/office/payments/[number]/record',
	'/office/payments/[number]/refund',
	'/office/payments/[number]/void',
	'/office/payments/concessions',
	'/office/payments/concessions/[id]/end',
	'/office/payments/export',
	'/office/payments/looks',
	'/office/payments/looks/[id]',
	'/my/cpd/new',
	'/my/cpd/groups',
	'/my/cpd/[id]',
	'/my/cpd/[id]/delete',
	'/my/cpd/[id]/restore',
	'/my/cpd/[id]/evidence',
	...['', '/[id]', '/[id]/publish', '/[id]/discard'].map((part) => `/office/settings/rating-scale${part}`),
	...['', '/[id]', '/[id]/try', '/[id]/publish', '/[id]/discard'].map((part) => `/office/settings/cpd-rules${part}`),
	'/office/settings/bank-holidays',
	'/office/settings/bank-holidays/[day]',
	'/office/settings/standards',
	...['/general', '/reasons', '/routes', '/publish', '/discard'].map((part) => `/office/settings/standards/drafts/[id]${part}`),
	...['', '/questions', '/sections', '/sections/[section]', '/remove'].map((part) => `/office/settings/standards/drafts/[id]/routes/[route]${part}`),
	'/office/settings/fees',
	'/office/settings/fees/[id]',
	'/office/settings/fees/[id]/publish',
	'/office/settings/fees/[id]/discard',
	...['send', 'declare', 'answer', 'support', 'support/[id]'].map((part) => `/my/accreditation/renewal/${part}`),
	...['answer', 'ask', 'reply', 'say'].map((part) => `/my/audit/[reference]/${part}`),
	...['confirm', 'draw', 'extend', 'extend/[id]', '[reference]/[act]'].map((part) => `/office/renewals/${part}`),
	...['draw', 'notify', 'target', '[reference]/[act]'].map((part) => `/office/cpd-audits/${part}`),
	'/office/people',
	'/office/people/[key]/account',
	'/office/people/[key]/address',
	'/office/people/[key]/change',
	'/office/people/[key]/check',
	'/office/people/[key]/contact',
	'/office/people/[key]/death',
	'/office/people/[key]/letter',
	'/office/people/[key]/merge',
	'/office/people/[key]/unmerge',
	'/office/people/[key]/note',
	'/office/people/[key]/note/[id]',
	'/office/people/duplicates',
	'/office/people/export',
	'/office/people/invite',
	'/office/people/changes/[id]',
	'/my/profile',
	'/my/profile/changes/[kind]',
	'/my/data',
	'/my/data/requests/new',
	'/my/data/requests/[reference]',
	'/office/data-requests/[reference]',
	'/office/data-requests/[reference]/erase',
	'/office/data/[kept]',
	'/office/data/holds',
	'/office/data/holds/[id]',
	'/office/roles',
	'/office/roles/[id]/end',
	'/my/supervision/new',
	'/my/supervision/[id]',
	'/my/supervision/[id]/delete',
	'/my/supervision/people/new',
	'/my/supervision/people/[id]',
	'/my/supervision/people/[id]/end',
	'/my/supervision/supervisees/[id]',
	'/supervision/confirm',
	'/supervision/confirm/[token]',
	'/my/training/cases/new',
	'/my/training/cases/[code]',
	'/my/training/cases/[code]/change',
	'/my/training/cases/[code]/delete',
	'/my/training/courses/new',
	'/my/training/courses/[reference]',
	'/my/training/lead/[reference]',
	'/my/training/supervisees/[code]',
	'/my/training/supervisees/[code]/rate',
	'/my/training/supervisees/[code]/retract',
	'/my/training/supervisees/[code]/sign',
	'/training/confirm',
	'/training/confirm/[token]',
	'/office/courses/new',
	'/office/courses/[reference]/change',
	'/office/courses/[reference]/approve',
	'/office/courses/[reference]/end',
	'/office/courses/claims/[reference]',
	'/office/courses/cases/[code]',
	'/my/cpd/year',
	'/my/cpd/portfolio',
	'/my/calendar',
	...['about', 'work', 'places', 'fees', 'availability', 'photo', 'publish', 'take-down'].map((section) => `/my/listing/${section}`),
	'/link/availability/[token]',
	'/office/listings',
	'/office/applications/[reference]/[act]',
	...['declare', 'return', 'hold', 'assign', 'replace', 'seal', 'reconcile', 'ask', 'letter'].map((act) => `/office/applications/[reference]/${act}`),
	'/office/applications/[reference]/sheet/[section]',
	'/office/meetings/new',
	'/office/meetings/conditions/[id]',
	'/office/meetings/decisions/[reference]/undo',
	...['agenda', 'seats', 'papers', 'attendance', 'minutes', '[act]'].map((act) => `/office/meetings/[reference]/${act}`),
	...['interest', 'vote', 'casting', 'resolve', 'advice', '[act]'].map((act) => `/office/meetings/[reference]/items/[no]/${act}`),
	...['review', 'conditions'].map((part) => `/my/accreditation/[reference]/${part}`),
	'/my/accreditation/begin/[route]',
	...['section/[section]', 'requests', 'check', 'answers', 'withdraw'].map((part) => `/my/accreditation/[reference]/${part}`),
	...['word', 'request'].flatMap((part) => [`/accreditation/${part}`, `/accreditation/${part}/[token]`]),
	'/office/applications/[reference]/requests',
	'/office/applications/[reference]/requests/[request]',
	...['is-this-for-us', 'begin', 'open', 'leave', 'equality'].map((part) => `/concerns/${part}`),
	...['', '/about', '/check', '/remove', '/do/[act]', '/part/[part]'].map((part) => `/concerns/mine${part}`),
	'/office/concerns/glass',
	'/office/concerns/[reference]/[act]',
	'/demo/become',
	'/demo/clock',
]);

/** Paths that exist in demonstration mode only. */
const DEMONSTRATION = /^\/demo(\/|$)/;

/** @param pattern a route, such as `/my/cpd/[id]`: never a path as typed, whose spellings are many. */
export function takesForm(pattern: string): boolean {
	return FORMS.has(pattern);
}

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
