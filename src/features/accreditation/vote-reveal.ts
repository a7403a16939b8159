import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { votersOn } from './meeting-part.ts';
import type { Item, Seat } from './meeting-rows.ts';
import { advanceItem } from './meeting-table.ts';
import type { Choice } from './vote-count.ts';

export type Vote = { personId: string; choice: Choice; reasons: string[]; words: string };

/** The votes of those who take part in an item; whoever stepped back after voting is not counted. Never authorises: sealed until opened. */
export function votesOn(db: Db, itemId: string, isCasting: boolean): Vote[] {
	const rows = prepared(db.sql, VOTES).all(itemId, isCasting ? 1 : 0) as (Omit<Vote, 'reasons'> & { reasons: string })[];
	return rows.map((row) => ({ ...row, reasons: JSON.parse(row.reasons) as string[] }));
}

const VOTES = `SELECT v.person_id AS personId, v.choice, v.reasons, v.words FROM vote v
	JOIN meeting_interest d ON d.item_id = v.item_id AND d.person_id = v.person_id AND d.declared <> 'recuse'
	WHERE v.item_id = ? AND v.is_casting = ? ORDER BY v.person_id`;

/** Who has cast a vote that counts, by their seats: what a quorum is counted from. Never authorises. */
export function castersOn(db: Db, itemId: string): { personId: string; seat: Seat }[] {
	return prepared(db.sql, CASTERS).all(itemId) as { personId: string; seat: Seat }[];
}

const CASTERS = `SELECT v.person_id AS personId, m.seat FROM vote v JOIN meeting_item i ON i.id = v.item_id
	JOIN meeting_member m ON m.meeting_id = i.meeting_id AND m.person_id = v.person_id
	JOIN meeting_interest d ON d.item_id = v.item_id AND d.person_id = v.person_id AND d.declared <> 'recuse'
	WHERE v.item_id = ? AND v.is_casting = 0`;

/** Opens the votes together once everyone present who takes part has cast theirs. Joins a transaction and never authorises. */
export function revealWhenAllVoted(tx: Tx, item: Item): void {
	if (item.openedAt === null || item.revealedAt !== null) return;
	const voters = votersOn(tx.db, item);
	if (voters.length > 0 && voters.every(({ hasVoted }) => hasVoted)) revealVotes(tx, item);
}

/** Opens the votes. Joins a transaction and never authorises. */
export function revealVotes(tx: Tx, item: Item): void {
	advanceItem(tx, item, item.version, { revealedAt: tx.ctx.now });
	const counts: Record<string, number> = {};
	for (const { choice } of votesOn(tx.db, item.id, false)) counts[choice] = (counts[choice] ?? 0) + 1;
	record(tx, 'meeting.votes_opened', { type: 'meeting', id: item.meetingId }, { item: item.position, counts });
}
