import { record } from '#core/audit.ts';
import type { OnQuarantined } from '#core/scan-files.ts';
import { prepared } from '#db/prepared.ts';
import { evidenceHarmful, evidenceHarmfulOffice } from './apply-mails.ts';
import { post, postTo } from './apply-post.ts';
import { keyOf } from './apply-queries.ts';
import { standingOf } from './step.ts';

/**
 * Evidence that fails its scan, before or after the application was sent: it stays where it is and is marked, applicant and office are told.
 * It is never dropped in silence.
 */
export const markHarmfulEvidence: OnQuarantined = (tx, { id, attached }) => {
	if (attached?.type !== 'accreditation_application') return;
	const text = "UPDATE accreditation_evidence SET failed_scan_at = ? WHERE application_id = ? AND source = 'file' AND source_id = ? AND failed_scan_at IS NULL";
	const { changes } = prepared(tx.db.sql, text).run(tx.ctx.now, attached.id, id);
	const { application, state } = standingOf(tx.db, attached.id);
	record(tx, 'accreditation.evidence_failed', { type: 'application', id: application.id }, { file: id, marked: changes });
	const isSent = state.submissions > 0;
	postTo(tx, application.personId, (to) => evidenceHarmful(tx.ctx.settings, { fileId: id, key: keyOf(application), isSent }, to));
	if (isSent && application.reference !== null) post(tx, evidenceHarmfulOffice(tx.ctx.settings, { fileId: id, reference: application.reference }));
};
