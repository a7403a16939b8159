import type { Role } from '#core/roles.ts';

/**
 * Pages behind a door, one row for every file under `src/pages/my`, `src/pages/office`: who may open them.
 * `opens`: roles that get in; `everyone`: whoever is signed in. All others get 403; nobody signed in is sent to sign in (303), and
 * what they post is refused (403).
 * `post`: the answer to an empty form from someone who may open the page; 405 where the page takes none.
 */
export type RoleRow = { route: string; path: string; opens: 'everyone' | readonly Role[]; get: number; post: number };

const row = (route: string, opens: RoleRow['opens'], post = 405, path: string = route, get = 200): RoleRow => ({ route, path, opens, get, post });
/** Every staff role. */
export const STAFF: readonly Role[] = [
	'assessor',
	'committee',
	'auditor',
	'membership_officer',
	'complaints_officer',
	'lay_panel_member',
	'registrar',
	'finance',
	'administrator',
	'external_reviewer',
];

const BOOKS: readonly Role[] = ['finance', 'registrar'];

export const ROLE_ROWS: readonly RoleRow[] = [
	row('/my', 'everyone'),
	row('/my/security', 'everyone', 422),
	row('/my/security/authenticator', 'everyone', 422),
	row('/my/security/email', 'everyone', 422),
	row('/my/security/passkeys', 'everyone', 422),
	row('/my/security/password', 'everyone', 422),
	row('/my/security/recovery-codes', 'everyone', 409),
	row('/my/membership/invoices', 'everyone'),
	row('/my/membership/invoices/[number]', 'everyone', 405, '/my/membership/invoices/INV-2026-99999', 404),
	row('/my/membership/invoices/[number]/pay', 'everyone', 404, '/my/membership/invoices/INV-2026-99999/pay', 404),
	row('/my/membership/invoices/[number]/receipt.pdf', 'everyone', 405, '/my/membership/invoices/INV-2026-99999/receipt.pdf', 404),
	row('/my/cpd', 'everyone'),
	row('/my/cpd/new', 'everyone', 422),
	row('/my/cpd/groups', 'everyone', 422),
	row('/my/cpd/standing', 'everyone'),
	row('/my/cpd/deleted', 'everyone'),
	row('/my/cpd/[id]', 'everyone', 404, '/my/cpd/0190f0f0-0000-7000-8000-000000000000', 404),
	row('/my/cpd/[id]/delete', 'everyone', 404, '/my/cpd/0190f0f0-0000-7000-8000-000000000000/delete', 404),
	row('/my/cpd/[id]/restore', 'everyone', 404, '/my/cpd/0190f0f0-0000-7000-8000-000000000000/restore', 404),
	row('/my/cpd/[id]/evidence', 'everyone', 404, '/my/cpd/0190f0f0-0000-7000-8000-000000000000/evidence', 404),
	row('/my/cpd/[id]/evidence/[file]', 'everyone', 405, '/my/cpd/0190f0f0-0000-7000-8000-000000000000/evidence/x', 404),
	row('/office', STAFF),
	row('/office/payments', BOOKS),
	row('/office/payments/[number]', BOOKS, 405, '/office/payments/INV-2026-99999', 404),
	row('/office/payments/[number]/record', BOOKS, 404, '/office/payments/INV-2026-99999/record', 404),
	row('/office/payments/[number]/refund', BOOKS, 404, '/office/payments/INV-2026-99999/refund', 404),
	row('/office/payments/[number]/void', BOOKS, 404, '/office/payments/INV-2026-99999/void', 404),
	row('/office/payments/concessions', [...BOOKS, 'membership_officer'], 422),
	row('/office/payments/concessions/[id]/end', [...BOOKS, 'membership_officer'], 404, '/office/payments/concessions/none/end', 404),
	row('/office/payments/export', BOOKS, 422),
	row('/office/payments/looks', BOOKS, 422),
	row('/office/payments/looks/[id]', BOOKS, 404, '/office/payments/looks/none', 404),
	row('/office/mail', ['membership_officer', 'registrar', 'administrator'], 422),
	row('/office/mail/[id]', ['membership_officer', 'registrar', 'administrator'], 404, '/office/mail/0190f0f0-0000-7000-8000-000000000000', 404),
	row('/join/apply', 'everyone', 422),
	row('/join/apply/[step]', 'everyone', 303, '/join/apply/about', 303),
	row('/join/apply/check', 'everyone', 303, '/join/apply/check', 303),
	row('/my/membership', 'everyone'),
	row('/my/membership/[act]', 'everyone', 422, '/my/membership/renew'),
	row('/office/memberships', ['membership_officer', 'registrar']),
	row('/office/memberships/[reference]', ['membership_officer', 'registrar'], 405, '/office/memberships/MEM-2020-0001', 404),
	row('/office/memberships/[reference]/[act]', ['membership_officer', 'registrar'], 404, '/office/memberships/MEM-2020-0001/admit', 404),
	row('/office/memberships/leave/[id]', ['membership_officer', 'registrar'], 404, '/office/memberships/leave/0190f0f0-0000-7000-8000-000000000000', 404),
	row('/office/roles', ['registrar', 'administrator'], 422),
	row('/office/roles/[id]/end', ['registrar', 'administrator'], 404, '/office/roles/0190f0f0-0000-7000-8000-000000000000/end', 404),
	row('/office/settings/cpd-rules', ['committee', 'registrar'], 422),
	row('/office/settings/cpd-rules/[id]', ['committee', 'registrar'], 404, '/office/settings/cpd-rules/0190f0f0-0000-7000-8000-000000000000', 404),
	...['try', 'publish', 'discard'].map((act) =>
		row(
			`/office/settings/cpd-rules/[id]/${act}`,
			['committee', 'registrar'],
			404,
			`/office/settings/cpd-rules/0190f0f0-0000-7000-8000-000000000000/${act}`,
			404,
		),
	),
	row('/my/supervision', 'everyone'),
	row('/my/supervision/new', 'everyone', 422),
	row('/my/supervision/[id]', 'everyone', 404, '/my/supervision/0190f0f0-0000-7000-8000-000000000000', 404),
	row('/my/supervision/[id]/delete', 'everyone', 404, '/my/supervision/0190f0f0-0000-7000-8000-000000000000/delete', 404),
	row('/my/supervision/people', 'everyone'),
	row('/my/supervision/people/new', 'everyone', 422),
	row('/my/supervision/people/[id]', 'everyone', 404, '/my/supervision/people/0190f0f0-0000-7000-8000-000000000000', 404),
	row('/my/supervision/people/[id]/end', 'everyone', 404, '/my/supervision/people/0190f0f0-0000-7000-8000-000000000000/end', 404),
	row('/my/supervision/supervisees', 'everyone'),
	row('/my/supervision/supervisees/[id]', 'everyone', 404, '/my/supervision/supervisees/0190f0f0-0000-7000-8000-000000000000', 404),
];
