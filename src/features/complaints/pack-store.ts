import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concernPack, concernPackItem } from '#db/schema/index.ts';
import type { Because } from './redact-spans.ts';

export type PackRow = typeof concernPack.$inferSelect;
export type PackSide = PackRow['side'];
export type Item = Pick<typeof concernPackItem.$inferSelect, 'id' | 'n' | 'kind' | 'sourceId' | 'byPerson'>;
export type Mark = { id: string; itemId: string; from: number; to: number; because: Because; byPerson: string };
/** Where a pack stands, as it follows from what was done with it. */
export type PackState = 'open' | 'waits' | 'sent_back' | 'approved' | 'given' | 'dropped';

/** The packs of a concern, oldest first. Never authorises. */
export function packsIn(db: Db, concernId: string): PackRow[] {
	return prepared(db.sql, `${PACKS} WHERE concern_id = ? ORDER BY no`).all(concernId) as PackRow[];
}

/** One of them, or null. */
export function packNo(db: Db, concernId: string, no: number): PackRow | null {
	return (prepared(db.sql, `${PACKS} WHERE concern_id = ? AND no = ?`).get(concernId, no) as PackRow | undefined) ?? null;
}

/** The pack of a side that a second person approved and that was not given yet, or null. */
export function approvedPack(db: Db, concernId: string, side: PackSide): PackRow | null {
	const text = `${PACKS} WHERE concern_id = ? AND side = ? AND result = 'approved' AND given_at IS NULL AND dropped_at IS NULL`;
	return (prepared(db.sql, text).get(concernId, side) as PackRow | undefined) ?? null;
}

/** What was chosen for a pack, in its order. */
export function itemsOf(db: Db, packId: string): Item[] {
	const text = 'SELECT id, n, kind, source_id AS sourceId, by_person AS byPerson FROM concern_pack_item WHERE pack_id = ? ORDER BY n';
	return prepared(db.sql, text).all(packId) as Item[];
}

/** What is covered in a pack, in the order of its items and letters. */
export function marksOf(db: Db, packId: string): Mark[] {
	const text = `SELECT m.id, m.item_id AS itemId, m.from_at AS "from", m.to_at AS "to", m.because, m.by_person AS byPerson
		FROM concern_pack_mark m JOIN concern_pack_item i ON i.id = m.item_id WHERE i.pack_id = ? ORDER BY i.n, m.from_at, m.id`;
	return prepared(db.sql, text).all(packId) as Mark[];
}

/** Where a pack stands. Pure. */
export function stateOfPack({ droppedAt, givenAt, result, sentAt }: Pick<PackRow, 'droppedAt' | 'givenAt' | 'result' | 'sentAt'>): PackState {
	if (droppedAt !== null) return 'dropped';
	if (givenAt !== null) return 'given';
	if (result !== null) return result;
	return sentAt === null ? 'open' : 'waits';
}

/** Where the copy of an item stands in the vault. */
export const placeOfItem = (packId: string, n: number) => `pack:${packId}:${n}`;

const PACKS = `SELECT id, concern_id AS concernId, no, side, made_by AS madeBy, made_at AS madeAt, version, sent_at AS sentAt, checked_by AS checkedBy,
	checked_at AS checkedAt, result, given_by AS givenBy, given_at AS givenAt, given_on AS givenOn, dropped_at AS droppedAt FROM concern_pack`;
