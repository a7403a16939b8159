import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/** Where mail for a person goes; null when they gave no address or have died. For messages only: it is never shown to anyone. */
export function mailAddressOf(db: Db, personId: string): string | null {
	const address = prepared(db.sql, 'SELECT email FROM person WHERE id = ? AND died_on IS NULL').pluck().get(personId);
	return typeof address === 'string' && address.includes('@') ? address : null;
}
