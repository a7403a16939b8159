import { record } from '#core/audit.ts';
import { bookkeep, commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { isExpected } from '#core/errors.ts';
import { makeBook } from '#core/pdf-book.ts';
import { prepared } from '#db/prepared.ts';
import { bundleBook } from './bundle-content.ts';
import { type Bundle, bundleById } from './bundle-rows.ts';
import { dropConcernFile, removeConcernBytes } from './file-drop.ts';
import { putSealedBytes } from './file-put.ts';
import { readConcernFile } from './file-read.ts';
import { standingOf } from './step.ts';

/** Minutes after which a try that did not end counts as dead: the process was ended in the middle of it. */
const DEAD_AFTER_MS = 30 * 60_000;
const MOST_TRIES = 3;

/**
 * Makes a bundle that was asked for, on a thread of its own, and keeps it as a sealed document of the office. Nothing happens when somebody else
 * is making it, or it is made. Never authorises: it was asked for by somebody who might. @throws what stopped it; it is tried three times in all
 */
export async function makeBundle(ctx: Ctx, id: string): Promise<void> {
	if (!claim(ctx, id)) return;
	const bundle = bundleById(ctx.db, id) as Bundle;
	try {
		const { pdf, pages } = await draw(ctx, bundle);
		const { concernId, askedBy, purpose, version } = bundle;
		const name = `Bundle ${purpose} ${version}.pdf`;
		const fileId = await putSealedBytes(ctx, { concernId, lane: 'office', kind: 'bundle', byPerson: askedBy, name, type: 'application/pdf' }, pdf);
		noteMade(ctx, bundle, fileId, pages);
	} catch (error) {
		noteFailed(ctx, bundle);
		throw error;
	}
}

/** Bundles that wait, or whose making died: for the job. @returns how many were made */
export async function makeWaitingBundles(ctx: Ctx): Promise<number> {
	const waiting = prepared(ctx.db.sql, WAITING)
		.pluck()
		.all(ctx.now - DEAD_AFTER_MS) as string[];
	for (const id of waiting) await makeBundle(ctx, id);
	return waiting.length;
}

function draw(ctx: Ctx, bundle: Bundle): ReturnType<typeof makeBook> {
	const book = bundleBook(ctx, standingOf(ctx.db, bundle.concernId), bundle);
	const at = { now: ctx.now, sourceDir: ctx.settings.sourceDir };
	return makeBook(book, at, {
		bytes: (fileId) => readOne(ctx, bundle, fileId),
		progress: (done) => bookkeep(ctx.db, () => prepared(ctx.db.sql, 'UPDATE concern_bundle SET done = ? WHERE id = ?').run(done, bundle.id)),
	});
}

/** A document that does not open any more is said to be shut: the rest is made all the same. */
async function readOne(ctx: Ctx, { concernId }: Bundle, fileId: string): Promise<Buffer | { shut: string }> {
	try {
		return (await readConcernFile(ctx, concernId, fileId)).content;
	} catch (error) {
		if (isExpected(error)) return { shut: error.message };
		throw error;
	}
}

function claim({ db, now }: Ctx, id: string): boolean {
	return bookkeep(db, () => prepared(db.sql, CLAIM).run(now, id, now - DEAD_AFTER_MS).changes) > 0;
}

function noteMade(ctx: Ctx, { id, concernId }: Bundle, fileId: string, pages: number): void {
	const isFirst = commit(ctx, { name: 'make a bundle of a case' }, (tx) => {
		const text = 'UPDATE concern_bundle SET made_at = ?, file_id = ?, pages = ?, done = total WHERE id = ? AND made_at IS NULL AND failed_at IS NULL';
		const { changes } = prepared(tx.db.sql, text).run(ctx.now, fileId, pages, id);
		record(tx, 'concern.bundle_made', { type: 'concern', id: concernId }, { pages, isFirst: changes > 0 });
		if (changes === 0) dropConcernFile(tx, fileId, 'office');
		return changes > 0;
	});
	if (!isFirst) removeConcernBytes(ctx, concernId);
}

function noteFailed(ctx: Ctx, { id, concernId, tries }: Bundle): void {
	commit(ctx, { name: 'note that a bundle could not be made' }, (tx) => {
		const text = 'UPDATE concern_bundle SET begun_at = NULL, failed_at = ? WHERE id = ? AND made_at IS NULL';
		prepared(tx.db.sql, text).run(tries >= MOST_TRIES ? ctx.now : null, id);
		record(tx, 'concern.bundle_failed', { type: 'concern', id: concernId }, { tries });
	});
}

const CLAIM = `UPDATE concern_bundle SET begun_at = ?, tries = tries + 1, done = 0 WHERE id = ? AND made_at IS NULL AND failed_at IS NULL
	AND (begun_at IS NULL OR begun_at <= ?)`;
const WAITING = `SELECT id FROM concern_bundle WHERE made_at IS NULL AND failed_at IS NULL AND (begun_at IS NULL OR begun_at <= ?) ORDER BY asked_at LIMIT 5`;
