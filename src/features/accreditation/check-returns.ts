import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { accreditationReturn } from '#db/schema/index.ts';

/** What was missing in a part when an application was sent back. `submission`: which sending was looked at. */
export type ReturnedItem = Pick<typeof accreditationReturn.$inferSelect, 'submission' | 'section' | 'words' | 'dueOn' | 'returnedAt'>;

/** Everything an application was sent back for, the newest first. Never authorises: for the applicant's own page and the office. */
export function returnsOf(db: Db, applicationId: string): ReturnedItem[] {
	const text = `SELECT submission, section, words, due_on AS dueOn, returned_at AS returnedAt FROM accreditation_return
		WHERE application_id = ? ORDER BY submission DESC, returned_at, id`;
	return prepared(db.sql, text).all(applicationId) as ReturnedItem[];
}
