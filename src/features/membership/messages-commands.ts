import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { queueMail } from '#core/outbox.ts';
import { allow, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { holdsPersonalLink } from './messages-policy.ts';
import { canKeepMail } from './people-policy.ts';

type Row = {
	kind: string;
	subject: string;
	to: string | null;
	body: string | null;
	processId: string;
	sentAt: number | null;
	failedAt: number | null;
	problem: string | null;
	purgeOn: string | null;
	isAside: 0 | 1;
};

/**
 * Sends a message that was given up once more, to the same or a corrected address. One with a personal link goes to nobody's mailbox but
 * that of the person it is about.
 * @throws Forbidden, SignInRequired (recent proof), NotFound, Conflict, Invalid
 */
export function sendAgain(ctx: Ctx, input: { id: string; to: string; reason: string }): void {
	allow(canKeepMail(ctx.actor));
	requireProof(ctx, true);
	commit(ctx, { name: 'send a message again', reason: input.reason }, (tx) => {
		const message = openMessage(tx, input.id);
		if (message.to === null || message.body === null) throw new Conflict('The text of this message has been deleted: it can no longer be sent.');
		const isSame = mailboxKey(message.to) === mailboxKey(input.to);
		if (!isSame && holdsPersonalLink(message.body) && !isTheirs(tx, message, input.to)) throw new Invalid('to', PERSONAL);
		const { kind, subject, body, purgeOn } = message;
		queueMail(tx, { kind, subject, text: body, to: input.to, dedupeKey: `again:${input.id}`, ...(purgeOn && { purgeOn }) });
		record(tx, 'mail.sent_again', { type: 'mail', id: input.id }, { kind, isCorrected: !isSame }, { from: message.to, to: input.to });
	});
}

const PERSONAL =
	'This message holds a personal link, so it goes only to the address that is on file for its owner. Correct the address in their file first, or have them ask for a new link.';

/** Notes that nothing more is to be done about a message that was given up. @throws Forbidden, NotFound, Conflict */
export function setMessageAside(ctx: Ctx, input: { id: string; reason: string }): void {
	allow(canKeepMail(ctx.actor));
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'set a message aside', reason: input.reason }, (tx) => {
		const { kind } = openMessage(tx, input.id);
		const text = 'INSERT INTO message_set_aside (message_id, set_aside_at, set_aside_by, reason) VALUES (?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(input.id, ctx.now, personId, input.reason);
		record(tx, 'mail.set_aside', { type: 'mail', id: input.id }, { kind });
	});
}

function openMessage(tx: Tx, id: string): Row {
	const text = `SELECT kind, subject, to_address AS "to", body, process_id AS processId, sent_at AS sentAt, failed_at AS failedAt, last_error AS problem,
		purge_on AS purgeOn, EXISTS (SELECT 1 FROM message_set_aside s WHERE s.message_id = o.id) AS isAside FROM outbox o WHERE id = ?`;
	const row = prepared(tx.db.sql, text).get(id) as Row | undefined;
	if (!row) throw new NotFound('There is no such message.');
	if (row.sentAt !== null || row.failedAt === null) throw new Conflict('This message was sent, or is still being tried.');
	if (row.problem === 'stopped') throw new Conflict('This message was stopped on purpose.');
	if (row.isAside === 1) throw new Conflict('Someone has set this message aside already.');
	if (prepared(tx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(`again:${id}`)) throw new Conflict('Someone has sent this message again already.');
	return row;
}

/** Is an address on file for someone whom the act that sent the message was about? */
function isTheirs(tx: Tx, message: Row, address: string): boolean {
	const text = `SELECT 1 FROM audit_event e JOIN person p ON p.id = e.subject_id AND e.subject_type = 'person' LEFT JOIN account a ON a.person_id = p.id
		WHERE e.process_id = ? AND (lower(p.email) = ? OR a.email_key = ?)
		AND (SELECT count(DISTINCT subject_id) FROM audit_event x WHERE x.process_id = e.process_id AND +x.subject_type = 'person') = 1`;
	const key = mailboxKey(address);
	return prepared(tx.db.sql, text).get(message.processId, key, key) !== undefined;
}
