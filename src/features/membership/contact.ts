import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { person } from '#db/schema/index.ts';

/** Where mail for a person goes; null when they gave no address or have died. For messages only: it is never shown to anyone. */
export function mailAddressOf(db: Db, personId: string): string | null {
	const isAlive = and(eq(person.id, personId), isNull(person.diedOn));
	const address = db.orm.select({ email: person.email }).from(person).where(isAlive).get()?.email;
	return address?.includes('@') ? address : null;
}
