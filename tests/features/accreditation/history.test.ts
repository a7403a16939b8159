import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { isExpected } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import {
	assignAssessor,
	BARS_ASSESSING,
	checkApplications,
	dueOn,
	interestsIn,
	refusalOf,
	replaceAssessor,
	type Step,
	type StepKind,
	standingByReference,
	stateOf,
	takeStep,
	turnOf,
} from '#features/accreditation/index.ts';
import { type Assessing, accepted, castOf, later, seen } from '#tests/helpers/assessing.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { type Act, begunModel, type Model, modelAfter, modelAllows } from './history-model.ts';

const KINDS = [
	'submitted',
	'returned',
	'accepted',
	'assigned',
	'unassigned',
	'sheet_sealed',
	'reconciled',
	'information_requested',
	'information_answered',
	'information_overdue',
	'information_extended',
	'put_to_panel',
	'deferred',
	'decided',
	'held',
	'released',
	'withdrawn',
] as const satisfies readonly StepKind[];
/** The usual way more often than chance would go it: else nearly every history would end in the first phases. */
const act = fc.record({
	kind: fc.oneof({ weight: 1, arbitrary: fc.constantFrom(...KINDS) }, { weight: 2, arbitrary: fc.constant('usual' as const) }),
	who: fc.nat(2),
	gap: fc.nat(12),
	long: fc.nat(40),
});
const history = fc.record({ acts: fc.array(act, { maxLength: 60 }), assessors: fc.constantFrom(1, 2), isBlind: fc.boolean() });
const USUAL: Record<Model['phase'], StepKind[]> = {
	draft: ['submitted'],
	checks: ['accepted'],
	assessment: ['assigned', 'sheet_sealed', 'reconciled', 'information_requested'],
	waiting_on_applicant: ['information_answered'],
	panel: ['deferred', 'decided'],
	decided: [],
	withdrawn: [],
};

const LIMITS = { checksWorkingDays: 5, assessmentWorkingDays: 20, panelWorkingDays: 30, reviewWorkingDays: 30, draftMonths: 6 } as Parameters<typeof dueOn>[1];
const HOLIDAYS = new Set(['2026-12-25', '2026-12-28', '2027-01-01', '2027-03-26', '2027-03-29']);

/** What a drawn act is in the present of a model: its kind, and what the step says. */
function meant({ kind, who, gap, long }: typeof act extends fc.Arbitrary<infer A> ? A : never, model: Model, day: string, isBlind: boolean): Act {
	const usual = USUAL[model.phase];
	const chosen = kind === 'usual' ? (usual[who % Math.max(1, usual.length)] ?? 'withdrawn') : kind;
	const person = chosen === 'sheet_sealed' || chosen === 'unassigned' ? ([...model.sealed.keys()][who % Math.max(1, model.sealed.size)] ?? 'p0') : `p${who}`;
	const on = addDays(day, gap);
	return {
		kind: chosen,
		onDay: on,
		data: {
			person,
			place: who + 1,
			blind: isBlind,
			dueOn: addDays(on, long),
			untilOn: addDays(on, long),
			recommendation: 'award',
			decision: 'd',
			outcome: 'declined',
		},
	};
}

describe('any history of an application', () => {
	test('goes as a small model of it goes: the same steps are refused, and phase, turn and counts are the same', () => {
		fc.assert(
			fc.property(history, ({ acts, assessors, isBlind }) => {
				const needs = { assessors };
				const steps: Step[] = [{ no: 1, kind: 'begun', at: 0, onDay: '2026-11-02', byPerson: null, data: {} }];
				let model = begunModel(assessors);
				for (const drawn of acts) {
					const state = stateOf(steps, needs);
					const step = meant(drawn, model, steps.at(-1)?.onDay ?? '', isBlind);
					const isAllowed = refusalOf(state, step.kind, needs) === null;
					expect([step.kind, model.phase, isAllowed]).toEqual([step.kind, model.phase, modelAllows(model, step)]);
					if (!isAllowed || (step.kind === 'assigned' && model.sealed.has(String(step.data.person)))) continue;
					if ((step.kind === 'sheet_sealed' || step.kind === 'unassigned') && !model.sealed.has(String(step.data.person))) continue;
					steps.push({ ...step, no: steps.length + 1, at: steps.length, byPerson: null });
					model = modelAfter(model, step);
					const after = stateOf(steps, needs);
					expect([after.phase, turnOf(after, needs), after.rounds, after.hold !== null, after.noReply]).toEqual([
						model.phase,
						model.turn(),
						model.rounds,
						model.isHeld,
						model.noReply,
					]);
				}
			}),
			{ numRuns: 400 },
		);
	});

	test('never moves a day earlier by pausing, however pauses lie upon each other', () => {
		fc.assert(
			fc.property(history, ({ acts, assessors, isBlind }) => {
				const needs = { assessors };
				const steps: Step[] = [{ no: 1, kind: 'begun', at: 0, onDay: '2026-11-02', byPerson: null, data: {} }];
				let model = begunModel(assessors);
				const shown: { clock: string; due: string }[] = [];
				for (const drawn of acts) {
					const step = meant(drawn, model, steps.at(-1)?.onDay ?? '', isBlind);
					if (!modelAllows(model, step) || !isSound(model, step)) continue;
					steps.push({ ...step, no: steps.length + 1, at: steps.length, byPerson: null });
					model = modelAfter(model, step);
					const state = stateOf(steps, needs);
					const due = dueOn(state, LIMITS, HOLIDAYS);
					if (state.clock === null || due === null || state.phase === 'waiting_on_applicant') continue;
					const clock = `${state.clock.kind} ${state.clock.fromOn}`;
					const last = shown.at(-1);
					if (last?.clock === clock) expect(due >= last.due, `${last.due} → ${due} by ${step.kind}`).toBe(true);
					shown.push({ clock, due });
				}
			}),
			{ numRuns: 400 },
		);
	});

	test('asked for as at any step it is what it was then', () => {
		fc.assert(
			fc.property(history, ({ acts, assessors, isBlind }) => {
				const needs = { assessors };
				const steps: Step[] = [{ no: 1, kind: 'begun', at: 0, onDay: '2026-11-02', byPerson: null, data: {} }];
				const seenThen = [stateOf(steps, needs)];
				let model = begunModel(assessors);
				for (const drawn of acts) {
					const step = meant(drawn, model, steps.at(-1)?.onDay ?? '', isBlind);
					if (!modelAllows(model, step) || !isSound(model, step)) continue;
					steps.push({ ...step, no: steps.length + 1, at: steps.length, byPerson: null });
					model = modelAfter(model, step);
					seenThen.push(stateOf(steps, needs));
				}
				expect(steps.map((_, i) => stateOf(steps.slice(0, i + 1), needs))).toEqual(seenThen);
			}),
			{ numRuns: 100 },
		);
	});
});

const isSound = (model: Model, { kind, data }: Act) =>
	kind === 'assigned' ? !model.sealed.has(String(data.person)) : !['sheet_sealed', 'unassigned'].includes(kind) || model.sealed.has(String(data.person));

describe('any history on a real register', () => {
	let folder: ReturnType<typeof temporaryFolder>;
	let system: Ctx;
	let cast: Assessing;
	beforeEach(() => {
		folder = temporaryFolder();
		system = testCtx(emptyRegister(folder.path), '2026-11-23');
		cast = castOf(system);
	});
	afterEach(() => {
		system.db.sql.close();
		folder.remove();
	});

	test('leaves copies that are true, an unbroken chain, and never an assessor of the applicant’s own circle', () => {
		const reference = accepted(cast);
		const people = [cast.lead, cast.second, cast.third];
		const supervises = `INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, from_on, asked_by, asked_at, agreed_at) VALUES (?, ?, ?, '2025-01-01', 'supervisee', 0, 0)`;
		system.db.sql.prepare(supervises).run(newId(), cast.applicant.id, cast.third.id);
		const random = fc.sample(fc.record({ kind: fc.constantFrom(...KINDS.filter((kind) => kind !== 'withdrawn')), who: fc.nat(2), gap: fc.nat(3) }), {
			numRuns: 400,
			seed: 20261122,
		});
		let day = 0;
		let taken = 0;
		for (const { kind, who, gap } of random) {
			day += gap;
			const ctx = later({ ctx: system }, day);
			taken += tried(() => {
				const person = people[who] as (typeof people)[number];
				if (kind === 'assigned') return assignAssessor(later(cast.officer, day), reference, { seen: seen(system, reference), person: person.id });
				const why = { because: 'replaced' as const, words: 'test' };
				if (kind === 'unassigned') return replaceAssessor(later(cast.officer, day), reference, { seen: seen(system, reference), person: person.id, ...why });
				const data = { person: person.id, dueOn: addDays(ctx.today, 20), untilOn: addDays(ctx.today, 10), recommendation: 'award' };
				commit(ctx, { name: 'test' }, (tx) => takeStep(tx, standingByReference(tx.db, reference), kind, data));
			});
			const { application } = standingByReference(system.db, reference);
			const present = system.db.sql.prepare('SELECT person_id FROM accreditation_assessor WHERE ended_at IS NULL').pluck().all() as string[];
			for (const id of present) expect(interestsIn(system.db, application.id, id).filter((interest) => BARS_ASSESSING.includes(interest))).toEqual([]);
		}
		expect(taken).toBeGreaterThan(30);
		expect(checkApplications(system).differences).toEqual([]);
		expect(verifyAudit(system.db, system.keys.audit).ok).toBe(true);
		const { steps, application, route } = standingByReference(system.db, reference);
		const events = system.db.sql
			.prepare("SELECT count(*) FROM audit_event WHERE subject_id = ? AND json_extract(data, '$.from') IS NOT NULL")
			.pluck()
			.get(application.id);
		expect(events).toBe(steps.length - 1);
		expect(stateOf(steps, route).phase).toBe(application.phase);
	});
});

function tried(work: () => void): number {
	try {
		work();
		return 1;
	} catch (error) {
		if (!isExpected(error)) throw error;
		return 0;
	}
}
