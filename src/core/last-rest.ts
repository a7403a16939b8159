import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { mailboxKey } from './mail-address.ts';

/**
 * Is this address, however it is written, that of somebody who has died, and of nobody living on file? Asked where messages leave, so that
 * no feature has to think of it: whoever asks for something by an address gets the same answer as for any other.
 */
export function isOfTheDead(db: Db, address: string): boolean {
	const key = mailboxKey(address);
	return prepared(db.sql, OF_THE_DEAD).pluck().get({ key }) === 1;
}

// A file that was merged into another is nobody living: what it says of an address is the other one's.
const OF_THE_DEAD = `SELECT count(*) > 0 AND sum(died_on IS NULL) = 0 FROM (
	SELECT p.died_on FROM person p WHERE lower(p.email) = :key AND NOT EXISTS (SELECT 1 FROM person_merge m WHERE m.loser_id = p.id)
	UNION ALL
	SELECT p.died_on FROM account a JOIN person p ON p.id = a.person_id WHERE a.email_key = :key)`;
