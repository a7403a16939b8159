import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/**
 * What a step keeps, read from its text. A step is never changed: whoever it names by a file that was brought into another since is named by
 * the file that stands.
 */
export function stepData(db: Db, text: string): Record<string, unknown> {
	const data = JSON.parse(text) as Record<string, unknown>;
	if (typeof data.person !== 'string') return data;
	const standing = prepared(db.sql, 'SELECT person_id FROM merged_file WHERE file_id = ?').pluck().get(data.person) as string | undefined;
	return standing === undefined ? data : { ...data, person: standing };
}
