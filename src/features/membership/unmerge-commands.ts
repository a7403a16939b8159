import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Actor, Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { MembershipHandlers } from './handlers.ts';
import type { Merge } from './merge-commands.ts';
import type { RowCount } from './merge-rows.ts';
import { canKeepFile } from './people-policy.ts';
import { unmergeObstacles } from './unmerge-obstacles.ts';
import { giveFactsBack, giveListingAddressBack, giveNamesBack, giveNumberBack, moveBack, notedRows, takenIn } from './unmerge-rows.ts';

/** What taking two files apart would do: what stands in its way, and how many rows go back. */
export type UnmergePreview = { obstacles: string[]; moved: RowCount[] };
type Asked = { id: string; loserId: string; winnerId: string; askedBy: string; version: number };

/** May the actor ask to take these files apart? Never where one is their own. */
export function canUnmerge(actor: Actor, { loserId, winnerId }: Merge): boolean {
	return canKeepFile(actor, loserId) && canKeepFile(actor, winnerId);
}

/** May the actor carry it out? Never the one who asked. */
export function canConfirmUnmerge(actor: Actor, asked: Merge & { askedBy: string }): boolean {
	return canUnmerge(actor, asked) && actor.kind === 'person' && actor.personId !== asked.askedBy;
}

/** An officer asks to take out again a file that was brought in by mistake. @throws Forbidden, SignInRequired (recent proof), Invalid, Conflict */
export function askToUnmerge(ctx: Ctx, { reason, ...merge }: Merge & { reason: string }): void {
	allow(canUnmerge(ctx.actor, merge));
	requireProof(ctx, true);
	if (reason.trim() === '') throw new Invalid('reason', 'Say why they are two people.');
	const { obstacles } = previewUnmerge(ctx, merge);
	if (obstacles.length > 0) throw new Conflict(obstacles.join(' '));
	commit(ctx, { name: 'ask to take files apart', reason }, (tx) => {
		const { loserId, winnerId } = merge;
		const open = 'SELECT 1 FROM person_unmerge WHERE loser_id = ? AND done_at IS NULL AND dropped_at IS NULL';
		if (prepared(tx.db.sql, open).get(loserId)) throw new Conflict('Somebody has asked for this already.');
		const id = newId();
		const text = `INSERT INTO person_unmerge (id, loser_id, winner_id, merged_at, merged_by, merge_reason, reason, asked_at, asked_by)
			SELECT ?, loser_id, winner_id, merged_at, merged_by, reason, ?, ?, ? FROM person_merge WHERE loser_id = ? AND winner_id = ?`;
		prepared(tx.db.sql, text).run(id, reason.trim(), ctx.now, personOf(ctx).personId, loserId, winnerId);
		record(tx, 'person.unmerge_asked', { type: 'person', id: winnerId }, { unmergeId: id, loserId });
	});
}

/**
 * A second officer takes the two files apart: every row that moved goes back, the number, the names, the page and the account with them. What
 * was written into the file since the merge stays with the winner. @throws Forbidden (also for who asked), SignInRequired, Conflict
 */
export function unmergeFiles(ctx: Ctx, input: { id: string; version: number }, onChanged: MembershipHandlers['onChanged']): void {
	const asked = waiting(ctx, input);
	allow(canConfirmUnmerge(ctx.actor, asked), 'Somebody else has to do this: you asked for it, or your role does not allow it.');
	requireProof(ctx, true);
	const { id, loserId, winnerId } = asked;
	commit(ctx, { name: 'take files apart' }, (tx) => {
		waiting(tx.ctx, input);
		const obstacles = unmergeObstacles(ctx, asked);
		if (obstacles.length > 0) throw new Conflict(obstacles.join(' '));
		const moved = takeApart(tx, asked);
		prepared(tx.db.sql, 'UPDATE person_unmerge SET done_at = ?, done_by = ?, version = version + 1 WHERE id = ?').run(ctx.now, personOf(ctx).personId, id);
		onChanged(tx, loserId);
		onChanged(tx, winnerId);
		record(tx, 'person.unmerged', { type: 'person', id: winnerId }, { unmergeId: id, loserId, askedById: asked.askedBy, moved });
		record(tx, 'person.unmerged_away', { type: 'person', id: loserId }, { unmergeId: id, winnerId });
	});
}

/** Either of them, or another officer, drops the request. @throws Forbidden, Conflict */
export function dropUnmerge(ctx: Ctx, input: { id: string; version: number; reason: string }): void {
	const asked = waiting(ctx, input);
	allow(canUnmerge(ctx.actor, asked));
	if (input.reason.trim() === '') throw new Invalid('reason', 'Say why.');
	commit(ctx, { name: 'drop taking files apart', reason: input.reason }, (tx) => {
		waiting(tx.ctx, input);
		const text = 'UPDATE person_unmerge SET dropped_at = ?, dropped_by = ?, version = version + 1 WHERE id = ?';
		prepared(tx.db.sql, text).run(ctx.now, personOf(ctx).personId, asked.id);
		record(tx, 'person.unmerge_dropped', { type: 'person', id: asked.winnerId }, { unmergeId: asked.id });
	});
}

/** Tries it out and undoes it: exactly what it would do. @throws Forbidden */
export function previewUnmerge(ctx: Ctx, merge: Merge): UnmergePreview {
	allow(canUnmerge(ctx.actor, merge));
	const obstacles = unmergeObstacles(ctx, merge);
	if (obstacles.length > 0) return { obstacles, moved: [] };
	const tried: UnmergePreview = { obstacles: [], moved: [] };
	try {
		commit(ctx, { name: 'try taking files apart' }, (tx) => {
			tried.moved = takeApart(tx, merge);
			throw UNDO;
		});
	} catch (error) {
		if (error instanceof Conflict) tried.obstacles.push(error.message);
		else if (error !== UNDO) throw error;
	}
	return tried;
}

const UNDO = new Error('taking apart was only tried');

function takeApart(tx: Tx, merge: Merge): RowCount[] {
	const rows = notedRows(tx, merge.loserId);
	const taken = takenIn(rows);
	if (taken === null) throw new Conflict('What would be needed was not noted when they were brought together.');
	giveFactsBack(tx, merge, taken);
	giveNamesBack(tx, merge, rows, taken);
	giveNumberBack(tx, merge, rows);
	const moved = whileReversed(tx, merge, () => moveBack(tx, merge, rows));
	giveListingAddressBack(tx, merge, rows);
	const { sql } = tx.db;
	// Whoever was signed in was so as the winner.
	prepared(sql, 'DELETE FROM session WHERE account_id IN (SELECT id FROM account WHERE person_id IN (?, ?))').run(merge.loserId, merge.winnerId);
	prepared(sql, 'DELETE FROM person_merge_row WHERE loser_id = ?').run(merge.loserId);
	prepared(sql, 'DELETE FROM person_merge WHERE loser_id = ?').run(merge.loserId);
	return moved;
}

/** Rules of the schema let go of what passes from one file to the one it was brought into: for the way back it is the other way round. */
function whileReversed<T>(tx: Tx, { loserId, winnerId }: Merge, work: () => T): T {
	const text = 'INSERT INTO person_merge (loser_id, winner_id, merged_at, merged_by, reason) VALUES (?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(winnerId, loserId, tx.ctx.now, 'unmerge', '');
	const result = work();
	prepared(tx.db.sql, 'DELETE FROM person_merge WHERE loser_id = ? AND winner_id = ?').run(winnerId, loserId);
	return result;
}

function waiting(ctx: Ctx, { id, version }: { id: string; version: number }): Asked {
	const text = `SELECT id, loser_id AS loserId, winner_id AS winnerId, asked_by AS askedBy, version FROM person_unmerge
		WHERE id = ? AND done_at IS NULL AND dropped_at IS NULL`;
	const asked = prepared(ctx.db.sql, text).get(id) as Asked | undefined;
	if (!asked || asked.version !== version) throw new Conflict('Somebody has decided this already.');
	return asked;
}
