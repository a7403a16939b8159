import type { Ctx } from '#core/ctx.ts';
import { filesOf, type StoredFile } from '#core/files.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { filesAt } from './evidence-queries.ts';
import type { RequestRow } from './request-queries.ts';

/** The scan of a letter that came by post. */
export type Scan = Pick<StoredFile, 'id' | 'name' | 'state'>;

/** What scans are attached to: the request and not the application, whose files its applicant may open. What somebody wrote about them they may not. */
export function scansAt(requestId: string): { type: string; id: string } {
	return { type: 'accreditation_request', id: requestId };
}

/** The scans of an answer that the office typed in. Whoever asks has made sure that the actor may read the answer. */
export function scansOf(ctx: Ctx, { id, byHandBy }: Pick<RequestRow, 'id' | 'byHandBy'>): Scan[] {
	return byHandBy === null ? [] : filesOf(ctx, scansAt(id));
}

/** Where a file of an application hangs, for those who may read all of it: on a letter of one of its requests, or on the application itself. */
export function fileAt(db: Db, applicationId: string, fileId: string): { type: string; id: string } {
	const text = `SELECT r.id FROM stored_file f JOIN accreditation_request r ON r.id = f.attached_id
		WHERE f.id = ? AND f.attached_type = 'accreditation_request' AND r.application_id = ?`;
	const request = prepared(db.sql, text).pluck().get(fileId, applicationId) as string | undefined;
	return request === undefined ? filesAt(applicationId) : scansAt(request);
}
