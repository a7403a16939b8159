import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { canKeepMail } from './people-policy.ts';

export const MESSAGE_STATES = {
	queued: 'Waiting to be sent',
	delayed: 'Delayed: tried, and will be tried again',
	sent: 'Sent',
	given_up: 'Given up',
	stopped: 'Stopped before it went out',
} as const;
export type MessageState = keyof typeof MESSAGE_STATES;

/** One message as the office sees it, never with its text. `to` is null once it was deleted, and for people who are not on file. */
export type MessageView = {
	id: string;
	kind: string;
	subject: string;
	to: string | null;
	state: MessageState;
	created: string;
	sent: string | null;
	attempts: number;
	problem: string | null;
	/** Given up, and nobody has done anything about it yet. */
	isOpen: boolean;
	isDeleted: boolean;
};

const PAGE = 50;
const STATE = `CASE WHEN o.sent_at IS NOT NULL THEN 'sent' WHEN o.failed_at IS NOT NULL THEN CASE o.last_error WHEN 'stopped' THEN 'stopped' ELSE 'given_up' END
	WHEN o.last_error IS NOT NULL THEN 'delayed' ELSE 'queued' END`;
// Messages about concerns are listed to nobody: that there was one would tell that there is a case, and to whom (issue 5 §2).
const LISTED = "o.kind NOT LIKE 'concern.%' AND o.kind NOT LIKE 'reference.%'";
const OPEN = `(${LISTED} AND o.failed_at IS NOT NULL AND o.sent_at IS NULL AND o.last_error IS NOT 'stopped' AND o.purged_at IS NULL
	AND NOT EXISTS (SELECT 1 FROM outbox again WHERE again.dedupe_key = 'again:' || o.id)
	AND NOT EXISTS (SELECT 1 FROM message_set_aside s WHERE s.message_id = o.id))`;
// Whoever wrote to a therapist is nobody's business: their address is shown only where it is on file for another reason.
const TO = `CASE WHEN o.kind NOT LIKE 'enquiry.%' OR EXISTS (SELECT 1 FROM person p WHERE lower(p.email) = lower(o.to_address)) THEN o.to_address END`;
const COLUMNS = `o.id, o.kind, o.subject, ${TO} AS "to", ${STATE} AS state, o.created_at AS createdAt, o.sent_at AS sentAt, o.attempts,
	o.last_error AS problem, ${OPEN} AS isOpen, o.purged_at IS NOT NULL AS isDeleted`;
const SELECT = `SELECT ${COLUMNS} FROM outbox o`;

type Row = Omit<MessageView, 'created' | 'sent' | 'isOpen' | 'isDeleted'> & { createdAt: number; sentAt: number | null; isOpen: 0 | 1; isDeleted: 0 | 1 };

/** What is asked for: all, one state, or those given up that nobody has dealt with (`open`); `before`: the last id of the page before. */
export type MessageFilter = { state: MessageState | 'open' | ''; kind: string; before: string };

/** Messages, newest first, fifty at a time. @throws Forbidden */
export function messagesSent(ctx: Ctx, filter: MessageFilter): { messages: MessageView[]; next: string | null } {
	allow(canKeepMail(ctx.actor));
	const text = `${SELECT} WHERE ${LISTED} AND o.id < ? AND (? = '' OR o.kind = ?) AND ${WHERE[filter.state]} ORDER BY ${RARE.has(filter.state) ? '+o.id' : 'o.id'} DESC LIMIT ${PAGE + 1}`;
	const rows = prepared(ctx.db.sql, text).all(filter.before || '~', filter.kind, filter.kind) as Row[];
	const messages = rows.slice(0, PAGE).map(view);
	return { messages, next: rows.length > PAGE ? (messages.at(-1)?.id ?? null) : null };
}

// Of those that are few, an index knows which: walking through all by their key would find them late.
const RARE: ReadonlySet<MessageFilter['state']> = new Set(['open', 'queued', 'delayed', 'given_up', 'stopped']);

const WHERE: Record<MessageFilter['state'], string> = {
	'': '1',
	open: OPEN,
	queued: 'o.due_at > 0 AND o.sent_at IS NULL AND o.failed_at IS NULL AND o.last_error IS NULL',
	delayed: 'o.due_at > 0 AND o.sent_at IS NULL AND o.failed_at IS NULL AND o.last_error IS NOT NULL',
	sent: 'o.sent_at IS NOT NULL',
	given_up: "o.failed_at IS NOT NULL AND o.last_error IS NOT 'stopped'",
	stopped: "o.failed_at IS NOT NULL AND o.last_error = 'stopped'",
};

/** The newest messages to one address, as it is written on file or was typed. @throws Forbidden */
export function messagesTo(ctx: Ctx, address: string): MessageView[] {
	allow(canKeepMail(ctx.actor));
	const text = `${SELECT} WHERE ${LISTED} AND lower(o.to_address) = ? AND ${TO} IS NOT NULL ORDER BY o.id DESC LIMIT ${PAGE}`;
	return (prepared(ctx.db.sql, text).all(mailboxKey(address)) as Row[]).map(view);
}

/** The newest messages of acts that were about a person, or to their address. Never authorises: for the page of that person. */
export function messagesAbout({ db }: Pick<Ctx, 'db'>, personId: string): MessageView[] {
	// The cross join keeps the order: first the few that are about this person.
	const text = `SELECT ${COLUMNS} FROM (
		SELECT b.id FROM audit_event e JOIN outbox b INDEXED BY outbox_process ON b.process_id = e.process_id WHERE e.subject_type = 'person' AND e.subject_id = :person
			AND (SELECT count(DISTINCT subject_id) FROM audit_event x WHERE x.process_id = e.process_id AND +x.subject_type = 'person') = 1
		UNION SELECT b.id FROM person p JOIN outbox b ON lower(b.to_address) = lower(p.email) WHERE p.id = :person
		UNION SELECT b.id FROM account a JOIN outbox b ON lower(b.to_address) = lower(a.email) WHERE a.person_id = :person
		) about CROSS JOIN outbox o ON o.id = about.id WHERE ${LISTED} AND o.kind NOT LIKE 'enquiry.%' ORDER BY o.id DESC LIMIT ${PAGE}`;
	return (prepared(db.sql, text).all({ person: personId }) as Row[]).map(view);
}

/** One message. @throws Forbidden, NotFound */
export function messageOf(ctx: Ctx, id: string): MessageView {
	allow(canKeepMail(ctx.actor));
	const row = prepared(ctx.db.sql, `${SELECT} WHERE ${LISTED} AND o.id = ?`).get(id) as Row | undefined;
	if (!row) throw new NotFound('There is no such message.');
	return view(row);
}

/** The kinds of the newest five thousand messages, for the filter. */
export function messageKinds({ db }: Pick<Ctx, 'db'>): string[] {
	return prepared(db.sql, `SELECT DISTINCT o.kind FROM (SELECT kind FROM outbox ORDER BY id DESC LIMIT 5000) o WHERE ${LISTED} ORDER BY o.kind`)
		.pluck()
		.all() as string[];
}

/** How many messages were given up and wait for someone. */
export function messagesGivenUp({ db }: Pick<Ctx, 'db'>): number {
	return prepared(db.sql, `SELECT count(*) FROM outbox o WHERE ${OPEN}`).pluck().get() as number;
}

function view({ createdAt, sentAt, ...row }: Row): MessageView {
	return {
		...row,
		created: sayInstant(createdAt),
		sent: sentAt === null ? null : sayInstant(sentAt),
		isOpen: row.isOpen === 1,
		isDeleted: row.isDeleted === 1,
	};
}
