import { mailboxKey } from '#core/mail-address.ts';
import { readRegisterNumber } from '#core/register-number.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/**
 * Reads a list of register numbers and e-mail addresses, one a line or between commas: whose they are, each person once, and what fits nobody.
 * An address that several people share fits nobody. Never authorises.
 */
export function peopleIn(db: Db, list: string): { people: string[]; strangers: string[] } {
	const entries = [
		...new Set(
			list
				.split(/[\n,;]+/)
				.map((entry) => entry.trim())
				.filter(Boolean),
		),
	];
	const found = entries.map((entry) => ({ entry, person: entry.includes('@') ? byAddress(db, entry) : byNumber(db, entry) }));
	const strangers = found.filter(({ person }) => person === null).map(({ entry }) => (entry.length > 60 ? `${entry.slice(0, 60)}…` : entry));
	return { people: [...new Set(found.flatMap(({ person }) => person ?? []))], strangers };
}

function byNumber(db: Db, typed: string): string | null {
	const read = readRegisterNumber(typed);
	if (read.kind !== 'number') return null;
	return (prepared(db.sql, 'SELECT person_id FROM registration WHERE number = ?').pluck().get(read.number) as string | undefined) ?? null;
}

function byAddress(db: Db, typed: string): string | null {
	const text = `SELECT id FROM person WHERE lower(email) = lower(?) AND id NOT IN (SELECT loser_id FROM person_merge)
		UNION SELECT person_id FROM account WHERE lower(email) = lower(?) AND disabled_at IS NULL`;
	const exact = prepared(db.sql, text).pluck().all(typed, typed) as string[];
	const loose = exact.length > 0 ? exact : (prepared(db.sql, text).pluck().all(mailboxKey(typed), mailboxKey(typed)) as string[]);
	return loose.length === 1 ? (loose[0] ?? null) : null;
}
