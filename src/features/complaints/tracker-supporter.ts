import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { openText, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { Answers } from './draft-fields.ts';
import { PHASE_SAID } from './state.ts';
import { standingOf } from './step.ts';

/** Who stands beside the person who raised a concern, as they named them; empty when nobody does. Never authorises. */
export function supporterOf(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): Answers {
	const id = prepared(ctx.db.sql, PRESENT).pluck().get(concernId) as string | undefined;
	const words = id === undefined ? null : openText(ctx, concernId, `party:${id}`);
	return words === null ? {} : (JSON.parse(words) as Answers);
}

/**
 * Names somebody who stands beside them, somebody else, or nobody any more. Whoever works on the case sees it; whoever stood there before stays on
 * record as having left. The same again changes nothing. Authorises: whoever holds it open. @throws Conflict before it is sent and once it is over
 */
export function changeSupporter(ctx: Ctx, concernId: string, answers: Answers): void {
	commit(ctx, { name: 'change who stands beside one' }, (tx) => {
		const { concern, state } = standingOf(tx.db, concernId);
		if (concern.reference === null || state.phase === 'closed' || state.isDestroyed) throw new Conflict(PHASE_SAID[state.phase]);
		record(tx, 'concern.supporter_changed', { type: 'concern', id: concernId });
		const isSame = JSON.stringify(supporterOf(tx.ctx, concernId)) === JSON.stringify(named(answers));
		if (isSame) return;
		prepared(tx.db.sql, LEAVE).run(ctx.now, concernId);
		if (answers.name) putSupporter(tx, concernId, answers);
	});
}

/** Puts a supporter beside a concern. Joins a transaction. */
export function putSupporter(tx: Tx, concernId: string, answers: Answers): void {
	const id = newId();
	const text = "INSERT INTO concern_party (id, concern_id, kind, side, agreed_at, added_at) VALUES (?, ?, 'supporter', 'complainant', ?, ?)";
	prepared(tx.db.sql, text).run(id, concernId, tx.ctx.now, tx.ctx.now);
	sealText(tx, concernId, `party:${id}`, JSON.stringify(named(answers)));
}

function named({ name, reach, may }: Answers): Answers {
	return name ? { name, reach: reach ?? '', may: may ?? '' } : {};
}

const PRESENT = `SELECT id FROM concern_party WHERE concern_id = ? AND kind = 'supporter' AND side = 'complainant' AND left_at IS NULL
	ORDER BY added_at DESC, id DESC LIMIT 1`;
const LEAVE = "UPDATE concern_party SET left_at = ? WHERE concern_id = ? AND kind = 'supporter' AND side = 'complainant' AND left_at IS NULL";
