import { and, asc, eq, gt, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { storedFile } from '#db/schema/files.ts';
import { record } from './audit.ts';
import { bookkeep, commit, type Tx } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { readSealed } from './file-store.ts';
import type { Scanner } from './scan.ts';
import { type ScanCounts, scanRows } from './scan-rows.ts';

type Row = typeof storedFile.$inferSelect;
/** A file that was stored and turned out to be harmful. `attached`: what it belongs to, if anything. `finding`: the scanner's name for it. */
export type QuarantinedFile = { id: string; purpose: Row['purpose']; ownerPersonId: string; attached: { type: string; id: string } | null; finding: string };
/**
 * What a feature does when a stored file turns out to be harmful, in the transaction that puts it into quarantine; it looks at
 * `file.attached.type` and leaves what is not its own alone. The jobs pass them all (`ON_QUARANTINED` in `src/jobs/files.ts`): so core knows no
 * feature, and a feature reacts (evidence that fails its scan after it was submitted) by a row there. It joins and never authorises, and must
 * not throw for what it does not know: the quarantine would be undone.
 */
export type OnQuarantined = (tx: Tx, file: QuarantinedFile) => void;

const DAY_MS = 86_400_000;
/** One run of the job: a crowd of files is done in several. */
const AT_ONCE = 200;
/** A daily job does not begin at the same second. */
const NOT_AGAIN_MS = 20 * 3_600_000;

/** Scans files that could not be checked when they were stored, oldest first, until the scanner cannot be reached. */
export async function scanWaiting(ctx: Ctx, handlers: readonly OnQuarantined[]): Promise<ScanCounts> {
	const counts = await scanAll(ctx, waitingRows(ctx.db, AT_ONCE), handlers);
	return { ...counts, waiting: waitingFiles(ctx.db).count };
}

/**
 * Scans once more what was clean: files younger than `settings.scan.againDays`, since a scanner learns, and all that no scanner has seen yet
 * (stored before there was one). Nothing to do without a scanner.
 */
export async function scanAgain(ctx: Ctx, handlers: readonly OnQuarantined[]): Promise<ScanCounts> {
	if (ctx.settings.scan.clamd === null) return { clean: 0, found: 0, waiting: 0 };
	const { createdAt, scannedAt, scannedBy, deletedAt, quarantinedAt } = storedFile;
	const isDue = or(and(gt(createdAt, ctx.now - ctx.settings.scan.againDays * DAY_MS), lt(scannedAt, ctx.now - NOT_AGAIN_MS)), eq(scannedBy, 'none'));
	const isHere = and(isNull(deletedAt), isNull(quarantinedAt), isNotNull(scannedAt));
	const rows = ctx.db.orm.select().from(storedFile).where(and(isHere, isDue)).orderBy(asc(scannedAt)).all();
	return scanAll(ctx, rows, handlers);
}

/** How many files nobody may open yet, since no scanner has answered, and since when the first of them waits (milliseconds UTC). */
export function waitingFiles(db: Db): { count: number; since: number | null } {
	const rows = waitingRows(db, 1000);
	return { count: rows.length, since: rows[0]?.createdAt ?? null };
}

/** Files in quarantine, the newest first. */
export function quarantinedFiles(db: Db): (Pick<Row, 'id' | 'purpose' | 'createdAt'> & { quarantinedAt: number; finding: string })[] {
	const { quarantinedAt, deletedAt } = storedFile;
	const rows = db.orm
		.select()
		.from(storedFile)
		.where(and(isNotNull(quarantinedAt), isNull(deletedAt)))
		.orderBy(quarantinedAt)
		.all();
	return rows.reverse().map((r) => ({ ...r, quarantinedAt: r.quarantinedAt ?? 0, finding: r.quarantineFinding ?? '' }));
}

function waitingRows(db: Db, most: number): Row[] {
	const { scannedAt, deletedAt, createdAt } = storedFile;
	return db.orm
		.select()
		.from(storedFile)
		.where(and(isNull(scannedAt), isNull(deletedAt)))
		.orderBy(createdAt)
		.limit(most)
		.all();
}

function scanAll(ctx: Ctx, rows: readonly Row[], handlers: readonly OnQuarantined[]): Promise<ScanCounts> {
	return scanRows(ctx, rows, {
		// A damaged file is what `checkFiles` tells of; it opens for nobody anyway.
		content: (row) => readSealed(ctx, row).catch(() => null),
		tried: (row) => noteTried(ctx, row),
		pass: (row, scanner) => pass(ctx, row, scanner),
		quarantine: (row, found) => quarantine(ctx, row, { ...found, handlers }),
	});
}

function noteTried(ctx: Ctx, { id }: Row): void {
	bookkeep(ctx.db, () => ctx.db.orm.update(storedFile).set({ scanTriedAt: ctx.now }).where(eq(storedFile.id, id)).run());
}

/** That a file may now be opened is told once; that it is still clean is bookkeeping. */
function pass(ctx: Ctx, row: Row, { name }: Scanner): void {
	const scanned = { scannedAt: ctx.now, scannedBy: name, scanTriedAt: ctx.now };
	const write = () => ctx.db.orm.update(storedFile).set(scanned).where(eq(storedFile.id, row.id)).run();
	if (row.scannedAt !== null) return void bookkeep(ctx.db, write);
	commit(ctx, { name: 'scanFile' }, (tx) => {
		write();
		record(tx, 'file.scanned', { type: 'file', id: row.id }, { by: name });
	});
}

function quarantine(ctx: Ctx, row: Row, { by, finding, handlers }: { by: Scanner['name']; finding: string; handlers: readonly OnQuarantined[] }): void {
	commit(ctx, { name: 'quarantineFile' }, (tx) => {
		const found = { scannedAt: ctx.now, scannedBy: by, scanTriedAt: ctx.now, quarantinedAt: ctx.now, quarantineFinding: finding };
		const isOpen = and(eq(storedFile.id, row.id), isNull(storedFile.quarantinedAt), isNull(storedFile.deletedAt));
		const changed = tx.db.orm.update(storedFile).set(found).where(isOpen).returning().get();
		record(tx, 'file.quarantined', { type: 'file', id: row.id }, { finding, wasOpen: row.scannedAt !== null });
		if (!changed) return;
		const { id, purpose, ownerPersonId, attachedType, attachedId } = changed;
		const attached = attachedType !== null && attachedId !== null ? { type: attachedType, id: attachedId } : null;
		for (const handle of handlers) handle(tx, { id, purpose, ownerPersonId, attached, finding });
	});
}
