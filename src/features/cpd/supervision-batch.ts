import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { countOf } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';
import { waitingIn } from './supervision-confirm.ts';
import { issueSupervisionLink } from './supervision-link.ts';
import { confirmMail } from './supervision-mails.ts';
import { post } from './supervision-post.ts';
import { NO_RELATION, nameOfPerson, type RelationRow, relationRow } from './supervision-relation-queries.ts';
import { addressOf, subjectOf } from './supervision-relations.ts';
import { supervisionRules } from './supervision-rules.ts';

const DAY_MS = 86_400_000;
/** Small, so that a request never waits long behind it. */
const AT_ONCE = 10;

const WAITING = 'SELECT count(*) FROM supervision_entry WHERE relation_id = ? AND is_draft = 0 AND confirmed_at IS NULL AND disputed_at IS NULL';

/** Whether a supervisor may be written to about a relation today: once a month, unless the last link ran out unused. */
export type Asking = { may: boolean; lastSentAt: number | null; waiting: number };

/** How it stands with asking the supervisor of a relation. Never authorises. */
export function askingOf(ctx: Ctx, relationId: string): Asking {
	const text = `SELECT created_at AS createdAt, sent_month AS sentMonth, expires_at AS expiresAt, used_at AS usedAt FROM supervision_link
		WHERE relation_id = ? AND purpose = 'confirm' ORDER BY created_at DESC LIMIT 1`;
	type Last = { createdAt: number; sentMonth: string; expiresAt: number; usedAt: number | null };
	const last = prepared(ctx.db.sql, text).get(relationId) as Last | undefined;
	const waiting = prepared(ctx.db.sql, WAITING).pluck().get(relationId) as number;
	const isFree = last === undefined || last.sentMonth < ctx.today.slice(0, 7) || (last.usedAt === null && last.expiresAt <= ctx.now);
	return { may: waiting > 0 && isFree, lastSentAt: last?.createdAt ?? null, waiting };
}

/**
 * The supervisee has the month's message sent now. @throws NotFound for anybody else's relation;
 * Conflict when nothing waits, it was sent this month already, or there is no address
 */
export function askToConfirm(ctx: Ctx, relationId: string): void {
	const relation = relationRow(ctx.db, relationId);
	if (!relation || relation.superviseeId !== personOf(ctx).personId || relation.agreedAt === null) throw new NotFound(NO_RELATION);
	commit(ctx, { name: 'askToConfirm' }, (tx) => {
		const { may, waiting } = askingOf(ctx, relationId);
		if (waiting === 0) throw new Conflict('Nothing waits to be confirmed.');
		if (!may) throw new Conflict('Your supervisor was written to this month already. A message goes out once a month.');
		if (!send(tx, relation)) throw new Conflict('We have no address for your supervisor. They can confirm by signing in.');
	});
}

/**
 * Writes to every supervisor for whom something of an earlier month waits and to whom nothing went out this month. Cut off at any point,
 * the next run goes on. Between relations, waiting requests go first.
 */
export async function sendConfirmations(ctx: Ctx): Promise<{ sent: number; unreachable: number }> {
	const sum = { sent: 0, unreachable: 0 };
	let after = '';
	for (;;) {
		const due = relationsDue(ctx, after);
		after = due.at(-1) ?? after;
		if (due.length === 0) return sum;
		for (const id of due) sum[sendTo(ctx, id)] += 1;
		await new Promise((resolve) => setImmediate(resolve));
	}
}

function sendTo(ctx: Ctx, id: string): 'sent' | 'unreachable' {
	const relation = relationRow(ctx.db, id);
	if (!relation || !addressOf({ db: ctx.db }, relation, 'supervisor')) return 'unreachable';
	commit(ctx, { name: 'sendConfirmations', reason: 'the month is over' }, (tx) => send(tx, relation));
	return 'sent';
}

function relationsDue({ db, today }: Ctx, after: string): string[] {
	const month = today.slice(0, 7);
	const text = `SELECT DISTINCT e.relation_id FROM supervision_entry e JOIN supervision_relation r ON r.id = e.relation_id
		WHERE e.is_draft = 0 AND e.confirmed_at IS NULL AND e.disputed_at IS NULL AND e.held_on < ? AND r.agreed_at IS NOT NULL AND e.relation_id > ?
			AND NOT EXISTS (SELECT 1 FROM supervision_link l WHERE l.relation_id = r.id AND l.sent_month = ? AND l.purpose = 'confirm')
		ORDER BY e.relation_id LIMIT ?`;
	return prepared(db.sql, text).pluck().all(`${month}-01`, after, month, AT_ONCE) as string[];
}

function send(tx: Tx, relation: RelationRow): boolean {
	const { ctx, db } = tx;
	const to = addressOf(tx, relation, 'supervisor');
	if (!to) return false;
	const token = issueSupervisionLink(tx, relation.id, 'confirm');
	const expiresAt = ctx.now + supervisionRules(db, ctx.today).linkDays * DAY_MS;
	const facts = {
		relationId: relation.id,
		token,
		name: nameOfPerson(db, relation.superviseeId),
		sessions: sayWaiting(tx, relation.id),
		sentAt: ctx.now,
		expiresAt,
	};
	post(tx, confirmMail(ctx.settings, facts, to));
	record(tx, 'supervision.link_sent', subjectOf(relation), { purpose: 'confirm' });
	return true;
}

/** `3 sessions, 1 October to 31 October 2026`. */
function sayWaiting(tx: Tx, relationId: string): string {
	const waiting = waitingIn(tx.db, relationId);
	const [first, last] = [waiting[0]?.heldOn ?? '', waiting.at(-1)?.heldOn ?? ''];
	const days = first === last ? sayDay(first) : `${sayDay(first)} to ${sayDay(last)}`;
	return `${countOf(waiting.length, 'session')}, ${days}`;
}
