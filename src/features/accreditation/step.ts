import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import type { EventKind } from '#core/events.ts';
import { holidaysOf } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { accreditationApplication } from '#db/schema/index.ts';
import { refuseUnpaid } from './apply-fee.ts';
import { dueOn } from './due.ts';
import type { StepKind } from './phases.ts';
import { freshSheets } from './sheet-fresh.ts';
import { type Route, routeOf, type Standards, standardSet } from './standards.ts';
import { refusalOf, type State, type Step, stateOf, turnOf } from './state.ts';
import { stepData } from './step-data.ts';
import { type Left, leftBy } from './step-left.ts';

export type Application = typeof accreditationApplication.$inferSelect;
/** An application with all that follows from its steps. `seen`: how many steps there were, to be handed back with whatever is done about it. */
export type Standing = { application: Application; steps: readonly Step[]; state: State; standards: Standards; route: Route; seen: number };

/** An application as it stands, by its key. Never authorises. @throws NotFound */
export function standingOf(db: Db, id: string): Standing {
	const application = prepared(db.sql, `${READ} WHERE id = ?`).get(id) as Application | undefined;
	if (!application) throw new NotFound('There is no such application.');
	return standingFrom(db, application);
}

/** The same by its reference, `ACC-2026-0001`. @throws NotFound */
export function standingByReference(db: Db, reference: string): Standing {
	const application = prepared(db.sql, `${READ} WHERE reference = ?`).get(reference) as Application | undefined;
	if (!application) throw new NotFound('There is no such application.');
	return standingFrom(db, application);
}

function standingFrom(db: Db, application: Application): Standing {
	const { standards } = standardSet(db, application.standardsVersion);
	const route = routeOf(standards, application.route);
	const steps = stepsOf(db, application.id);
	return { application, steps, state: stateOf(steps, route), standards, route, seen: steps.length };
}

/** The steps of an application, oldest first. */
export function stepsOf(db: Db, applicationId: string): Step[] {
	const text = 'SELECT no, kind, at, on_day AS onDay, by_person AS byPerson, data FROM accreditation_step WHERE application_id = ? ORDER BY no';
	const rows = prepared(db.sql, text).all(applicationId) as (Omit<Step, 'data'> & { data: string })[];
	return rows.map((row) => ({ ...row, data: stepData(db, row.data) }));
}

/**
 * Takes a step: writes it, brings the copy for queues in line, records the event. Joins a transaction and never authorises.
 * @param data keys and days, never a personal value. @returns how it stands after the step
 * @throws Conflict in words for people when the step cannot be taken (any more)
 */
export function takeStep(tx: Tx, { application, steps, state, standards, route }: Standing, kind: StepKind, data: Step['data'] = {}): Standing {
	const refusal = refusalOf(state, kind, route);
	if (refusal !== null) throw new Conflict(refusal);
	if (kind === 'accepted') refuseUnpaid(tx.ctx, application.id);
	const { ctx, db } = tx;
	const byPerson = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
	const step: Step = { no: steps.length + 1, kind, at: ctx.now, onDay: ctx.today, byPerson, data };
	const after = [...steps, step];
	const copy = copyOf(stateOf(after, route), standards, route, db);
	const text = `UPDATE accreditation_application SET phase = ?, turn = ?, outcome = ?, phase_from_on = ?, due_on = ?, held_until_on = ?, steps = ? WHERE id = ? AND steps = ?`;
	const { phase, turn, outcome, phaseFromOn, dueOn: due, heldUntilOn } = copy;
	const { changes } = prepared(db.sql, text).run(phase, turn, outcome, phaseFromOn, due, heldUntilOn, after.length, application.id, steps.length);
	if (changes === 0) throw new Conflict(MOVED_ON);
	insertStep(tx, application.id, step, { phase, turn, left: leftBy(db, application.id, application, copy) });
	record(tx, EVENTS[kind], { type: 'application', id: application.id }, { from: state.phase, to: phase, ...data });
	const taken = {
		application: { ...application, ...copy, steps: after.length },
		steps: after,
		state: stateOf(after, route),
		standards,
		route,
		seen: after.length,
	};
	return FRESH.includes(kind) ? freshSheets(tx, taken) : taken;
}

/** Steps after which something new is to be looked at: everyone marks on a fresh sheet. */
const FRESH: readonly StepKind[] = ['information_answered', 'deferred'];

const MOVED_ON = 'Somebody has just done something about this application. Open it again to see where it stands.';

/** Refuses what was decided on an older sight of the application. @throws Conflict */
export function refuseStale({ seen }: Standing, sawSteps: number): void {
	if (seen !== sawSteps) throw new Conflict(MOVED_ON);
}

/** What queues know of an application: the columns that follow from its steps. */
export function copyOf(
	state: State,
	{ limits }: Standards,
	route: Route,
	db: Db,
): Pick<Application, 'phase' | 'turn' | 'outcome' | 'phaseFromOn' | 'dueOn' | 'heldUntilOn'> {
	const { phase, outcome, phaseFromOn, hold } = state;
	return { phase, turn: turnOf(state, route), outcome, phaseFromOn, dueOn: dueOn(state, limits, holidaysOf(db)), heldUntilOn: hold?.untilOn ?? null };
}

/** Writes the first step of an application, or any other, with what followed from it and what ended; used by `begin` and by `takeStep` only. */
export function insertStep(tx: Tx, applicationId: string, step: Step, { phase, turn, left }: Pick<Application, 'phase' | 'turn'> & { left: Left }): void {
	const text = `INSERT INTO accreditation_step (application_id, no, kind, at, on_day, by_person, data, process_id, phase, turn,
		left_phase, left_phase_on, left_turn, left_turn_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const { no, kind, at, onDay, byPerson, data } = step;
	const { leftPhase, leftPhaseOn, leftTurn, leftTurnOn } = left;
	const copies = [phase, turn, leftPhase, leftPhaseOn, leftTurn, leftTurnOn];
	prepared(tx.db.sql, text).run(applicationId, no, kind, at, onDay, byPerson, JSON.stringify(data), tx.processId, ...copies);
}

const EVENTS: Record<StepKind, EventKind> = {
	begun: 'accreditation.begun',
	submitted: 'accreditation.submitted',
	returned: 'accreditation.returned',
	accepted: 'accreditation.accepted',
	assigned: 'accreditation.assigned',
	unassigned: 'accreditation.unassigned',
	sheet_sealed: 'accreditation.sheet_sealed',
	reconciled: 'accreditation.reconciled',
	information_requested: 'accreditation.information_requested',
	information_answered: 'accreditation.information_answered',
	information_overdue: 'accreditation.information_overdue',
	information_extended: 'accreditation.information_extended',
	request_made: 'accreditation.request_made',
	request_settled: 'accreditation.request_settled',
	put_to_panel: 'accreditation.put_to_panel',
	deferred: 'accreditation.deferred',
	decided: 'accreditation.decided',
	condition_met: 'accreditation.condition_met',
	condition_missed: 'accreditation.condition_missed',
	review_requested: 'accreditation.review_requested',
	review_decided: 'accreditation.review_decided',
	withdrawn: 'accreditation.withdrawn',
	closed: 'accreditation.closed',
	held: 'accreditation.held',
	released: 'accreditation.released',
	rolled_back: 'accreditation.rolled_back',
};

const READ = `SELECT id, reference, person_id AS personId, route, standards_version AS standardsVersion, award_id AS awardId, begun_at AS begunAt, phase, turn,
	outcome, phase_from_on AS phaseFromOn, due_on AS dueOn, held_until_on AS heldUntilOn, steps FROM accreditation_application`;
