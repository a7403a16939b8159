import type Database from 'better-sqlite3';

export type SentMail = { id: string; sentAt: number };

/** Messages that a backup holds as unsent and the present register as sent. None when the present one cannot be read. */
export function sentSince(backup: Database.Database, present: Database.Database | null): SentMail[] {
	const waiting = new Set(backup.prepare('SELECT id FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL').pluck().all() as string[]);
	if (!present || waiting.size === 0) return [];
	try {
		const sent = present.prepare('SELECT id, sent_at AS sentAt FROM outbox WHERE sent_at IS NOT NULL').all() as SentMail[];
		return sent.filter((mail) => waiting.has(mail.id));
	} catch {
		return [];
	}
}
