import { record } from '#core/audit.ts';
import { bookkeep, commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import type { Scanner } from '#core/scan.ts';
import { type ScanCounts, scanRows } from '#core/scan-rows.ts';
import { prepared } from '#db/prepared.ts';
import { documentHarmful } from './file-mails.ts';
import { openFile } from './file-seal.ts';
import { postTo } from './message-post.ts';
import { tellSides } from './message-put.ts';
import { standingOf } from './step.ts';

type Row = { id: string; concernId: string; sealedSha256: string; scannedAt: number | null };
const DAY_MS = 86_400_000;
/** One run of the job: a crowd of documents is done in several. */
const AT_ONCE = 200;
/** A daily job does not begin at the same second. */
const NOT_AGAIN_MS = 20 * 3_600_000;

/** Scans documents that could not be checked when they were given, oldest first, until the scanner cannot be reached. For the job. */
export async function scanWaitingDocuments(ctx: Ctx): Promise<ScanCounts> {
	const counts = await scan(ctx, prepared(ctx.db.sql, WAITING).all(AT_ONCE) as Row[]);
	return { ...counts, waiting: prepared(ctx.db.sql, WAIT_COUNT).pluck().get() as number };
}

/** Scans once more what was clean and is young, since a scanner learns, and what no scanner has seen yet. Nothing without one. For the job. */
export async function scanDocumentsAgain(ctx: Ctx): Promise<ScanCounts> {
	const { clamd, againDays } = ctx.settings.scan;
	if (clamd === null) return { clean: 0, found: 0, waiting: 0 };
	return scan(ctx, prepared(ctx.db.sql, AGAIN).all(ctx.now - againDays * DAY_MS, ctx.now - NOT_AGAIN_MS) as Row[]);
}

function scan(ctx: Ctx, rows: readonly Row[]): Promise<ScanCounts> {
	return scanRows(ctx, rows, {
		content: ({ concernId, id, sealedSha256 }) => openFile(ctx, { concernId, id }, sealedSha256),
		tried: ({ id }) => void bookkeep(ctx.db, () => prepared(ctx.db.sql, 'UPDATE concern_file SET scan_tried_at = ? WHERE id = ?').run(ctx.now, id)),
		pass: (row, scanner) => pass(ctx, row, scanner),
		quarantine: (row, found) => quarantine(ctx, row, found),
	});
}

/** That a document may now be opened is told once; that it is still clean is bookkeeping. */
function pass(ctx: Ctx, { id, concernId, scannedAt }: Row, { name }: Scanner): void {
	const write = () => prepared(ctx.db.sql, SCANNED).run(ctx.now, name, ctx.now, id);
	if (scannedAt !== null) return void bookkeep(ctx.db, write);
	commit(ctx, { name: 'scan a document' }, (tx) => {
		write();
		record(tx, 'concern.file_scanned', { type: 'concern', id: concernId }, { by: name });
	});
}

/** Shut for everybody from now on. The owner of the case is told, and the side whose document it is, without a word of it. */
function quarantine(ctx: Ctx, { id, concernId, scannedAt }: Row, { by, finding }: { by: string; finding: string }): void {
	const found = commit(ctx, { name: 'put a document into quarantine' }, (tx) => {
		record(tx, 'concern.file_quarantined', { type: 'concern', id: concernId }, { finding, wasOpen: scannedAt !== null });
		const lane = prepared(tx.db.sql, QUARANTINED).pluck().get(ctx.now, by, ctx.now, ctx.now, finding, id) as string | undefined;
		const { concern } = standingOf(tx.db, concernId);
		if (lane !== undefined && concern.ownerId !== null) postTo(tx, concern.ownerId, (to) => documentHarmful(ctx.settings, { key: id }, to));
		return { lane, concern };
	});
	const { lane, concern } = found;
	if (lane !== undefined) tellSides(ctx, { concernId, respondentId: concern.respondentId, sides: [lane], about: `file:${id}` });
}

const READ = 'SELECT id, concern_id AS concernId, sealed_sha256 AS sealedSha256, scanned_at AS scannedAt FROM concern_file';
const OPEN = 'removed_at IS NULL AND quarantined_at IS NULL';
const WAITING = `${READ} WHERE scanned_at IS NULL AND ${OPEN} ORDER BY added_at LIMIT ?`;
const WAIT_COUNT = `SELECT count(*) FROM concern_file WHERE scanned_at IS NULL AND ${OPEN}`;
const AGAIN = `${READ} WHERE scanned_at IS NOT NULL AND ${OPEN} AND scanned_by <> 'ourselves'
	AND ((added_at > ? AND scanned_at < ?) OR scanned_by = 'none') ORDER BY scanned_at`;
const SCANNED = 'UPDATE concern_file SET scanned_at = ?, scanned_by = ?, scan_tried_at = ? WHERE id = ?';
const QUARANTINED = `UPDATE concern_file SET scanned_at = ?, scanned_by = ?, scan_tried_at = ?, quarantined_at = ?, quarantine_finding = ?
	WHERE id = ? AND quarantined_at IS NULL AND removed_at IS NULL RETURNING lane`;
