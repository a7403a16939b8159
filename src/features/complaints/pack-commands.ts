import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, isStaff, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { keyOf, sourcesOf } from './pack-originals.ts';
import { type ItemView, itemViews } from './pack-render.ts';
import { type Item, itemsOf, marksOf, type PackRow, type PackSide, packNo, stateOfPack } from './pack-store.ts';
import { OPEN } from './phases.ts';
import { worksOn } from './policy.ts';
import { type Because, linesOf } from './redact-spans.ts';
import { type Sight, sightOf } from './sight.ts';

/** A pack that is being made: `version` counts every change of it. */
export type OfPack = { no: number; version: number };
const CHANGED = 'Somebody has just changed this. Open it again to see how it stands.';

/**
 * Begins what is to be laid before a side. `like`: the number of another pack of the case whose choice and covered words it begins with, so that
 * both sides get the same. @returns its number @throws NotFound, Forbidden; Conflict while another for that side is being made
 */
export function makePack(ctx: Ctx, reference: string, { side, items, like }: { side: PackSide; items: readonly string[]; like: number | null }): number {
	return commit(ctx, { name: 'make a pack' }, (tx) => {
		const sight = workedOn(ctx, reference);
		const { id } = sight.concern;
		if (prepared(tx.db.sql, UNFINISHED).get(id, side)) throw new Conflict('Another one for this side is being made. Give it, or drop it, first.');
		const no = prepared(tx.db.sql, 'SELECT 1 + coalesce(max(no), 0) FROM concern_pack WHERE concern_id = ?').pluck().get(id) as number;
		const packId = newId();
		const text = 'INSERT INTO concern_pack (id, concern_id, no, side, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(packId, id, no, side, personOf(ctx).personId, ctx.now);
		putMaker(tx, packId);
		record(tx, 'concern.pack_made', { type: 'concern', id }, { side });
		if (like !== null) copyPack(tx, { concernId: id, from: like, to: packId });
		addItems(tx, { id: packId, concernId: id }, items);
		if (itemsOf(tx.db, packId).length === 0) throw new Invalid('items', 'Choose what is laid before them.');
		return no;
	});
}

/** Chooses anew what a pack holds; what stays keeps what is covered in it. @throws NotFound, Forbidden, Conflict, Invalid */
export function chooseItems(ctx: Ctx, reference: string, { no, version, items }: OfPack & { items: readonly string[] }): void {
	change(ctx, reference, { no, version }, (tx, pack) => {
		if (items.length === 0) throw new Invalid('items', 'Choose what is laid before them.');
		for (const item of itemsOf(tx.db, pack.id))
			if (!items.includes(keyOf(item))) prepared(tx.db.sql, 'DELETE FROM concern_pack_item WHERE id = ?').run(item.id);
		addItems(tx, pack, items);
	});
}

/** Covers spans that were found: `hits` as `item number:from:to`, each inside its text. @throws NotFound, Forbidden, Conflict, Invalid */
export function coverHits(ctx: Ctx, reference: string, input: OfPack & { hits: readonly string[]; because: Because }): void {
	change(ctx, reference, input, (tx, pack) => {
		if (input.hits.length === 0) throw new Invalid('hits', 'Tick what is to be covered.');
		const items = itemViews(ctx, pack);
		for (const hit of input.hits) {
			const [n, from, to] = hit.split(':').map(Number);
			const item = items.find((one) => one.n === n);
			cover(tx, item, { from: from ?? -1, to: to ?? -1, because: input.because });
		}
	});
}

/** Covers whole lines or sentences of one item, by their numbers. @throws NotFound, Forbidden, Conflict, Invalid */
export function coverLines(ctx: Ctx, reference: string, input: OfPack & { n: number; lines: readonly number[]; because: Because }): void {
	change(ctx, reference, input, (tx, pack) => {
		if (input.lines.length === 0) throw new Invalid('lines', 'Tick what is to be covered.');
		const item = itemViews(ctx, pack).find((one) => one.n === input.n);
		const lines = linesOf(item?.words ?? '');
		for (const n of input.lines) cover(tx, item, { from: lines[n]?.from ?? -1, to: lines[n]?.to ?? -1, because: input.because });
	});
}

/** Takes covers off. @throws NotFound, Forbidden, Conflict, Invalid */
export function uncover(ctx: Ctx, reference: string, input: OfPack & { marks: readonly string[] }): void {
	change(ctx, reference, input, (tx, pack) => {
		const known = new Set(marksOf(tx.db, pack.id).map(({ id }) => id));
		if (input.marks.length === 0 || !input.marks.every((id) => known.has(id))) throw new Invalid('marks', 'Tick what is to be read again.');
		for (const id of input.marks) prepared(tx.db.sql, 'DELETE FROM concern_pack_mark WHERE id = ?').run(id);
	});
}

/** Drops a pack that was not given. @throws NotFound, Forbidden, Conflict */
export function dropPack(ctx: Ctx, reference: string, { no, version }: OfPack): void {
	commit(ctx, { name: 'drop a pack' }, (tx) => {
		const { pack } = packFor(ctx, reference, { no, version });
		if (['given', 'dropped'].includes(stateOfPack(pack))) throw new Conflict(CHANGED);
		prepared(tx.db.sql, 'UPDATE concern_pack SET dropped_at = ?, version = version + 1 WHERE id = ?').run(ctx.now, pack.id);
		record(tx, 'concern.pack_dropped', { type: 'concern', id: pack.concernId });
	});
}

/** A pack of a case that the actor works on. @throws NotFound, Forbidden; Conflict when it was changed since it was seen */
export function packFor(ctx: Ctx, reference: string, { no, version }: OfPack): { pack: PackRow; sight: Sight } {
	const sight = workedOn(ctx, reference);
	const pack = packNo(ctx.db, sight.concern.id, no);
	if (pack === null) throw new NotFound('There is no such case.');
	if (pack.version !== version) throw new Conflict(CHANGED);
	return { pack, sight };
}

function workedOn(ctx: Ctx, reference: string): Sight {
	const sight = sightOf(ctx, reference);
	allow(isStaff(ctx.actor) && worksOn(sight));
	if (!(OPEN as readonly string[]).includes(sight.state.phase)) throw new Conflict('This case is closed.');
	return sight;
}

function change(ctx: Ctx, reference: string, of: OfPack, work: (tx: Tx, pack: PackRow) => void): void {
	commit(ctx, { name: 'change a pack' }, (tx) => {
		const { pack } = packFor(ctx, reference, of);
		if (!['open', 'sent_back'].includes(stateOfPack(pack))) throw new Conflict('It waits for a second person, or was approved: nothing of it is changed.');
		work(tx, pack);
		putMaker(tx, pack.id);
		const text = 'UPDATE concern_pack SET version = version + 1, result = NULL, checked_by = NULL, checked_at = NULL WHERE id = ?';
		prepared(tx.db.sql, text).run(pack.id);
		record(tx, 'concern.pack_changed', { type: 'concern', id: pack.concernId });
	});
}

/** Whoever changes it is one of its makers, and never checks it. */
function putMaker(tx: Tx, packId: string): void {
	prepared(tx.db.sql, 'INSERT INTO concern_pack_maker (pack_id, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING').run(packId, personOf(tx.ctx).personId);
}

function addItems(tx: Tx, { id, concernId }: Pick<PackRow, 'id' | 'concernId'>, keys: readonly string[]): void {
	const has = new Set(itemsOf(tx.db, id).map(keyOf));
	const sources = sourcesOf(tx.ctx, concernId).filter(({ key }) => keys.includes(key) && !has.has(key));
	for (const source of sources) putItem(tx, id, source);
}

function putItem(tx: Tx, packId: string, { kind, sourceId }: Pick<Item, 'kind' | 'sourceId'>): string {
	const n = prepared(tx.db.sql, 'SELECT 1 + coalesce(max(n), 0) FROM concern_pack_item WHERE pack_id = ?').pluck().get(packId) as number;
	const id = newId();
	const text = 'INSERT INTO concern_pack_item (id, pack_id, n, kind, source_id, by_person, added_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(id, packId, n, kind, sourceId, personOf(tx.ctx).personId, tx.ctx.now);
	return id;
}

function copyPack(tx: Tx, { concernId, from, to }: { concernId: string; from: number; to: string }): void {
	const source = packNo(tx.db, concernId, from);
	if (source === null) throw new Invalid('like', 'There is no such pack.');
	for (const item of itemViews(tx.ctx, source)) {
		const id = putItem(tx, to, item);
		for (const mark of item.marks) putMark(tx, id, mark);
	}
}

function cover(tx: Tx, item: ItemView | undefined, span: { from: number; to: number; because: Because }): void {
	const isInside = item?.words && Number.isInteger(span.from) && Number.isInteger(span.to) && span.from >= 0 && span.to > span.from;
	if (!item || !isInside || span.to > (item.words ?? '').length) throw new Conflict(CHANGED);
	if (item.marks.some((mark) => mark.from <= span.from && span.to <= mark.to)) return;
	putMark(tx, item.id, span);
}

function putMark(tx: Tx, itemId: string, { from, to, because }: { from: number; to: number; because: Because }): void {
	const text = 'INSERT INTO concern_pack_mark (id, item_id, from_at, to_at, because, by_person, marked_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(newId(), itemId, from, to, because, personOf(tx.ctx).personId, tx.ctx.now);
}

const UNFINISHED = 'SELECT 1 FROM concern_pack WHERE concern_id = ? AND side = ? AND given_at IS NULL AND dropped_at IS NULL';
