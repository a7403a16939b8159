import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { cleanFileName } from '#core/file-name.ts';
import { removeSealed } from '#core/file-store.ts';
import { HARMFUL, HOUR_MS, scanNoted, type TakenFile, takeFile } from '#core/file-take.ts';
import { newId } from '#core/ids.ts';
import type { Limit } from '#core/rate-limit.ts';
import { prepared } from '#db/prepared.ts';
import type { concernFile } from '#db/schema/index.ts';
import { keepFileWords, sumOf, writeFile } from './file-seal.ts';
import { standingOf } from './step.ts';

type Row = typeof concernFile.$inferSelect;
export type FileLane = Row['lane'];
export type FileKind = Row['kind'];
/** `byPerson`: who of the office puts it there; null for a side itself. */
export type FileAbout = { concernId: string; lane: FileLane; kind: FileKind; byPerson: string | null };
type MadeFile = Pick<TakenFile, 'type' | 'content'> & { name: string; noted: Pick<Row, 'scanTriedAt' | 'scannedAt' | 'scannedBy'> };

/** As many as a side can give in one concern: nobody takes the room of the other. */
export const MOST_FILES = 200;

/**
 * Takes a document that somebody gives to a concern: looks into it, has it scanned, seals it. The same document twice in one lane is one.
 * Outside a transaction. Never authorises. @returns its key
 * @throws Invalid beside `field`, in words for people; Conflict when what was said is destroyed. @throws Error with code ENOSPC_UPLOADS
 */
export async function putConcernFile(ctx: Ctx, about: FileAbout & { field: string }, file: File): Promise<string> {
	const { concernId, lane, field } = about;
	refuseMore(ctx, about);
	const taken = await takeFile(ctx, file, { field, use: 'document', limits: limitsOf(ctx, concernId, lane) });
	if (taken.scan.state === 'found') refuseHarmful(ctx, about, taken.scan.finding);
	const name = cleanFileName(file.name, taken.type);
	return keep(ctx, about, { ...taken, name, noted: scanNoted(ctx, taken) });
}

/** Keeps what we made ourselves: a letter, a bundle. It is not counted and needs no scanner. Outside a transaction. Never authorises. @returns its key */
export async function putSealedBytes(ctx: Ctx, about: FileAbout & { name: string; type: Row['type'] }, bytes: Buffer): Promise<string> {
	const noted = { scanTriedAt: ctx.now, scannedAt: ctx.now, scannedBy: 'ourselves' };
	return keep(ctx, about, { type: about.type, content: bytes, name: cleanFileName(about.name, about.type), noted });
}

/** How many documents somebody gave in a lane; ours are not counted. */
export function filesGiven({ db }: Pick<Ctx, 'db'>, { concernId, lane }: Pick<FileAbout, 'concernId' | 'lane'>): number {
	return prepared(db.sql, COUNT).pluck().get(concernId, lane) as number;
}

function keep(ctx: Ctx, about: FileAbout & { field?: string }, made: MadeFile): string {
	const id = newId();
	const { concernId } = about;
	const sum = sumOf(ctx, concernId, made.content);
	const there = sameFile(ctx, about, sum);
	if (there !== undefined) return there;
	const { sealedSha256, key } = writeFile(ctx, { concernId, id }, made.content);
	let kept: string | null = null;
	try {
		kept = commit(ctx, { name: 'add a document to a concern' }, (tx) => {
			record(tx, 'concern.file_added', { type: 'concern', id: concernId }, { lane: about.lane, kind: about.kind, type: made.type });
			const other = sameFile(ctx, about, sum);
			if (other !== undefined) return other;
			if (about.field !== undefined) refuseMore(ctx, { ...about, field: about.field });
			insert(tx, { ...about, id, sum, sealedSha256, made });
			keepFileWords(tx, { concernId, id }, { key, name: made.name });
			return id;
		});
		return kept;
	} finally {
		if (kept !== id) removeSealed(ctx.settings.dataDir, sealedSha256);
	}
}

function insert(tx: Tx, row: FileAbout & { id: string; sum: string; sealedSha256: string; made: MadeFile }): void {
	const { id, concernId, lane, kind, byPerson, sum, sealedSha256, made } = row;
	const { scannedAt, scannedBy, scanTriedAt } = made.noted;
	const state = standingOf(tx.db, concernId).state;
	if (state.isDestroyed) throw new Conflict('What was said in this case has been destroyed. Nothing can be added to it.');
	prepared(tx.db.sql, PUT).run(
		...[id, concernId, lane, kind, made.type, made.content.length, sum, sealedSha256],
		...[byPerson, tx.ctx.now, scannedAt, scannedBy, scanTriedAt],
	);
}

function sameFile({ db }: Ctx, { concernId, lane }: FileAbout, sum: string): string | undefined {
	return prepared(db.sql, SAME).pluck().get(concernId, lane, sum) as string | undefined;
}

function refuseMore(ctx: Ctx, { field, ...about }: FileAbout & { field: string }): void {
	if (filesGiven(ctx, about) >= MOST_FILES)
		throw new Invalid(field, `There are ${MOST_FILES} documents here already, which is as many as can be kept. Write to us about what else there is.`);
}

/** Nobody who raises a concern need be known: what is counted is the concern, and where it comes from by a keyed hash. */
function limitsOf({ clientKey }: Ctx, concernId: string, lane: FileLane): Limit[] {
	const limits = [{ key: `concern-file|${concernId}|${lane}`, most: MOST_FILES + 20, windowMs: HOUR_MS }];
	return clientKey === null ? limits : [...limits, { key: `concern-file-from|${clientKey}`, most: MOST_FILES + 20, windowMs: HOUR_MS }];
}

function refuseHarmful(ctx: Ctx, { concernId, lane, field }: FileAbout & { field: string }, finding: string): never {
	commit(ctx, { name: 'refuse a harmful document' }, (tx) => record(tx, 'concern.file_refused', { type: 'concern', id: concernId }, { lane, finding }));
	throw new Invalid(field, HARMFUL);
}

const PUT = `INSERT INTO concern_file (id, concern_id, lane, kind, type, bytes, sha256, sealed_sha256, by_person, added_at, scanned_at, scanned_by,
	scan_tried_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const SAME = `SELECT id FROM concern_file WHERE concern_id = ? AND lane = ? AND sha256 = ? AND removed_at IS NULL AND quarantined_at IS NULL`;
const COUNT = `SELECT count(*) FROM concern_file WHERE concern_id = ? AND lane = ? AND removed_at IS NULL AND scanned_by IS NOT 'ourselves'`;
