import type { Ctx } from '#core/ctx.ts';
import type { StoredFile } from '#core/files.ts';
import { filesOf } from '#core/files.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { accreditationEvidence } from '#db/schema/index.ts';

export type Evidence = typeof accreditationEvidence.$inferSelect;

const COLUMNS = `id, application_id AS applicationId, section, source, source_id AS sourceId, title, snapshot, consented_at AS consentedAt,
	removed_at AS removedAt, failed_scan_at AS failedScanAt`;

/** The evidence of an application that stands, by section and in the order in which it was chosen. Never authorises. */
export function evidenceIn(db: Db, applicationId: string): Evidence[] {
	const text = `SELECT ${COLUMNS} FROM accreditation_evidence WHERE application_id = ? AND removed_at IS NULL ORDER BY section, consented_at, id`;
	return prepared(db.sql, text).all(applicationId) as Evidence[];
}

/** What files of an application are attached to: evidence and answers alike. */
export function filesAt(applicationId: string): { type: string; id: string } {
	return { type: 'accreditation_application', id: applicationId };
}

/** The files of an application by their key. Whoever asks has made sure that the actor may see the application. */
export function filesIn(ctx: Ctx, applicationId: string): Map<string, StoredFile> {
	return new Map(filesOf(ctx, filesAt(applicationId)).map((file) => [file.id, file]));
}
