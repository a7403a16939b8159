import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concernBundle } from '#db/schema/index.ts';
import { type CaseFile, filesIn } from './file-list.ts';
import type { Sight } from './sight.ts';

type Row = typeof concernBundle.$inferSelect;
export type Purpose = Row['purpose'];
/** Keys of messages and documents, in the order in which they go in. */
export type Chosen = { messages: readonly string[]; files: readonly string[] };
export type BundleState = 'waits' | 'being_made' | 'made' | 'failed';
export type Bundle = Omit<Row, 'chosen'> & { chosen: Chosen; state: BundleState };
/** A document of a bundle. `isCopy`: a copy with something covered stands in place of the original. */
export type Exhibit = { no: number; file: CaseFile; isCopy: boolean };

/** Kinds of documents that can be exhibits: what we made of others is none. A copy goes in by itself where there is one. */
const EXHIBITS: readonly CaseFile['kind'][] = ['evidence', 'statement', 'report', 'letter'];

/** The bundles of a case, the newest first. Never authorises. */
export function bundlesOf(db: Db, concernId: string): Bundle[] {
	return (prepared(db.sql, `${READ} WHERE concern_id = ? ORDER BY asked_at DESC, id DESC`).all(concernId) as Read[]).map(asBundle);
}

/** One of them, by its key. @throws NotFound */
export function bundleOf(db: Db, concernId: string, id: string): Bundle {
	const row = prepared(db.sql, `${READ} WHERE concern_id = ? AND id = ?`).get(concernId, id) as Read | undefined;
	if (!row) throw new NotFound('There is no such bundle.');
	return asBundle(row);
}

/** The same of whatever case, for the job. Null when there is none. */
export function bundleById(db: Db, id: string): Bundle | null {
	const row = prepared(db.sql, `${READ} WHERE id = ?`).get(id) as Read | undefined;
	return row ? asBundle(row) : null;
}

/**
 * May somebody who was let in read the bundles of this purpose? Those who sit on a panel read what was made for panels of its kind, and whoever
 * looks from outside has a room of their own.
 */
export function readsBundles(
	{ db }: Pick<Ctx, 'db'>,
	{ concern, accesses, isGateShut }: Pick<Sight, 'concern' | 'accesses' | 'isGateShut'>,
): (purpose: Purpose) => boolean {
	if (isGateShut) return () => false;
	const seated = new Map(
		accesses.map(({ id, capacity }) => [id, { capacity, kind: prepared(db.sql, SEATED).pluck().get(id, concern.id) as Purpose | undefined }]),
	);
	const all = [...seated.values()].some(({ capacity, kind }) => capacity !== 'panel' && capacity !== 'reviewer' && kind === undefined);
	return (purpose) => all || [...seated.values()].some(({ kind }) => kind === purpose);
}

/** Documents that can be chosen as exhibits, oldest first. Never authorises. */
export function exhibitable(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): CaseFile[] {
	return filesIn(ctx, concernId).filter(({ kind, state }) => EXHIBITS.includes(kind) && state === 'ready');
}

/** The documents of a bundle by their numbers. Where a copy with something covered was made, the newest stands in place of its original. */
export function exhibitsOf(ctx: Pick<Ctx, 'db' | 'keys'>, { concernId, chosen }: Pick<Bundle, 'concernId' | 'chosen'>): Exhibit[] {
	const all = new Map(filesIn(ctx, concernId).map((file) => [file.id, file]));
	const copies = new Map(prepared(ctx.db.sql, COPIES).raw().all(concernId) as [string, string][]);
	return chosen.files.flatMap((id, index) => {
		const original = all.get(id);
		const copy = copies.get(id);
		if (original === undefined || (copy !== undefined && !all.has(copy))) return [];
		const file = copy === undefined ? original : ({ ...(all.get(copy) as CaseFile), name: original.name } satisfies CaseFile);
		return [{ no: index + 1, file, isCopy: copy !== undefined }];
	});
}

type Read = Omit<Row, 'chosen'> & { chosen: string };

function asBundle(row: Read): Bundle {
	const state: BundleState = row.madeAt !== null ? 'made' : row.failedAt !== null ? 'failed' : row.begunAt !== null ? 'being_made' : 'waits';
	return { ...row, chosen: JSON.parse(row.chosen) as Chosen, state };
}

const READ = `SELECT id, concern_id AS concernId, purpose, version, chosen, steps, asked_by AS askedBy, asked_at AS askedAt, begun_at AS begunAt, done, total,
	tries, made_at AS madeAt, failed_at AS failedAt, pages, file_id AS fileId FROM concern_bundle`;
const SEATED = `SELECT p.kind FROM concern_panel_seat s JOIN concern_panel p ON p.id = s.panel_id WHERE s.access_id = ? AND p.concern_id = ?`;
// The last of each original stays in the map.
const COPIES = `SELECT r.original_id, r.file_id FROM concern_redacted_file r JOIN concern_file f ON f.id = r.file_id
	WHERE f.concern_id = ? AND f.removed_at IS NULL AND f.quarantined_at IS NULL AND f.scanned_at IS NOT NULL ORDER BY r.made_at, r.file_id`;
