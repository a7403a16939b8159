import type { Db } from '#db/client.ts';
import { ERASED_SENT } from '#db/disposal-accreditation.ts';
import { prepared } from '#db/prepared.ts';
import type { SentContent } from './apply-submit.ts';
import { digestOf } from './evidence-sources.ts';

/** What was sent, word for word. `isIntact`: it still is what its digest says. */
export type Submission = { no: number; content: SentContent; declaration: string; digest: string; submittedAt: number; isIntact: boolean };

/** Everything that was sent for an application, the newest first. Never authorises: for those who may see the application. */
export function submissionsOf(db: Db, applicationId: string): Submission[] {
	const text = 'SELECT no, content, declaration, digest, submitted_at AS submittedAt FROM accreditation_submission WHERE application_id = ? ORDER BY no DESC';
	const rows = prepared(db.sql, text).all(applicationId) as (Omit<Submission, 'content' | 'isIntact'> & { content: string })[];
	return rows.map(({ content, ...row }) => ({
		...row,
		content: JSON.parse(content) as SentContent,
		isIntact: row.digest === '(erased)' ? content === ERASED_SENT : digestOf(`${content}\n${row.declaration}`) === row.digest,
	}));
}
