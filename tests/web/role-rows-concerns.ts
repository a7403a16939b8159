import { type RoleRow, row, STAFF } from './role-row.ts';

/** Concerns: whoever may not know of a case gets the same as for none. */
export const CONCERN_ROWS: readonly RoleRow[] = [
	row('/office/concerns', STAFF),
	row('/office/concerns/glass', ['administrator'], 422),
	row('/office/concerns/[reference]', STAFF, 405, '/office/concerns/CON-2020-9999', 404),
	row('/office/concerns/[reference]/access', STAFF, 405, '/office/concerns/CON-2020-9999/access', 404),
	row('/office/concerns/[reference]/[act]', STAFF, 404, '/office/concerns/CON-2020-9999/take-on', 404),
];
