import { and, isNotNull, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { outbox } from '#db/schema/index.ts';

export type SentMail = { id: string; sentAt: number | null };

/** Messages that a backup holds as unsent and the present register as sent. None when the present one cannot be read. */
export function sentSince(backup: Db, present: Db | null): SentMail[] {
	const { id, sentAt, failedAt } = outbox;
	const unsent = backup.orm
		.select({ id })
		.from(outbox)
		.where(and(isNull(sentAt), isNull(failedAt)))
		.all();
	const waiting = new Set(unsent.map((mail) => mail.id));
	if (!present || waiting.size === 0) return [];
	try {
		const sent = present.orm.select({ id, sentAt }).from(outbox).where(isNotNull(sentAt)).all();
		return sent.filter((mail) => waiting.has(mail.id));
	} catch {
		return [];
	}
}
