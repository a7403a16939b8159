import { prepared } from '#db/prepared.ts';
import type { Tx } from './commit.ts';
import { newId } from './ids.ts';

/** A plain-text message. The subject holds no personal data: it may be shown on a locked phone. */
export type Mail = {
	kind: string;
	to: string;
	subject: string;
	text: string;
	/** One message per key, for ever: a repeated event never writes twice. */
	dedupeKey: string;
	/** The day from which the text and the address may be deleted. */
	purgeOn?: string;
};

/** Puts a message into the outbox, in the transaction of the act it tells of. A second one with the same key is left out. */
export function queueMail(tx: Tx, mail: Mail): void {
	const insert = `INSERT INTO outbox (id, kind, dedupe_key, process_id, to_address, subject, body, created_at, due_at, purge_on)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dedupe_key) DO NOTHING`;
	const { now } = tx.ctx;
	prepared(tx.db.sql, insert).run(newId(), mail.kind, mail.dedupeKey, tx.processId, mail.to, mail.subject, mail.text, now, now, mail.purgeOn ?? null);
}
