import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { allow, isStaff } from '#core/policy.ts';
import { openTexts } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { type NewMessage, putMessage, tellSides } from './message-put.ts';
import { worksOn } from './policy.ts';
import { type OpenCase, sightOf } from './sight.ts';

/** Words between the office and one side. */
export type MessageLine = { id: string; side: 'complainant' | 'respondent'; isFromOffice: boolean; by: string | null; at: number; words: string };

/** Writes to one side of a case. The same form twice is one message. @throws NotFound; Forbidden for who only looks; Conflict in words */
export function writeToSide(ctx: Ctx, reference: string, message: NewMessage): void {
	const sight = commit(ctx, { name: 'write to a side' }, (tx) => {
		const seen = sightOf(ctx, reference);
		allow(isStaff(ctx.actor) && worksOn(seen));
		putMessage(tx, seen, message);
		return seen;
	});
	const { id, respondentId } = sight.concern;
	tellSides(ctx, { concernId: id, respondentId, sides: [message.side], about: `message:${message.repeatKey}` });
}

/** What was written between the office and both sides, oldest first, of an opened case. */
export function messagesOf(ctx: Ctx, { concern }: Pick<OpenCase, 'concern'>): MessageLine[] {
	const text = `SELECT m.id, m.side, m.is_from_office AS isFromOffice, m.sent_at AS at,
		(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = m.by_person AND n.to_on IS NULL) AS "by"
		FROM concern_message m WHERE m.concern_id = ? ORDER BY m.sent_at, m.id`;
	const rows = prepared(ctx.db.sql, text).all(concern.id) as (Omit<MessageLine, 'isFromOffice' | 'words'> & { isFromOffice: 0 | 1 })[];
	const words = openTexts(
		ctx,
		concern.id,
		rows.map(({ id }) => `message:${id}`),
	);
	return rows.map((row) => ({ ...row, isFromOffice: row.isFromOffice === 1, words: words.get(`message:${row.id}`) ?? '' }));
}
