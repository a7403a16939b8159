import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import type { EventKind } from '#core/events.ts';
import { newId } from '#core/ids.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { renewal } from '#db/schema/index.ts';
import { registerRules } from '#features/register/index.ts';
import { renewalRules } from './renewal-rules.ts';
import {
	type RenewalKind,
	type RenewalLimits,
	type RenewalPhase,
	type RenewalState,
	type RenewalStep,
	renewalPhaseOn,
	renewalRefusal,
	renewalStateOf,
} from './renewal-state.ts';
import { stepData } from './step-data.ts';

export type Renewal = typeof renewal.$inferSelect;
/** A renewal with all that follows from its steps and the day. `seen`: how many steps there were, to be handed back with whatever is done about it. */
export type RenewalStanding = {
	renewal: Renewal;
	steps: readonly RenewalStep[];
	state: RenewalState;
	phase: RenewalPhase;
	limits: RenewalLimits;
	seen: number;
};

const NONE = 'There is no such re-accreditation.';

/** The figures that decide where renewals stand, on a day. The late window is the time for which the register goes on telling an award. */
export function renewalLimits(db: Db, day: string): RenewalLimits {
	const { reactivateMonths, informationRounds } = renewalRules(db, day);
	return { awardGraces: registerRules(db, day).awardGraces, reactivateMonths, informationRounds };
}

/** A renewal as it stands today, by its key. Never authorises. @throws NotFound */
export function renewalById(ctx: Pick<Ctx, 'db' | 'today'>, id: string): RenewalStanding {
	return standingFrom(ctx, prepared(ctx.db.sql, `${READ} WHERE id = ?`).get(id) as Renewal | undefined);
}

/** The same by its reference, `REN-2026-0001`. @throws NotFound */
export function renewalByReference(ctx: Pick<Ctx, 'db' | 'today'>, reference: string): RenewalStanding {
	return standingFrom(ctx, prepared(ctx.db.sql, `${READ} WHERE reference = ?`).get(reference) as Renewal | undefined);
}

/** The newest renewal of a person, or null. Never authorises. */
export function renewalOf(ctx: Pick<Ctx, 'db' | 'today'>, personId: string): RenewalStanding | null {
	const row = prepared(ctx.db.sql, `${READ} WHERE person_id = ? ORDER BY begun_at DESC, id DESC LIMIT 1`).get(personId) as Renewal | undefined;
	return row ? standingFrom(ctx, row) : null;
}

function standingFrom(ctx: Pick<Ctx, 'db' | 'today'>, row: Renewal | undefined): RenewalStanding {
	if (!row) throw new NotFound(NONE);
	const steps = renewalStepsOf(ctx.db, row.id);
	const limits = renewalLimits(ctx.db, ctx.today);
	const state = renewalStateOf(steps);
	return { renewal: row, steps, state, phase: renewalPhaseOn(state, ctx.today, limits), limits, seen: steps.length };
}

/** The steps of a renewal, oldest first. */
export function renewalStepsOf(db: Db, renewalId: string): RenewalStep[] {
	const text = 'SELECT no, kind, at, on_day AS onDay, by_person AS byPerson, data FROM renewal_step WHERE renewal_id = ? ORDER BY no';
	const rows = prepared(db.sql, text).all(renewalId) as (Omit<RenewalStep, 'data'> & { data: string })[];
	return rows.map((row) => ({ ...row, data: stepData(db, row.data) as RenewalStep['data'] }));
}

export type NewRenewal = Pick<Renewal, 'personId' | 'awardId' | 'termToOn' | 'route' | 'standardsVersion'>;

/** Opens a renewal; it is due on the last day of the award. Joins a transaction and never authorises. */
export function openRenewal(tx: Tx, { personId, awardId, termToOn, route, standardsVersion }: NewRenewal): RenewalStanding {
	const { ctx, db } = tx;
	const id = newId();
	const text = `INSERT INTO renewal (id, reference, person_id, award_id, term_to_on, route, standards_version, begun_at, phase, due_on, is_sampled, is_drawn, steps)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'window_open', ?, 0, 0, 1)`;
	prepared(db.sql, text).run(id, nextReference(tx, 'REN', 'renewal'), personId, awardId, termToOn, route, standardsVersion, ctx.now, termToOn);
	insert(tx, id, { no: 1, kind: 'opened', at: ctx.now, onDay: ctx.today, byPerson: actorOf(ctx), data: { dueOn: termToOn } });
	record(tx, 'renewal.opened', { type: 'renewal', id }, { person: personId, award: awardId, dueOn: termToOn });
	return renewalById(ctx, id);
}

/** The next reference of a kind in this year, `REN-2026-0001`: counted inside the write, so that none is left out or given twice. */
export function nextReference(tx: Tx, prefix: 'REN' | 'AUD' | 'DRAW', table: 'renewal' | 'cpd_audit' | 'sample_draw'): string {
	const year = `${prefix}-${tx.ctx.today.slice(0, 4)}-`;
	const last = prepared(tx.db.sql, `SELECT max(CAST(substr(reference, ?) AS INTEGER)) FROM ${table} WHERE reference LIKE ?`).pluck();
	const no = ((last.get(year.length + 1, `${year}%`) as number | null) ?? 0) + 1;
	return `${year}${String(no).padStart(prefix === 'DRAW' ? 2 : 4, '0')}`;
}

/**
 * Takes a step: writes it, brings the copy for queues in line, records the event. Joins a transaction and never authorises.
 * @param data keys and days, never a personal value. @returns how it stands after the step
 * @throws Conflict in words for people when the step cannot be taken (any more)
 */
export function takeRenewalStep(tx: Tx, before: RenewalStanding, kind: RenewalKind, data: RenewalStep['data'] = {}): RenewalStanding {
	const { ctx, db } = tx;
	const { renewal: row, steps, limits } = before;
	const refusal = renewalRefusal(before.state, kind, ctx.today, limits);
	if (refusal !== null) throw new Conflict(refusal);
	const step: RenewalStep = { no: steps.length + 1, kind, at: ctx.now, onDay: ctx.today, byPerson: actorOf(ctx), data };
	const after = [...steps, step];
	const state = renewalStateOf(after);
	const copy = { phase: state.base, dueOn: queueDay(state), isSampled: Number(state.isSampled), isDrawn: Number(state.isDrawn), steps: after.length };
	const text = 'UPDATE renewal SET phase = ?, due_on = ?, is_sampled = ?, is_drawn = ?, steps = ? WHERE id = ? AND steps = ?';
	const { changes } = prepared(db.sql, text).run(copy.phase, copy.dueOn, copy.isSampled, copy.isDrawn, copy.steps, row.id, steps.length);
	if (changes === 0) throw new Conflict(MOVED_ON);
	insert(tx, row.id, step);
	record(tx, EVENTS[kind], { type: 'renewal', id: row.id }, { from: before.phase, to: state.base, ...data });
	return { renewal: { ...row, ...copy }, steps: after, state, phase: renewalPhaseOn(state, ctx.today, limits), limits, seen: after.length };
}

export const MOVED_ON = 'Somebody has just done something about this. Open it again to see where it stands.';

/** Refuses what was decided on an older sight. @throws Conflict */
export function refuseOlderSight({ seen }: { seen: number }, sawSteps: number): void {
	if (seen !== sawSteps) throw new Conflict(MOVED_ON);
}

/** The day that queues sort by: what is waited for now. */
export function queueDay(state: RenewalState): string {
	if (state.base === 'information') return state.roundDueOn ?? state.dueOn;
	if (state.base === 'conditional') return state.openTasks.map(({ dueOn }) => dueOn).sort()[0] ?? state.dueOn;
	return state.dueOn;
}

function insert(tx: Tx, renewalId: string, { no, kind, at, onDay, byPerson, data }: RenewalStep): void {
	const text = 'INSERT INTO renewal_step (renewal_id, no, kind, at, on_day, by_person, data, process_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(renewalId, no, kind, at, onDay, byPerson, JSON.stringify(data), tx.processId);
}

export function actorOf({ actor }: Pick<Ctx, 'actor'>): string | null {
	return actor.kind === 'person' ? actor.personId : null;
}

const EVENTS: Record<RenewalKind, EventKind> = {
	opened: 'renewal.opened',
	submitted: 'renewal.submitted',
	drawn: 'renewal.drawn',
	assigned: 'renewal.assigned',
	unassigned: 'renewal.unassigned',
	information_requested: 'renewal.information_requested',
	information_answered: 'renewal.information_answered',
	information_overdue: 'renewal.information_overdue',
	confirmed: 'renewal.confirmed',
	conditional: 'renewal.conditional',
	task_met: 'renewal.task_met',
	task_missed: 'renewal.task_missed',
	put_to_committee: 'renewal.put_to_committee',
	refused: 'renewal.refused',
	extended: 'renewal.extended',
	closed: 'renewal.closed',
};

const READ = `SELECT id, reference, person_id AS personId, award_id AS awardId, term_to_on AS termToOn, route, standards_version AS standardsVersion,
	begun_at AS begunAt, phase, due_on AS dueOn, is_sampled AS isSampled, is_drawn AS isDrawn, steps FROM renewal`;
