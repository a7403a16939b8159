import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { holidaysOf } from '#core/working-days.ts';
import { MOVES, type StepKind } from '#features/complaints/phases.ts';
import { fateOf, promisesOf } from '#features/complaints/promises.ts';
import { rulesOn } from '#features/complaints/rules.ts';
import { refusalOf, type Step, stateOf } from '#features/complaints/state.ts';
import { copyOf, standingOf, takeStep } from '#features/complaints/step.ts';
import { aConcern } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { MODEL, type Model, modelAfter } from './history-model.ts';

const OWNER = '00000000-0000-7000-8000-000000000001';
const KINDS = [...new Set(MOVES.map((m) => m.kind))];
/** Steps that need a lay screener by the schema are taken in the database's history as the system's test cannot; the fold knows them all. */
const SCREENED: readonly StepKind[] = ['accepted', 'redirected', 'declined'];
const ASIDE = [
	'owner_changed',
	'paused',
	'flagged',
	'unflagged',
	'interim_asked',
	'interim_decided',
	'legal_hold_begun',
	'legal_hold_ended',
	'updated',
	'acknowledged',
	'replied',
	'asked',
	'adjourned',
	'listed',
];
const act = fc.record({
	kind: fc.constantFrom(...KINDS),
	usual: fc.nat(3),
	pick: fc.nat(9),
	gap: fc.nat(30),
	imposed: fc.boolean(),
	result: fc.constantFrom('upheld', 'varied', 'quashed'),
	to: fc.constantFrom('hearing', 'decision_to_refer', 'triage'),
	outcome: fc.constantFrom('not_upheld', 'partly_upheld', 'upheld'),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

test('whatever is tried in whatever order, a concern goes where the rules say, and nowhere else', () => {
	const ends = new Set<string>();
	fc.assert(
		fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
			let model = MODEL;
			const steps: Step[] = [step(1, 'begun', '2026-01-05', {})];
			for (const tried of acts) {
				const kind = kindOf(model, tried);
				const data = dataOf(tried);
				const after = modelAfter(model, kind, data);
				expect([kind, refusalOf(stateOf(steps), kind) === null], `${model.phase} ${JSON.stringify(model)}`).toEqual([kind, after !== null]);
				if (after === null) continue;
				model = after;
				steps.push(step(steps.length + 1, kind, addDays(steps.at(-1)?.onDay as string, tried.gap), data));
				const { phase, outcome, interim, hasLegalHold, isDestroyed } = stateOf(steps);
				expect({ phase, outcome, hasLegalHold, isDestroyed }).toEqual({
					phase: model.phase,
					outcome: model.outcome,
					hasLegalHold: model.hold,
					isDestroyed: model.destroyed,
				});
				expect(interim).toBe(['none', 'asked', 'in_force'][model.interim]);
			}
			ends.add(model.phase);
		}),
		{ numRuns: 1500, seed: 5 },
	);
	expect([...ends].sort()).toEqual(expect.arrayContaining(['appeal', 'closed', 'decision_to_refer', 'hearing', 'outcome', 'preliminary']));
});

test('a promise is never due earlier because of a pause, a kept one stays as it was, and none is open once a case is closed', () => {
	const { db } = register();
	const { rules } = rulesOn(db, '2026-01-05');
	const holidays = holidaysOf(db);
	fc.assert(
		fc.property(fc.array(act, { maxLength: 50 }), (acts) => {
			const steps = [...walk(acts)];
			const promises = promisesOf(steps, rules, holidays);
			const unpaused = promisesOf(
				steps.filter((s) => s.kind !== 'paused' && s.kind !== 'resumed'),
				rules,
				holidays,
			);
			promises.forEach((p, n) => {
				expect(p.dueOn >= (unpaused[n]?.dueOn as string)).toBe(true);
			});
			for (let upTo = 2; upTo < steps.length; upTo++)
				for (const p of promisesOf(steps.slice(0, upTo), rules, holidays)) if (p.keptOn !== null) expect(promises).toContainEqual(p);
			if (stateOf(steps).phase === 'closed') expect(promises.filter((p) => p.keptOn === null && p.endedOn === null)).toEqual([]);
		}),
		{ numRuns: 600, seed: 6 },
	);
});

test('in the database every step that is refused leaves nothing behind, the copy agrees with the steps, and the audit verifies', () => {
	const ctx = register();
	ctx.db.sql.prepare('INSERT INTO person (id, created_at) VALUES (?, 0)').run(OWNER);
	fc.assert(
		fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
			const { id } = aConcern(ctx);
			for (const [n, tried] of acts.entries()) {
				const before = standingOf(ctx.db, id);
				const at: Ctx = { ...ctx, now: ctx.now + (n + 1) * 86_400_000, today: addDays(ctx.today, n + 1) };
				const taken = () => commit(at, { name: 'test' }, (tx) => takeStep(tx, before, tried.kind, { side: 'system', personId: null }, dataOf(tried)));
				if (refusalOf(before.state, tried.kind) !== null) expect(taken).toThrow(Conflict);
				else if (SCREENED.includes(tried.kind)) expect(taken).toThrow('a lay screener takes part');
				else taken();
				const { concern, steps, rules } = standingOf(ctx.db, id);
				expect(concern).toMatchObject(copyOf(ctx.db, steps, rules));
				expect(steps.length).toBe(concern.steps);
			}
		}),
		{ numRuns: 40, seed: 7 },
	);
	expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
});

test('of two who act on the same sight of a case, one is told that somebody was quicker', () => {
	const ctx = register();
	const { id } = aConcern(ctx);
	const sight = standingOf(ctx.db, id);
	const act = () => commit(ctx, { name: 'test' }, (tx) => takeStep(tx, sight, 'acknowledged', { side: 'office', personId: null }));
	act();
	expect(act).toThrow('Somebody has just done something about this case');
});

test('an acknowledgement in two working days is kept over a bank holiday weekend, and missed a day later', () => {
	const { db } = register();
	const { rules } = rulesOn(db, '2026-12-24');
	const steps = (on: string) => [step(1, 'begun', '2026-12-24', {}), step(2, 'sent', '2026-12-24', {}), step(3, 'acknowledged', on, {})];
	// Friday 25 December is Christmas, Monday 28 December stands in for Boxing Day.
	const fate = (on: string) =>
		promisesOf(steps(on), rules, holidaysOf(db))
			.filter((p) => p.kind === 'acknowledge')
			.map((p) => [p.dueOn, fateOf(p, on)]);
	expect(fate('2026-12-30')).toEqual([['2026-12-30', 'kept']]);
	expect(fate('2026-12-31')).toEqual([['2026-12-30', 'missed']]);
});

function register(): Ctx {
	const folder = temporaryFolder();
	const db = emptyRegister(folder.path);
	onTestFinished(() => {
		db.sql.close();
		folder.remove();
	});
	return testCtx(db, '2026-01-05');
}

/** Mostly something that may be done, else nearly every history would end where it began. */
function kindOf(model: Model, { kind, usual, pick }: Act): StepKind {
	if (usual === 0) return kind;
	const possible = KINDS.filter((k) => modelAfter(model, k, { outcome: 'upheld', result: 'upheld', to: 'triage' }) !== null);
	const forward = possible.filter((k) => !['dropped', 'destroyed', 'withdrawn', 'closed', 'declined', 'redirected'].includes(k));
	const onward = forward.filter((k) => usual > 1 && !ASIDE.includes(k));
	const from = [onward, forward, possible].find((some) => some.length > 0) ?? [];
	return from[pick % Math.max(1, from.length)] ?? kind;
}

function* walk(acts: readonly Act[]): Generator<Step> {
	let model = MODEL;
	let last = step(1, 'begun', '2026-01-05', {});
	yield last;
	for (const tried of acts) {
		const kind = kindOf(model, tried);
		const after = modelAfter(model, kind, dataOf(tried));
		if (after === null) continue;
		model = after;
		last = step(last.no + 1, kind, addDays(last.onDay, tried.gap), dataOf(tried));
		yield last;
	}
}

function dataOf({ imposed, result, to, outcome }: Act): Record<string, unknown> {
	return { imposed, result, to, outcome, because: 'police', flag: 'police', owner: OWNER, on: '2027-01-01' };
}

function step(no: number, kind: StepKind, onDay: string, data: Record<string, unknown>): Step {
	return { no, kind, at: 0, onDay, byPerson: null, bySide: 'system', data };
}
