import { z } from 'zod';
import { record } from '#core/audit.ts';
import { bookkeep, commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { text } from '#core/fields.ts';
import { newId } from '#core/ids.ts';
import { openTexts, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { respondentSight } from './own-door.ts';

export type OwnMessage = { id: string; isFromOffice: boolean; sentOn: string; words: string };

export const ownMessageForm = z.object({
	words: text(10_000, 'Use at most 10,000 characters. You can send a second message.').pipe(z.string().min(1, 'Write your message.')),
	repeatKey: z.uuid('Open the page again.'),
});

/** Writes to the office as the therapist. Sent twice, it stands there once. @throws NotFound; Conflict when what was said is destroyed */
export function writeAsRespondent(ctx: Ctx, reference: string, message: z.output<typeof ownMessageForm>): void {
	commit(ctx, { name: 'write to the office' }, (tx) => {
		const own = respondentSight(ctx, reference);
		if (own.state.isDestroyed) throw new Conflict('What was said in this case has been destroyed. Call us.');
		record(tx, 'concern.side_wrote', { type: 'concern', id: own.concern.id });
		putOwnWords(tx, own.concern.id, message);
	});
}

/** Writes words of the therapist to the office. The same key twice is once. Joins a transaction and never authorises. */
export function putOwnWords(tx: Tx, concernId: string, { words, repeatKey }: { words: string; repeatKey: string }): void {
	const id = newId();
	const put = `INSERT INTO concern_message (id, concern_id, side, is_from_office, by_person, sent_at, repeat_key)
		VALUES (?, ?, 'respondent', 0, NULL, ?, ?) ON CONFLICT (repeat_key) DO NOTHING`;
	if (prepared(tx.db.sql, put).run(id, concernId, tx.ctx.now, repeatKey).changes > 0) sealText(tx, concernId, `message:${id}`, words);
}

/** What was written between the office and the therapist, oldest first; what came from us counts as read. Never authorises. */
export function ownMessages(ctx: Ctx, concernId: string): OwnMessage[] {
	bookkeep(ctx.db, () => prepared(ctx.db.sql, MARK_READ).run(ctx.now, concernId));
	const rows = prepared(ctx.db.sql, MESSAGES).all(concernId) as { id: string; isFromOffice: number; sentAt: number }[];
	const words = openTexts(
		ctx,
		concernId,
		rows.map(({ id }) => `message:${id}`),
	);
	return rows.map(({ id, isFromOffice, sentAt }) => ({
		id,
		isFromOffice: isFromOffice === 1,
		sentOn: londonDay(sentAt),
		words: words.get(`message:${id}`) ?? 'What stood here has been destroyed.',
	}));
}

const MARK_READ = "UPDATE concern_message SET read_at = ? WHERE concern_id = ? AND side = 'respondent' AND is_from_office = 1 AND read_at IS NULL";
const MESSAGES = `SELECT id, is_from_office AS isFromOffice, sent_at AS sentAt FROM concern_message
	WHERE concern_id = ? AND side = 'respondent' ORDER BY sent_at, id`;
