import { type RoleRow, row, STAFF } from './role-row.ts';

/** Who types what came by telephone or letter, or checks it. */
const TYPED = ['complaints_officer', 'lay_panel_member'] as const;

/** Concerns: whoever may not know of a case gets the same as for none. */
export const CONCERN_ROWS: readonly RoleRow[] = [
	row('/office/concerns', STAFF),
	row('/office/concerns/glass', ['administrator'], 422),
	row('/my/concerns/[reference]/reads', 'everyone', 405, '/my/concerns/CON-2020-9999/reads', 404),
	row('/office/concerns/rooms', ['complaints_officer', 'external_reviewer']),
	row('/office/concerns/rooms/new', ['complaints_officer'], 422),
	row('/office/concerns/room/[id]', ['complaints_officer', 'external_reviewer'], 405, '/office/concerns/room/none', 404),
	row('/office/concerns/room/[id]/[no]', ['complaints_officer', 'external_reviewer'], 405, '/office/concerns/room/none/1', 404),
	row('/office/concerns/room/[id]/[no]/enter', ['complaints_officer', 'external_reviewer'], 404, '/office/concerns/room/none/1/enter', 404),
	row('/office/concerns/room/[id]/end', ['complaints_officer', 'external_reviewer'], 404, '/office/concerns/room/none/end', 404),
	row('/office/keys', ['administrator'], 422),
	row('/office/concerns/retention', ['registrar', 'complaints_officer']),
	row('/office/concerns/retention/[reference]/[act]', ['registrar', 'complaints_officer'], 404, '/office/concerns/retention/CON-2020-9999/keep', 404),
	row('/office/concerns/report', ['complaints_officer', 'registrar', 'committee', 'external_reviewer']),
	row('/office/concerns/report.csv', ['complaints_officer', 'registrar', 'committee', 'external_reviewer']),
	row('/office/concerns/typed', TYPED),
	row('/office/concerns/typed/new', ['complaints_officer'], 422),
	...['', '/about', '/part/[part]', '/key', '/confirm', '/check', '/remove'].map((part) =>
		row(`/office/concerns/typed/[id]${part}`, TYPED, part === '' ? 405 : 404, `/office/concerns/typed/none${part.replace('[part]', 'what')}`, 404),
	),
	row('/office/concerns/[reference]', STAFF, 405, '/office/concerns/CON-2020-9999', 404),
	row('/office/concerns/[reference]/access', STAFF, 405, '/office/concerns/CON-2020-9999/access', 404),
	row('/office/concerns/[reference]/documents', STAFF, 404, '/office/concerns/CON-2020-9999/documents', 404),
	row('/office/concerns/[reference]/documents/[file]', STAFF, 405, '/office/concerns/CON-2020-9999/documents/019a0000-0000-7000-8000-000000000000', 404),
	row('/office/concerns/[reference]/bundle', STAFF, 404, '/office/concerns/CON-2020-9999/bundle', 404),
	row('/office/concerns/[reference]/bundle/[id]', STAFF, 405, '/office/concerns/CON-2020-9999/bundle/one', 404),
	row('/office/concerns/[reference]/bundle/[id]/[no]', STAFF, 405, '/office/concerns/CON-2020-9999/bundle/one/1', 404),
	row('/office/concerns/[reference]/letters', STAFF, 404, '/office/concerns/CON-2020-9999/letters', 404),
	row('/office/concerns/[reference]/letters/[id]', STAFF, 405, '/office/concerns/CON-2020-9999/letters/one', 404),
	row('/office/concerns/[reference]/letters/[id]/[act]', STAFF, 404, '/office/concerns/CON-2020-9999/letters/one/send', 404),
	row('/office/orders', STAFF, 422),
	row('/office/concerns/[reference]/orders', STAFF, 405, '/office/concerns/CON-2020-9999/orders', 404),
	row('/office/concerns/[reference]/orders/new/[decision]', STAFF, 404, '/office/concerns/CON-2020-9999/orders/new/9-0', 404),
	row('/office/concerns/[reference]/orders/[order]', STAFF, 405, '/office/concerns/CON-2020-9999/orders/9-0-1', 404),
	row('/office/concerns/[reference]/orders/[order]/[act]', STAFF, 404, '/office/concerns/CON-2020-9999/orders/9-0-1/publish', 404),
	row('/office/concerns/[reference]/orders/[order]/condition/[no]', STAFF, 404, '/office/concerns/CON-2020-9999/orders/9-0-1/condition/1', 404),
	row('/my/concerns/[reference]/conditions', 'everyone', 405, '/my/concerns/CON-2020-9999/conditions', 404),
	row('/my/concerns/[reference]/conditions/[condition]', 'everyone', 404, '/my/concerns/CON-2020-9999/conditions/9-0-1-1', 404),
	row('/my/concerns', 'everyone'),
	...['', '/reply', '/speak', '/documents', '/[act]'].map((part) =>
		row(`/my/concerns/[reference]${part}`, 'everyone', 404, `/my/concerns/CON-2020-9999${part.replace('[act]', 'time')}`, 404),
	),
	row('/my/concerns/[reference]/pack/[no]', 'everyone', 405, '/my/concerns/CON-2020-9999/pack/1', 404),
	row('/my/concerns/[reference]/documents/[file]', 'everyone', 405, '/my/concerns/CON-2020-9999/documents/019a0000-0000-7000-8000-000000000000', 404),
	row('/office/concerns/[reference]/packs', STAFF, 405, '/office/concerns/CON-2020-9999/packs', 404),
	row('/office/concerns/[reference]/packs/[no]', STAFF, 405, '/office/concerns/CON-2020-9999/packs/1', 404),
	...['new', 'document', '[no]/cover', '[no]/choose', '[no]/uncover', '[no]/check', '[no]/lines/[n]', '[no]/[act]'].map((part) => {
		const path = part.replace('[no]', '1').replace('[n]', '1').replace('[act]', 'send');
		return row(`/office/concerns/[reference]/packs/${part}`, STAFF, 404, `/office/concerns/CON-2020-9999/packs/${path}`, 404);
	}),
	row('/office/concerns/[reference]/panels', STAFF, 405, '/office/concerns/CON-2020-9999/panels', 404),
	row('/office/concerns/[reference]/panels/new', STAFF, 404, '/office/concerns/CON-2020-9999/panels/new', 404),
	row('/office/concerns/[reference]/panels/[no]', STAFF, 405, '/office/concerns/CON-2020-9999/panels/1', 404),
	row('/office/concerns/[reference]/panels/[no]/[act]', STAFF, 404, '/office/concerns/CON-2020-9999/panels/1/vote', 404),
	row('/office/concerns/[reference]/[act]', STAFF, 404, '/office/concerns/CON-2020-9999/take-on', 404),
];
