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

export const ROLE_ROWS: readonly RoleRow[] = [
	row('/my', 'everyone'),
	row('/office', STAFF),
	row('/office/mail', ['membership_officer', 'registrar', 'administrator'], 422),
	row('/office/mail/[id]', ['membership_officer', 'registrar', 'administrator'], 404, '/office/mail/0190f0f0-0000-7000-8000-000000000000', 404),
	row('/office/roles', ['registrar', 'administrator'], 422),
	row('/office/roles/[id]/end', ['registrar', 'administrator'], 404, '/office/roles/0190f0f0-0000-7000-8000-000000000000/end', 404),
];
