import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { personOf } from '#core/policy.ts';
import { destroyVault } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { dropConcernFile } from './file-drop.ts';
import { type Standing, takeStep } from './step.ts';

/**
 * Destroys what was said in a case: its vault with its key, the names of its documents, and every row that leads from it to a side. What stays is
 * the shell: its reference, its steps and days, what it was about in one word, and who of the office worked on it, so that figures stay as they
 * were. Bytes on the disk go afterwards, with `removeConcernBytes`. Joins a transaction and never authorises.
 * @throws Conflict when it cannot be done; an error of the schema under a hold, or without two people
 */
export function destroyConcern(tx: Tx, before: Standing, proposalId: string): void {
	const { id } = before.concern;
	takeStep(tx, before, 'destroyed', { side: 'office', personId: personOf(tx.ctx).personId }, { proposal: proposalId });
	const files = prepared(tx.db.sql, 'SELECT id FROM concern_file WHERE concern_id = ? AND removed_at IS NULL').pluck().all(id) as string[];
	for (const file of files) dropConcernFile(tx, file);
	destroyVault(tx, id, 'retention');
	for (const text of FORGET) prepared(tx.db.sql, text).run({ id });
	record(tx, 'retention.destroyed', { type: 'concern', id }, { files: files.length });
}

/** In this order: what the sides opened is told from what others opened by its capacity. */
const FORGET: readonly string[] = [
	`UPDATE concern_read SET person_id = NULL WHERE concern_id = :id AND person_id IS NOT NULL
		AND capacity IN ('complainant', 'respondent', 'supporter', 'representative', 'witness')`,
	'UPDATE concern_party SET person_id = NULL WHERE concern_id = :id',
	'UPDATE concern_message SET by_person = NULL WHERE concern_id = :id AND is_from_office = 0',
	"UPDATE concern_file SET by_person = NULL WHERE concern_id = :id AND lane <> 'office'",
	'DELETE FROM concern_visit WHERE concern_id = :id',
	'UPDATE concern SET respondent_id = NULL, complainant_id = NULL, typed_by = NULL WHERE id = :id',
];
