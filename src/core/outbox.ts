import { outbox } from '#db/schema/index.ts';
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
	const { to: toAddress, text: body, ...named } = mail;
	const { now: createdAt } = tx.ctx;
	tx.db.orm
		.insert(outbox)
		.values({ ...named, id: newId(), processId: tx.processId, toAddress, body, createdAt, dueAt: createdAt })
		.onConflictDoNothing({ target: outbox.dedupeKey })
		.run();
}
