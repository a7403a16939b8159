import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import type { coreProfession, membershipPeriod } from '#db/schema/index.ts';
import { insertCheck, type NewCheck } from './checks-put.ts';

/** One paid membership. Days include the last; `endedOn` is the first day without it. */
export type Membership = Omit<typeof membershipPeriod.$inferSelect, 'id' | 'personId' | 'purchaseId'>;

/**
 * Begins a membership period, or records one that is past. Joins a transaction and never authorises; the caller refreshes the finder.
 * @returns the key of the period.
 */
export function startMembership(tx: Tx, personId: string, period: Membership): string {
	const id = newId();
	const text = `INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on, ended_on, end_reason, employer) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
	const { category, fromOn, paidToOn, endedOn, endReason, employer } = period;
	prepared(tx.db.sql, text).run(id, personId, category, fromOn, paidToOn, endedOn, endReason, employer);
	record(tx, 'membership.started', { type: 'person', id: personId }, { category, fromOn, paidToOn, endedOn, endReason });
	return id;
}

/** Writes the present facts of the period that began on `period.fromOn`: renewed, moved to another category, ended. */
export function changeMembership(tx: Tx, personId: string, period: Membership): void {
	const text = `UPDATE membership_period SET category = ?, paid_to_on = ?, ended_on = ?, end_reason = ?, employer = ? WHERE person_id = ? AND from_on = ?`;
	const { category, fromOn, paidToOn, endedOn, endReason, employer } = period;
	prepared(tx.db.sql, text).run(category, paidToOn, endedOn, endReason, employer, personId, fromOn);
	record(tx, 'membership.changed', { type: 'person', id: personId }, { category, fromOn, paidToOn, endedOn, endReason });
}

/** Records leave, or gives leave that began on the same day another end. */
export function recordLeave(tx: Tx, personId: string, leave: { fromOn: string; toOn: string }): void {
	const { sql } = tx.db;
	const { changes } = prepared(sql, 'UPDATE membership_leave SET to_on = ? WHERE person_id = ? AND from_on = ?').run(leave.toOn, personId, leave.fromOn);
	if (changes === 0)
		prepared(sql, 'INSERT INTO membership_leave (id, person_id, from_on, to_on) VALUES (?, ?, ?, ?)').run(newId(), personId, leave.fromOn, leave.toOn);
	record(tx, 'membership.leave_recorded', { type: 'person', id: personId }, leave);
}

/** Registration with another body (HCPC, BABCP …) as it was last seen. */
export type CoreRegistration = Omit<typeof coreProfession.$inferSelect, 'id' | 'personId' | 'toOn'>;

/** How the office came to know of it, and when it looks again; what is left out follows from the rules. */
export type Looked = Partial<Pick<NewCheck, 'how' | 'validToOn' | 'nextCheckOn'>>;

/** Records a core profession as last checked. Another number with the same body closes the old registration the day before. */
export function recordCoreProfession(tx: Tx, personId: string, core: CoreRegistration, looked: Looked = {}): void {
	const { sql } = tx.db;
	const find = 'SELECT id, reference FROM core_profession WHERE person_id = ? AND body = ? AND to_on IS NULL';
	const known = prepared(sql, find).get(personId, core.body) as { id: string; reference: string | null } | undefined;
	const isSame = known !== undefined && (known.reference === null || known.reference === core.reference);
	if (isSame) {
		const text = 'UPDATE core_profession SET reference = ?, standing = ?, checked_on = ?, from_on = ? WHERE id = ?';
		prepared(sql, text).run(core.reference, core.standing, core.checkedOn, core.fromOn, known.id);
	} else {
		if (known) prepared(sql, 'UPDATE core_profession SET to_on = ? WHERE id = ?').run(addDays(core.fromOn, -1), known.id);
		const text = 'INSERT INTO core_profession (id, person_id, body, reference, standing, checked_on, from_on) VALUES (?, ?, ?, ?, ?, ?, ?)';
		prepared(sql, text).run(newId(), personId, core.body, core.reference, core.standing, core.checkedOn, core.fromOn);
	}
	const { body, standing, checkedOn } = core;
	record(tx, 'person.core_profession_recorded', { type: 'person', id: personId }, { body, standing, checkedOn }, { reference: core.reference });
	const outcome = standing === 'registered' ? 'confirmed' : standing;
	const how = looked.how ?? (tx.ctx.actor.kind === 'person' ? 'declared' : 'imported');
	const seen = { checkedOn: checkedOn ?? tx.ctx.today, how, validToOn: looked.validToOn ?? null, nextCheckOn: looked.nextCheckOn ?? null };
	insertCheck(tx, personId, { kind: 'core_registration', body, type: null, reference: core.reference, outcome, datedOn: null, ...seen });
}
