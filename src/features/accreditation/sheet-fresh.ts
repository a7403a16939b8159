import type { Tx } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { type Assignment, assignmentsOf } from './gate-sight.ts';
import { BARS_ASSESSING, interestsIn } from './interests.ts';
import { lookAgain } from './sheet-mails.ts';
import { type Standing, takeStep } from './step.ts';

/**
 * After something new came in, everyone marks on a fresh sheet that begins with their earlier marks; the earlier sheet stays as it was.
 * Somebody whom the record has tied to the applicant since then is let go. Called by `takeStep`: nobody else has to think of it.
 */
export function freshSheets(tx: Tx, standing: Standing): Standing {
	return assignmentsOf(tx.db, standing.application.id).reduce((now, assignment) => freshSheet(tx, now, assignment), standing);
}

function freshSheet(tx: Tx, standing: Standing, old: Assignment): Standing {
	const { id: applicationId, reference } = standing.application;
	const isBarred = interestsIn(tx.db, applicationId, old.personId).some((interest) => BARS_ASSESSING.includes(interest));
	endAssignment(tx, old.id, isBarred ? 'replaced' : 'superseded');
	if (isBarred) return takeStep(tx, standing, 'unassigned', { person: old.personId, place: old.place, because: 'interest' });
	const id = newId();
	prepared(tx.db.sql, COPY).run(id, tx.ctx.now, old.id);
	prepared(tx.db.sql, COPY_MARKS).run(id, tx.ctx.now, old.id);
	postTo(tx, old.personId, (to) => lookAgain(tx.ctx.settings, { key: id, reference: reference ?? '' }, to));
	return standing;
}

/** Ends an assignment. Joins a transaction and never authorises. */
export function endAssignment(tx: Tx, assignmentId: string, because: NonNullable<Assignment['endReason']>): void {
	const text = 'UPDATE accreditation_assessor SET ended_at = ?, end_reason = ?, version = version + 1 WHERE id = ? AND ended_at IS NULL';
	prepared(tx.db.sql, text).run(tx.ctx.now, because, assignmentId);
}

const COPY = `INSERT INTO accreditation_assessor (id, application_id, person_id, place, is_blind, assigned_by, assigned_at, declared_at, declared, declared_words, summary)
	SELECT ?, application_id, person_id, place, is_blind, assigned_by, ?, declared_at, declared, declared_words, summary FROM accreditation_assessor WHERE id = ?`;
const COPY_MARKS = `INSERT INTO accreditation_mark (assessor_id, section, criterion, mark, reason, words, changed_at)
	SELECT ?, section, criterion, mark, reason, words, ? FROM accreditation_mark WHERE assessor_id = ?`;
