import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concernPanel, concernPanelRound } from '#db/schema/index.ts';
import type { PanelKind } from './panel-rules.ts';

type Row = typeof concernPanel.$inferSelect;
export type Panel = Pick<Row, 'id' | 'concernId' | 'no' | 'kind' | 'rulesVersion' | 'sitsOn' | 'composedAt' | 'decidedAt' | 'dissolvedAt'>;
export type PanelState = 'sits' | 'decided' | 'dissolved';
/** A panel as others need it. `chair`: the person who sits in its chair now, or sat when it decided. */
export type PanelLine = { id: string; no: number; kind: PanelKind; state: PanelState; sitsOn: string; chair: string | null };
/** `asked`: they have not said yet what ties them to it. `left`: they stepped back, were let out, or the record has come to tie them to it. */
export type Seat = { id: string; personId: string; name: string; role: 'chair' | 'member' | 'adviser'; isLay: boolean; state: 'asked' | 'here' | 'left' };
export type RoundKind = (typeof concernPanelRound.$inferSelect)['kind'];
export type Motion = Record<string, unknown>;
/** `counts`, `carried`: of each subject, an allegation or `all`. `voted`: the seats that have voted. `hasCast`: the chair decided what was even. */
export type Round = {
	id: string;
	no: number;
	kind: RoundKind;
	motion: Motion;
	present: string[];
	openedAt: number;
	countedAt: number | null;
	counts: Record<string, Record<string, number>> | null;
	carried: Record<string, string> | null;
	voted: string[];
};

/** The panels of a case, the oldest first. Never authorises. */
export function panelsOf(db: Db, concernId: string): PanelLine[] {
	const rows = prepared(db.sql, `${PANEL} WHERE p.concern_id = ? ORDER BY p.no`).all(concernId) as (Panel & { chair: string | null })[];
	return rows.map((row) => ({ id: row.id, no: row.no, kind: row.kind, state: stateOfPanel(row), sitsOn: row.sitsOn, chair: row.chair }));
}

/** One panel of a case by its number, or null. Never authorises. */
export function panelAt(db: Db, concernId: string, no: number): Panel | null {
	return (prepared(db.sql, `${PANEL} WHERE p.concern_id = ? AND p.no = ?`).get(concernId, no) as Panel | undefined) ?? null;
}

export function stateOfPanel({ decidedAt, dissolvedAt }: Pick<Panel, 'decidedAt' | 'dissolvedAt'>): PanelState {
	if (dissolvedAt !== null) return 'dissolved';
	return decidedAt === null ? 'sits' : 'decided';
}

/** Everybody who sits or sat on a panel, its chair first. Never authorises. */
export function seatsOf(db: Db, panelId: string, now: number): Seat[] {
	const rows = prepared(db.sql, SEATS).all({ panelId, now }) as (Omit<Seat, 'isLay'> & { isLay: 0 | 1 })[];
	return rows.map((row) => ({ ...row, isLay: row.isLay === 1 }));
}

/** What was put to a panel, in order. Never authorises. */
export function roundsOf(db: Db, panelId: string): Round[] {
	const rows = prepared(db.sql, ROUNDS).all(panelId) as Record<string, string>[];
	const json = (value: string | undefined) => JSON.parse(value ?? 'null');
	return rows.map(
		(row) =>
			({
				...row,
				motion: json(row.motion),
				present: json(row.present),
				counts: json(row.counts ?? undefined),
				carried: json(row.carried ?? undefined),
				voted: json(row.voted),
			}) as unknown as Round,
	);
}

const PANEL = `SELECT p.id, p.concern_id AS concernId, p.no, p.kind, p.rules_version AS rulesVersion, p.sits_on AS sitsOn, p.composed_at AS composedAt,
	p.decided_at AS decidedAt, p.dissolved_at AS dissolvedAt, (SELECT s.person_id FROM concern_panel_seat s JOIN concern_access a ON a.id = s.access_id
		WHERE s.panel_id = p.id AND s.role = 'chair' AND a.end_reason IS NOT 'recused' ORDER BY a.ended_at IS NULL DESC, a.ended_at DESC LIMIT 1) AS chair
	FROM concern_panel p`;
const SEATS = `SELECT s.id, s.person_id AS personId, coalesce(n.given_names || ' ' || n.family_name, '') AS name, s.role, s.is_lay AS isLay,
		CASE WHEN (a.ended_at IS NOT NULL AND a.end_reason <> 'over') OR (a.until_at <= :now AND a.ended_at IS NULL)
			OR EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = p.concern_id AND i.other_id = s.person_id) THEN 'left'
			WHEN a.declared IS NULL THEN 'asked' ELSE 'here' END AS state
	FROM concern_panel_seat s JOIN concern_panel p ON p.id = s.panel_id JOIN concern_access a ON a.id = s.access_id
	LEFT JOIN person_name n ON n.person_id = s.person_id AND n.to_on IS NULL
	WHERE s.panel_id = :panelId ORDER BY s.role = 'adviser', s.role <> 'chair', s.is_lay, name, s.id`;
const ROUNDS = `SELECT r.id, r.no, r.kind, r.motion, r.present, r.opened_at AS openedAt, r.counted_at AS countedAt, r.counts, r.carried,
	(SELECT json_group_array(v.seat_id) FROM concern_panel_vote v WHERE v.round_id = r.id AND v.is_casting = 0) AS voted
	FROM concern_panel_round r WHERE r.panel_id = ? ORDER BY r.no`;
