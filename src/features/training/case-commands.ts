import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { hashToken, newId, newReference } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { CaseInput } from './case-form.ts';
import { NO_CASE, ownCase } from './case-queries.ts';
import type { CaseFacts, TrainingCase } from './case-types.ts';
import { canKeepCase } from './policy.ts';
import { refuseIdentifiers } from './refuse-identifiers.ts';
import { namesIn } from './relation-queries.ts';
import { withdrawTrainingLinks } from './training-link.ts';

const MOVED_ON =
	'This case was changed in another window meanwhile, or your supervisor has signed it. What you typed is still here: compare it with the case, then save again.';
const MOST_CASES = 60;

/**
 * Begins a supervised case of whoever is signed in. The same form sent twice is one case.
 * @returns its code. @throws SignInRequired, Invalid for a supervisor who is not one's own, and for whatever looks like a client's
 */
export function beginCase(ctx: Ctx, input: CaseInput): string {
	const { personId } = personOf(ctx);
	const repeatKey = hashToken(`${personId} ${input.repeatKey}`);
	const known = () => prepared(ctx.db.sql, 'SELECT code FROM training_case WHERE repeat_key = ?').pluck().get(repeatKey) as string | undefined;
	refuseIdentifiers({ note: input.facts.note }, namesIn(ctx.db, input.relation));
	return (
		known() ??
		commit(ctx, { name: 'beginCase' }, (tx) => {
			const again = known();
			if (again) throw new Conflict('This case was kept already. You find it in your list.');
			refuseTooMany(tx, personId);
			refuseOthersRelation(tx, personId, input.relation);
			const [id, code] = [newId(), newReference('CASE')];
			const text = 'INSERT INTO training_case (id, code, person_id, relation_id, repeat_key, created_at) VALUES (?, ?, ?, ?, ?, ?)';
			prepared(tx.db.sql, text).run(id, code, personId, input.relation, repeatKey, ctx.now);
			writeFacts(tx, id, 1, input.facts);
			record(tx, 'training.case_begun', subjectOf(id), { person: personId, relation: input.relation });
			return code;
		})
	);
}

/**
 * Changes a case. What was signed stays: on a signed case this begins a correction, the next version, which the supervisor signs again.
 * @throws NotFound, Conflict, Invalid
 */
export function changeCase(ctx: Ctx, code: string, input: CaseInput): void {
	refuseIdentifiers({ note: input.facts.note }, namesIn(ctx.db, input.relation));
	commit(ctx, { name: 'changeCase' }, (tx) => {
		const theCase = lockedCase(tx, code, input.version);
		if (input.relation !== theCase.relationId) moveTo(tx, theCase, input.relation);
		const number = theCase.reportState === 'signed' ? theCase.factsNumber + 1 : theCase.factsNumber;
		if (number === theCase.factsNumber) {
			prepared(tx.db.sql, 'DELETE FROM training_case_facts WHERE case_id = ? AND number = ?').run(theCase.id, number);
		}
		writeFacts(tx, theCase.id, number, input.facts);
		record(tx, number === theCase.factsNumber ? 'training.case_changed' : 'training.case_corrected', subjectOf(theCase.id), { number });
	});
}

/** Takes a correction back that nobody signed: what was signed stands again. @throws NotFound, Conflict */
export function dropCorrection(ctx: Ctx, code: string, version: number): void {
	commit(ctx, { name: 'dropCorrection' }, (tx) => {
		const theCase = lockedCase(tx, code, version);
		if (theCase.reportState !== 'outdated') throw new Conflict('There is no correction that waits to be signed.');
		prepared(tx.db.sql, 'DELETE FROM training_case_facts WHERE case_id = ? AND number = ?').run(theCase.id, theCase.factsNumber);
		withdrawTrainingLinks(tx, theCase.id);
		record(tx, 'training.correction_dropped', subjectOf(theCase.id), { number: theCase.factsNumber });
	});
}

/** Takes away a case that no supervisor has rated or signed. Twice is the same as once. @throws NotFound, Conflict */
export function deleteCase(ctx: Ctx, code: string, version: number): void {
	commit(ctx, { name: 'deleteCase' }, (tx) => {
		const theCase = lockedCase(tx, code, version);
		if (!canDeleteCase(theCase)) throw new Conflict('Your supervisor has rated or signed this case: it stays.');
		for (const table of ['training_link', 'training_case_read', 'training_case_facts'] as const)
			tx.db.sql.prepare(`DELETE FROM ${table} WHERE case_id = ?`).run(theCase.id);
		prepared(tx.db.sql, 'DELETE FROM training_case WHERE id = ?').run(theCase.id);
		record(tx, 'training.case_deleted', subjectOf(theCase.id), { person: theCase.personId });
	});
}

/** Whether a case holds nothing of its supervisor's yet. */
export function canDeleteCase({ ratings, reports }: Pick<TrainingCase, 'ratings' | 'reports'>): boolean {
	return ratings.length === 0 && reports.length === 0;
}

/** The actor's own case as it was when the form was opened, taken for this change. @throws NotFound, Conflict */
function lockedCase(tx: Tx, code: string, version: number): TrainingCase {
	const theCase = ownCase(tx.ctx, code);
	allow(canKeepCase(tx.ctx.actor, theCase), NO_CASE);
	const text = 'UPDATE training_case SET version = version + 1 WHERE id = ? AND version = ?';
	if (prepared(tx.db.sql, text).run(theCase.id, version).changes !== 1) throw new Conflict(MOVED_ON);
	return theCase;
}

function moveTo(tx: Tx, theCase: TrainingCase, relationId: string): void {
	if (!canDeleteCase(theCase)) throw new Invalid('relation', 'Your supervisor has rated or signed this case: it stays with them.');
	refuseOthersRelation(tx, theCase.personId, relationId);
	prepared(tx.db.sql, 'UPDATE training_case SET relation_id = ? WHERE id = ?').run(relationId, theCase.id);
	withdrawTrainingLinks(tx, theCase.id);
}

function refuseOthersRelation(tx: Tx, personId: string, relationId: string): void {
	const text = 'SELECT 1 FROM supervision_relation WHERE id = ? AND supervisee_id = ? AND refused_at IS NULL';
	if (!prepared(tx.db.sql, text).get(relationId, personId)) throw new Invalid('relation', 'Choose your supervisor from the list.');
}

function refuseTooMany(tx: Tx, personId: string): void {
	const count = prepared(tx.db.sql, 'SELECT count(*) FROM training_case WHERE person_id = ?').pluck().get(personId) as number;
	if (count >= MOST_CASES) throw new Invalid('relation', `There are ${MOST_CASES} cases here already. Write to the office if you need more.`);
}

function writeFacts(tx: Tx, caseId: string, number: number, f: CaseFacts): void {
	const text = `INSERT INTO training_case_facts (case_id, number, setting, age_band, focal_area, began_on, ended_on, sessions_planned, sessions_held,
		sessions_supervised, recordings_made, measures, ending, note, written_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const counts = [f.sessionsPlanned, f.sessionsHeld, f.sessionsSupervised, f.recordingsMade];
	const rest = [JSON.stringify(f.measures), f.ending, f.note, tx.ctx.now];
	prepared(tx.db.sql, text).run(caseId, number, f.setting, f.ageBand, f.focalArea, f.beganOn, f.endedOn, ...counts, ...rest);
}

/** The subject of events about a case. */
export function subjectOf(caseId: string): { type: string; id: string } {
	return { type: 'training_case', id: caseId };
}

/** Makes sure that a case is there, for pages. @throws NotFound */
export function needCase<T>(found: T | null): T {
	if (found === null) throw new NotFound(NO_CASE);
	return found;
}
