import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { holidaysOf } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concern } from '#db/schema/index.ts';
import { followStep } from './order-follow.ts';
import type { Side, StepKind } from './phases.ts';
import { nextDueOn, promisesOf } from './promises.ts';
import { type ConcernRules, rulesOf } from './rules.ts';
import { isPaused, refusalOf, type State, type Step, stateOf } from './state.ts';
import { STEP_EVENTS } from './step-events.ts';

export type Concern = typeof concern.$inferSelect;
/** A concern with all that follows from its steps. `seen`: how many steps there were, to be handed back with whatever is done about it. */
export type Standing = { concern: Concern; steps: readonly Step[]; state: State; rules: ConcernRules; seen: number };
/** Who takes a step, for the record: a worker of the office or a panel by name, a side without one. */
export type By = { side: Side; personId: string | null };

const NONE = 'There is no such case.';

/** A concern as it stands, by its key. Never authorises. @throws NotFound */
export function standingOf(db: Db, id: string): Standing {
	return standingFrom(db, prepared(db.sql, `${READ} WHERE id = ?`).get(id) as Concern | undefined);
}

/** The same by its reference, `CON-2026-0001`. Never authorises. @throws NotFound */
export function standingByReference(db: Db, reference: string): Standing {
	return standingFrom(db, prepared(db.sql, `${READ} WHERE reference = ?`).get(reference) as Concern | undefined);
}

function standingFrom(db: Db, row: Concern | undefined): Standing {
	if (!row) throw new NotFound(NONE);
	const steps = stepsOf(db, row.id);
	return { concern: row, steps, state: stateOf(steps), rules: rulesOf(db, row.rulesVersion), seen: steps.length };
}

/** The steps of a concern, oldest first. */
export function stepsOf(db: Db, concernId: string): Step[] {
	const text = 'SELECT no, kind, at, on_day AS onDay, by_person AS byPerson, by_side AS bySide, data FROM concern_step WHERE concern_id = ? ORDER BY no';
	const rows = prepared(db.sql, text).all(concernId) as (Omit<Step, 'data'> & { data: string })[];
	return rows.map((row) => ({ ...row, data: JSON.parse(row.data) as Step['data'] }));
}

/**
 * Takes a step: writes it, brings the copy for queues in line, records the event. Joins a transaction and never authorises.
 * @param data keys and days, never a word of anybody; it goes neither into the audit nor anywhere else. @returns how it stands after the step
 * @throws Conflict in words for people when the step cannot be taken (any more)
 */
export function takeStep(tx: Tx, before: Standing, kind: StepKind, by: By, data: Step['data'] = {}): Standing {
	const { concern: row, steps, state, rules } = before;
	const refusal = refusalOf(state, kind);
	if (refusal !== null) throw new Conflict(refusal);
	const { ctx, db } = tx;
	const step: Step = { no: steps.length + 1, kind, at: ctx.now, onDay: ctx.today, byPerson: by.personId, bySide: by.side, data };
	const after = [...steps, step];
	const stateAfter = stateOf(after);
	const copy = { ...copyOf(db, after, rules, stateAfter), reference: row.reference ?? (kind === 'sent' ? nextReference(tx) : null) };
	const text = `UPDATE concern SET reference = ?, phase = ?, due_on = ?, is_paused = ?, is_urgent = ?, has_legal_hold = ?, owner_id = ?, steps = ?
		WHERE id = ? AND steps = ?`;
	const { reference, phase, dueOn, isPaused: paused, isUrgent, hasLegalHold, ownerId } = copy;
	const values = [reference, phase, dueOn, paused, isUrgent, hasLegalHold, ownerId, after.length];
	if (prepared(db.sql, text).run(...values, row.id, steps.length).changes === 0) throw new Conflict(MOVED_ON);
	insertStep(tx, row.id, step);
	record(tx, STEP_EVENTS[kind], { type: 'concern', id: row.id }, { from: state.phase, to: phase, side: by.side });
	followStep(tx, { concern: row, steps: after });
	return { concern: { ...row, ...copy, steps: after.length }, steps: after, state: stateAfter, rules, seen: after.length };
}

const MOVED_ON = 'Somebody has just done something about this case. Open it again to see where it stands.';

/** Refuses what was decided on an older sight of the case. @throws Conflict */
export function refuseStale({ seen }: Standing, sawSteps: number): void {
	if (seen !== sawSteps) throw new Conflict(MOVED_ON);
}

/** What queues know of a concern: the columns that follow from its steps. @param state what they come to, where it is worked out already */
export function copyOf(
	db: Db,
	steps: readonly Step[],
	rules: ConcernRules,
	state: State = stateOf(steps),
): Pick<Concern, 'phase' | 'dueOn' | 'isPaused' | 'isUrgent' | 'hasLegalHold' | 'ownerId'> {
	return {
		phase: state.phase,
		dueOn: nextDueOn(promisesOf(steps, rules, holidaysOf(db)), isPaused(state)),
		isPaused: Number(isPaused(state)),
		isUrgent: Number(state.flags.length > 0 || state.interim === 'asked'),
		hasLegalHold: Number(state.hasLegalHold),
		ownerId: state.ownerId,
	};
}

/** Writes a step; used when a concern begins and by `takeStep` only. */
export function insertStep(tx: Tx, concernId: string, { no, kind, at, onDay, byPerson, bySide, data }: Step): void {
	const text = `INSERT INTO concern_step (concern_id, no, kind, at, on_day, by_person, by_side, data, process_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	prepared(tx.db.sql, text).run(concernId, no, kind, at, onDay, byPerson, bySide, JSON.stringify(data), tx.processId);
}

/** Counted inside the write, which nobody shares: no reference is left out and none given twice. */
function nextReference(tx: Tx): string {
	const year = `CON-${tx.ctx.today.slice(0, 4)}-`;
	const last = prepared(tx.db.sql, 'SELECT max(CAST(substr(reference, 10) AS INTEGER)) FROM concern WHERE substr(reference, 1, 9) = ?').pluck();
	return `${year}${String(((last.get(year) as number | null) ?? 0) + 1).padStart(4, '0')}`;
}

const READ = `SELECT id, reference, about, way, source, begun_at AS begunAt, case_key_hash AS caseKeyHash, passphrase_hash AS passphraseHash,
	respondent_id AS respondentId, complainant_id AS complainantId, typed_by AS typedBy, rules_version AS rulesVersion, phase, due_on AS dueOn,
	is_paused AS isPaused, is_urgent AS isUrgent, has_legal_hold AS hasLegalHold, owner_id AS ownerId, steps FROM concern`;
