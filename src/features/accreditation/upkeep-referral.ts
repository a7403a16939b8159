import type { Ctx } from '#core/ctx.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { carriedIn } from './vote-count.ts';
import { votesOn } from './vote-reveal.ts';

/** What the committee said about something that was referred to it by its key: an item of kind `audit`, agreed to or not. */
export type CommitteeSaid = 'not_asked' | 'waiting' | 'agreed' | 'disagreed';

/** The last word of the committee; an item that was taken off, or carried neither way, is not asked. Never authorises. */
export function committeeSaid(db: Db, subjectId: string): CommitteeSaid {
	const item = prepared(db.sql, ITEM).get(subjectId) as { id: string; resolvedAt: number | null } | undefined;
	if (!item) return 'not_asked';
	if (item.resolvedAt === null) return 'waiting';
	const votes = votesOn(db, item.id, false).map(({ choice }) => choice);
	const carried = carriedIn(votes, votesOn(db, item.id, true)[0]?.choice ?? null);
	if (carried === 'agree') return 'agreed';
	return carried === 'disagree' ? 'disagreed' : 'not_asked';
}

/** Meetings that something may still be put before. Never authorises. */
export function meetingsToCome({ db, today }: Pick<Ctx, 'db' | 'today'>): { value: string; label: string }[] {
	const text = `SELECT reference AS value, held_on AS heldOn FROM meeting WHERE closed_at IS NULL AND called_off_at IS NULL AND kind <> 'review'
		AND held_on >= ? ORDER BY held_on LIMIT 12`;
	return (prepared(db.sql, text).all(today) as { value: string; heldOn: string }[]).map(({ value, heldOn }) => ({ value, label: `${value}, ${heldOn}` }));
}

const ITEM = `SELECT i.id, i.resolved_at AS resolvedAt FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id
	WHERE i.kind = 'audit' AND i.subject_id = ? AND i.removed_at IS NULL AND m.called_off_at IS NULL ORDER BY i.rowid DESC LIMIT 1`;
