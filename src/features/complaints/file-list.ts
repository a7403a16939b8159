import type { Ctx } from '#core/ctx.ts';
import { openTexts } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { FileKind, FileLane } from './file-put.ts';
import { namePlace } from './file-seal.ts';

/** Only what is `ready` opens. `lost`: it was in no backup that the register was restored from. */
export type FileState = 'ready' | 'being_checked' | 'quarantined' | 'lost';
/** A document of a concern. `addedAt` in milliseconds UTC; `by`: who of the office put it there, null for a side itself. */
export type CaseFile = {
	id: string;
	lane: FileLane;
	kind: FileKind;
	name: string;
	type: string;
	bytes: number;
	addedAt: number;
	by: string | null;
	state: FileState;
};
type Row = Omit<CaseFile, 'name' | 'state'> & { scannedAt: number | null; quarantinedAt: number | null; removedAt: number | null };

/** The documents of a concern, oldest first, of one lane or of all. Never authorises: whoever asks holds the concern open. */
export function filesIn(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string, lane?: FileLane): CaseFile[] {
	return named(ctx, concernId, prepared(ctx.db.sql, FILES).all({ concernId, lane: lane ?? null, id: null }) as Row[]);
}

/** As `filesIn`, one of them; null when the concern, or the lane, has none of that key. */
export function fileIn(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string, id: string, lane?: FileLane): CaseFile | null {
	return named(ctx, concernId, prepared(ctx.db.sql, FILES).all({ concernId, lane: lane ?? null, id }) as Row[])[0] ?? null;
}

function named(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string, rows: readonly Row[]): CaseFile[] {
	const places = rows.map(({ id }) => namePlace(id));
	const names = openTexts(ctx, concernId, places);
	return rows.map((row) => ({ ...shown(row), name: names.get(namePlace(row.id)) ?? 'A document' }));
}

/** Where a document stands, from what is noted of it. Pure. */
export function stateOfFile({ scannedAt, quarantinedAt, removedAt }: Pick<Row, 'scannedAt' | 'quarantinedAt' | 'removedAt'>): FileState {
	if (removedAt !== null) return 'lost';
	if (quarantinedAt !== null) return 'quarantined';
	return scannedAt === null ? 'being_checked' : 'ready';
}

function shown({ scannedAt, quarantinedAt, removedAt, ...row }: Row): Omit<CaseFile, 'name'> {
	return { ...row, state: stateOfFile({ scannedAt, quarantinedAt, removedAt }) };
}

const FILES = `SELECT f.id, f.lane, f.kind, f.type, f.bytes, f.added_at AS addedAt, f.scanned_at AS scannedAt, f.quarantined_at AS quarantinedAt,
	f.removed_at AS removedAt,
	(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = f.by_person AND n.to_on IS NULL) AS "by"
	FROM concern_file f WHERE f.concern_id = :concernId AND (:lane IS NULL OR f.lane = :lane) AND (:id IS NULL OR f.id = :id)
	AND (f.removed_at IS NULL OR f.removed_because = 'not_in_backup')
	ORDER BY f.added_at, f.id`;
