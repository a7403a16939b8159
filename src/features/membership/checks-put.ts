import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { type Check, checkRules, daysOf } from './checks-rules.ts';

/** One look at a registration, a policy or a record check. Days `YYYY-MM-DD`; what is null is worked out by the rules. */
export type NewCheck = Pick<Check, 'kind' | 'body' | 'type' | 'reference' | 'outcome' | 'how' | 'datedOn' | 'checkedOn' | 'validToOn' | 'nextCheckOn'>;

/**
 * Records a check, in the place of the one before of its kind (and body, for registrations). Joins a transaction and never authorises.
 * A core registration is a public fact: use `recordCoreProfession`, which writes its check too.
 * @returns the key of the check.
 */
export function putCheck(tx: Tx, personId: string, check: NewCheck): string {
	const { id, ...days } = insertCheck(tx, personId, check);
	const { reference, ...plain } = check;
	record(tx, 'person.check_recorded', { type: 'person', id: personId }, { checkId: id, ...plain, ...days }, reference === null ? undefined : { reference });
	return id;
}

/** The same without an event of its own, for whoever records the act. */
export function insertCheck(tx: Tx, personId: string, check: NewCheck): { id: string } & ReturnType<typeof daysOf> {
	const { sql } = tx.db;
	const older = `UPDATE person_check SET superseded_at = ? WHERE person_id = ? AND kind = ? AND superseded_at IS NULL AND (kind <> 'core_registration' OR body = ?)`;
	prepared(sql, older).run(tx.ctx.now, personId, check.kind, check.body);
	const id = newId();
	const days = daysOf(check, checkRules(tx.db, tx.ctx.today));
	const { actor, now } = tx.ctx;
	const checkedBy = actor.kind === 'person' ? `person:${actor.personId}` : actor.kind === 'system' ? `system:${actor.name}` : 'public';
	prepared(sql, INSERT).run({ ...check, ...days, id, personId, checkedBy, recordedAt: now });
	return { id, ...days };
}

const INSERT = `INSERT INTO person_check (id, person_id, kind, body, type, reference, outcome, how, dated_on, checked_on, checked_by, valid_to_on, next_check_on, due_on, recorded_at)
	VALUES (:id, :personId, :kind, :body, :type, :reference, :outcome, :how, :datedOn, :checkedOn, :checkedBy, :validToOn, :nextCheckOn, :dueOn, :recordedAt)`;
