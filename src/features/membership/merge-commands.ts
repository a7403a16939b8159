import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { allow, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { MembershipHandlers } from './handlers.ts';
import { mergeObstacles, obstaclesIn } from './merge-obstacles.ts';
import { type Moved, moveRows } from './merge-rows.ts';
import { takeFacts, takeListingAddress, takeNames, takeNumber } from './merge-take.ts';
import { canKeepFile } from './people-policy.ts';

/** `loserId`: the file that goes and from then on points to the winner's. */
export type Merge = { loserId: string; winnerId: string };
/** What bringing two files together would do: what stands in its way, how many rows move, how many stay with the second file. */
export type MergePreview = Moved & { obstacles: string[] };

type OnChanged = MembershipHandlers['onChanged'];

/**
 * Brings two files of one person together: everything moves to the winner's, the loser's stays as a sign that points there, and its number,
 * its listing's address and its account lead to the winner.
 * @throws Forbidden, SignInRequired (recent proof), Invalid, Conflict with what has to be settled first
 */
export function mergeFiles(ctx: Ctx, merge: Merge & { reason: string }, onChanged: OnChanged): void {
	mayMerge(ctx, merge);
	requireProof(ctx, true);
	commit(ctx, { name: 'merge files', reason: merge.reason }, (tx) => {
		const { obstacles, ...moved } = bringTogether(tx, merge);
		if (obstacles.length > 0) throw new Conflict(obstacles.join(' '));
		onChanged(tx, merge.loserId);
		onChanged(tx, merge.winnerId);
		const { loserId, winnerId } = merge;
		record(tx, 'person.merged', { type: 'person', id: winnerId }, { loserId, ...moved });
		record(tx, 'person.merged_away', { type: 'person', id: loserId }, { winnerId });
	});
}

/** Tries the merge out and undoes it: exactly what it would do. @throws Forbidden, Invalid, Conflict */
export function previewMerge(ctx: Ctx, merge: Merge): MergePreview {
	mayMerge(ctx, merge);
	const tried: { preview?: MergePreview } = {};
	try {
		commit(ctx, { name: 'try a merge' }, (tx) => {
			tried.preview = bringTogether(tx, { ...merge, reason: '' });
			throw UNDO;
		});
	} catch (error) {
		if (error !== UNDO) throw error;
	}
	return tried.preview ?? { obstacles: [], moved: [], stayed: [] };
}

const UNDO = new Error('a merge that was only tried');

function mayMerge(ctx: Ctx, { loserId, winnerId }: Merge): void {
	allow(canKeepFile(ctx.actor, loserId) && canKeepFile(ctx.actor, winnerId));
	if (loserId === winnerId) throw new Invalid('other', 'This is the same file.');
}

function bringTogether(tx: Tx, { loserId, winnerId, reason }: Merge & { reason: string }): MergePreview {
	const gone = 'SELECT 1 FROM person_merge WHERE loser_id IN (?, ?)';
	if (prepared(tx.db.sql, gone).get(loserId, winnerId)) throw new Conflict('One of these files has been brought together with another already.');
	const obstacles = mergeObstacles(tx.ctx, loserId, winnerId);
	const text = 'INSERT INTO person_merge (loser_id, winner_id, merged_at, merged_by, reason) VALUES (?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(loserId, winnerId, tx.ctx.now, personOf(tx.ctx).personId, reason);
	takeListingAddress(tx, loserId, winnerId);
	const moved = moveRows(tx, loserId, winnerId);
	takeNumber(tx, loserId, winnerId);
	const names = takeNames(tx, loserId, winnerId);
	takeFacts(tx, { loserId, winnerId, names });
	return { ...moved, obstacles: [...obstacles, ...obstaclesIn(moved)] };
}
