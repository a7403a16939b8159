import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Ctx } from '#core/ctx.ts';
import { buildDefaultGazetteer, type Gazetteer, openGazetteer } from '#db/gazetteer/index.ts';
import { applyAll, lastEvent } from './apply.ts';
import { type Counts, startCheck } from './check.ts';
import { placeLocator } from './read-places.ts';
import { openRows, type RowSource } from './read-rows.ts';
import { summary, writeReport } from './report.ts';
import { openScratch, type Scratch } from './scratch.ts';
import { inspectSource } from './source-file.ts';

export type OnProgress = (progress: { step: string; done: number; total: number; rows: number }) => void;
export type ImportOptions = { file: string; commit: boolean; skipRefused: boolean; report: string | null; encoding: string | null };
export type ImportResult = { counts: Counts; isDone: boolean; summary: string; ignored: readonly string[]; encoding: string };

/**
 * Checks a file against the register, and with `commit` writes it in one transaction. Anything wrong with a row refuses the
 * whole import unless `skipRefused`. Without `commit` nothing is written but the report.
 * @throws Error for people when the file as a whole cannot be read.
 */
export async function importPeople(ctx: Ctx, gazetteer: Gazetteer, options: ImportOptions, onProgress: OnProgress): Promise<ImportResult> {
	const source = inspectSource(options.file, options.encoding);
	const rows = await openRows(source);
	const scratch = openScratch(ctx.settings.dataDir, process.pid);
	const since = lastEvent(ctx);
	try {
		const counts = await checkAll(ctx, rows, { locator: placeLocator(gazetteer), scratch }, { size: source.size, onProgress });
		const isDone = options.commit && (counts.refused === 0 || options.skipRefused);
		const work = counts.created + counts.changed;
		if (isDone && work > 0) writeAll(ctx, scratch, { counts, since, notesNumbers: options.report !== null }, onProgress);
		if (options.report) writeReport(options.report, scratch);
		return { counts, isDone, summary: summary(counts, scratch, isDone), ignored: rows.headings.ignored, encoding: source.encoding };
	} finally {
		scratch.close();
	}
}

type Tools = Parameters<typeof startCheck>[2];
const SHOW_EVERY = 200;

async function checkAll(ctx: Ctx, source: RowSource, tools: Tools, file: { size: number; onProgress: OnProgress }): Promise<Counts> {
	const checker = startCheck(ctx, source.headings, tools);
	let rows = 0;
	for await (const row of source.rows) {
		checker.check(row);
		rows += 1;
		if (rows % SHOW_EVERY === 0) file.onProgress({ step: 'Checking', done: source.bytesRead(), total: file.size + 1, rows });
	}
	if (rows === 0) throw new Error('The file holds headings, but no rows.');
	file.onProgress({ step: 'Checking', done: 1, total: 1, rows });
	return checker.counts;
}

function writeAll(ctx: Ctx, scratch: Scratch, checked: Parameters<typeof applyAll>[2], onProgress: OnProgress): void {
	const total = checked.counts.created + checked.counts.changed;
	let rows = 0;
	// One large transaction: fewer pages are written twice. Its own connection, so nothing else is affected.
	ctx.db.sql.pragma('cache_size = -64000');
	applyAll(ctx, scratch, checked, () => {
		rows += 1;
		if (rows % SHOW_EVERY === 0) onProgress({ step: 'Writing', done: rows, total: total + 1, rows });
	});
	onProgress({ step: 'Writing', done: total, total, rows });
	ctx.db.sql.pragma('wal_checkpoint(TRUNCATE)');
}

/** The gazetteer of a data folder; the one that comes with the site is built when there is none. */
export function gazetteerOf(dataDir: string, now: number): Gazetteer {
	const file = join(dataDir, 'gazetteer.db');
	mkdirSync(dataDir, { recursive: true });
	if (!existsSync(file)) buildDefaultGazetteer(file, { now });
	return openGazetteer(file);
}
