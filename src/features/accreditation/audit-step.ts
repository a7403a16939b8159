import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import type { EventKind } from '#core/events.ts';
import { newId } from '#core/ids.ts';
import { holidaysOf } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { cpdAudit } from '#db/schema/index.ts';
import { type AuditKind, type AuditState, type AuditStep, auditDueOn, auditRefusal, auditStateOf } from './audit-state.ts';
import { type AuditRules, renewalRules } from './renewal-rules.ts';
import { actorOf, MOVED_ON, nextReference } from './renewal-step.ts';
import { stepData } from './step-data.ts';

export type Audit = typeof cpdAudit.$inferSelect;
export type AuditStanding = { audit: Audit; steps: readonly AuditStep[]; state: AuditState; rules: AuditRules; seen: number };

const NONE = 'There is no such audit.';

/** An audit as it stands, by its key. Never authorises. @throws NotFound */
export function auditById(ctx: Pick<Ctx, 'db' | 'today'>, id: string): AuditStanding {
	return standingFrom(ctx, prepared(ctx.db.sql, `${READ} WHERE id = ?`).get(id) as Audit | undefined);
}

/** The same by its reference, `AUD-2026-0001`. @throws NotFound */
export function auditByReference(ctx: Pick<Ctx, 'db' | 'today'>, reference: string): AuditStanding {
	return standingFrom(ctx, prepared(ctx.db.sql, `${READ} WHERE reference = ?`).get(reference) as Audit | undefined);
}

/** The audits of a person, newest first. Never authorises. */
export function auditsOf(ctx: Pick<Ctx, 'db' | 'today'>, personId: string): AuditStanding[] {
	const rows = prepared(ctx.db.sql, `${READ} WHERE person_id = ? ORDER BY begun_at DESC, id DESC`).all(personId) as Audit[];
	return rows.map((row) => standingFrom(ctx, row));
}

function standingFrom(ctx: Pick<Ctx, 'db' | 'today'>, audit: Audit | undefined): AuditStanding {
	if (!audit) throw new NotFound(NONE);
	const steps = auditStepsOf(ctx.db, audit.id);
	return { audit, steps, state: auditStateOf(steps), rules: auditRulesFor(ctx.db, steps), seen: steps.length };
}

/** An audit keeps the figures that it began under. */
export function auditRulesFor(db: Db, [first]: readonly AuditStep[]): AuditRules {
	if (!first) throw new Error('An audit begins with its selection.');
	return renewalRules(db, first.onDay).audit;
}

/** The steps of an audit, oldest first. */
export function auditStepsOf(db: Db, auditId: string): AuditStep[] {
	const text = 'SELECT no, kind, at, on_day AS onDay, by_person AS byPerson, data FROM cpd_audit_step WHERE audit_id = ? ORDER BY no';
	const rows = prepared(db.sql, text).all(auditId) as (Omit<AuditStep, 'data'> & { data: string })[];
	return rows.map((row) => ({ ...row, data: stepData(db, row.data) as AuditStep['data'] }));
}

export type NewAudit = Pick<Audit, 'personId' | 'drawId' | 'because' | 'fromOn' | 'toOn'>;

/** Chooses somebody for an audit. Joins a transaction and never authorises. @throws Conflict when one is open already */
export function selectForAudit(tx: Tx, { personId, drawId, because, fromOn, toOn }: NewAudit): AuditStanding {
	const { ctx, db } = tx;
	if (prepared(db.sql, 'SELECT 1 FROM cpd_audit WHERE person_id = ? AND is_final = 0').get(personId)) throw new Conflict('An audit of theirs is open already.');
	const id = newId();
	const text = `INSERT INTO cpd_audit (id, reference, person_id, draw_id, because, from_on, to_on, begun_at, phase, is_final, steps)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'selected', 0, 1)`;
	prepared(db.sql, text).run(id, nextReference(tx, 'AUD', 'cpd_audit'), personId, drawId, because, fromOn, toOn, ctx.now);
	insert(tx, id, { no: 1, kind: 'selected', at: ctx.now, onDay: ctx.today, byPerson: actorOf(ctx), data: {} });
	record(tx, 'audit.selected', { type: 'audit', id }, { person: personId, draw: drawId, fromOn, toOn });
	return auditById(ctx, id);
}

/**
 * Takes a step: writes it, brings the copy for queues in line, records the event. Joins a transaction and never authorises.
 * @throws Conflict in words for people when the step cannot be taken (any more)
 */
export function takeAuditStep(tx: Tx, before: AuditStanding, kind: AuditKind, data: AuditStep['data'] = {}): AuditStanding {
	const { ctx, db } = tx;
	const { audit, steps, rules } = before;
	const refusal = auditRefusal(before.state, kind);
	if (refusal !== null) throw new Conflict(refusal);
	const step: AuditStep = { no: steps.length + 1, kind, at: ctx.now, onDay: ctx.today, byPerson: actorOf(ctx), data };
	const after = [...steps, step];
	const state = auditStateOf(after);
	const copy = { phase: state.phase, dueOn: auditDueOn(state, rules, holidaysOf(db)), isFinal: Number(state.isFinal), steps: after.length };
	const text = 'UPDATE cpd_audit SET phase = ?, due_on = ?, is_final = ?, steps = ? WHERE id = ? AND steps = ?';
	const { changes } = prepared(db.sql, text).run(copy.phase, copy.dueOn, copy.isFinal, copy.steps, audit.id, steps.length);
	if (changes === 0) throw new Conflict(MOVED_ON);
	insert(tx, audit.id, step);
	record(tx, AUDIT_EVENTS[kind], { type: 'audit', id: audit.id }, { from: before.state.phase, to: state.phase, ...data });
	return { audit: { ...audit, ...copy }, steps: after, state, rules, seen: after.length };
}

const AUDIT_EVENTS: Record<AuditKind, EventKind> = {
	selected: 'audit.selected',
	notified: 'audit.notified',
	began: 'audit.began',
	submitted: 'audit.submitted',
	extended: 'audit.extended',
	excused: 'audit.excused',
	assigned: 'audit.assigned',
	unassigned: 'audit.unassigned',
	information_requested: 'audit.information_requested',
	information_answered: 'audit.information_answered',
	information_overdue: 'audit.information_overdue',
	satisfied: 'audit.satisfied',
	action_plan: 'audit.action_plan',
	task_met: 'audit.task_met',
	task_missed: 'audit.task_missed',
	found_short: 'audit.found_short',
	found_otherwise: 'audit.found_otherwise',
	not_satisfied: 'audit.not_satisfied',
	referred: 'audit.referred',
	resolved: 'audit.resolved',
};

function insert(tx: Tx, auditId: string, { no, kind, at, onDay, byPerson, data }: AuditStep): void {
	const text = 'INSERT INTO cpd_audit_step (audit_id, no, kind, at, on_day, by_person, data, process_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(auditId, no, kind, at, onDay, byPerson, JSON.stringify(data), tx.processId);
}

const READ = `SELECT id, reference, person_id AS personId, draw_id AS drawId, because, from_on AS fromOn, to_on AS toOn, begun_at AS begunAt, phase,
	due_on AS dueOn, is_final AS isFinal, steps FROM cpd_audit`;
