import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { isExpected } from '#core/errors.ts';
import { dropDraft } from '#features/complaints/order-draft.ts';
import { proposeEnd, settleEnd } from '#features/complaints/order-end.ts';
import { ordersIn, stateOfOrder } from '#features/complaints/order-store.ts';
import { standingOf } from '#features/complaints/step.ts';
import { finderDifferences } from '#features/directory/index.ts';
import { factsOf, nextChange, registerEntry, registerRules } from '#features/register/index.ts';
import { onDay } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { type Decided, decidedCase, draft, type OrderCase, publish, seen, step } from '#tests/helpers/sanctions.ts';
import * as should from './sanction-model.ts';

const FIRST = '2026-11-23';
type Case = OrderCase & { step: number };
type Act =
	| { do: 'wait'; days: number }
	| { do: 'edge'; which: number; off: number }
	| { do: 'publish' | 'appeal' | 'uphold' | 'quash' | 'met' | 'not_met' }
	| { do: 'next'; months: number; review: number };

const anyAct: fc.Arbitrary<Act> = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(1, 2, 13, 28, 29, 60, 200, 700) }) },
	{ weight: 5, arbitrary: fc.record({ do: fc.constant('edge' as const), which: fc.integer({ min: 0, max: 9 }), off: fc.integer({ min: -1, max: 1 }) }) },
	{ weight: 4, arbitrary: fc.constant({ do: 'publish' as const }) },
	{
		weight: 3,
		arbitrary: fc.constantFrom('appeal' as const, 'uphold' as const, 'quash' as const, 'met' as const, 'not_met' as const).map((one) => ({ do: one })),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('next' as const), months: fc.integer({ min: 1, max: 12 }), review: fc.integer({ min: 1, max: 6 }) }) },
);
const anyDecision: fc.Arbitrary<Decided & { kind: should.Kind }> = fc.oneof(
	fc.record({ kind: fc.constant('warning' as const), months: fc.integer({ min: 12, max: 60 }) }),
	fc.record({ kind: fc.constantFrom('conditions' as const, 'suspension' as const), months: fc.integer({ min: 1, max: 12 }) }),
	fc.record({ kind: fc.constantFrom('removal' as const, 'voluntary_removal' as const), months: fc.constant(null) }),
);

test('whatever happens to an order, it stands as the rules say, and what the register said of earlier days stays true', { timeout: 120_000 }, () => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	const ctx = testCtx(emptyRegister(folder.path), FIRST);
	onTestFinished(() => void ctx.db.sql.close());
	fc.assert(
		fc.property(anyDecision, fc.array(anyAct, { minLength: 4, maxLength: 16 }), (decided, acts) => live(ctx, decided, acts)),
		{ numRuns: 150, endOnFailure: false },
	);
	expect(finderDifferences(ctx.db, FIRST)).toEqual([]);
});

function live(ctx: Ctx, decided: Decided & { kind: should.Kind }, acts: readonly Act[]): void {
	const made = decidedCase(ctx, [decided]);
	const model: should.Model = { kind: decided.kind, decided: FIRST, appeal: null, versions: [] };
	const told = new Map<string, unknown>();
	let today = FIRST;
	for (const act of acts) {
		if (act.do === 'wait' || act.do === 'edge') {
			told.set(today, toldOn(ctx, made, today, today));
			today = act.do === 'wait' ? addDays(today, act.days) : edgeOf(model, today, act);
		} else take(ctx, made, model, { act, months: decided.months, today });
		compare(ctx, made, model, today);
		for (const [day, was] of told) expect(toldOn(ctx, made, today, day), `${day}, asked on ${today}`).toEqual(was);
	}
}

/** A day on which something should change, the day before it or the day after; never an earlier one. */
function edgeOf(model: should.Model, today: string, { which, off }: { which: number; off: number }): string {
	const days = [addDays(model.decided, 28), ...model.versions.flatMap((one) => should.edges(model, one))].map((day) => addDays(day, off));
	const later = days.filter((day) => day > today).sort();
	return later[which % Math.max(1, later.length)] ?? addDays(today, 1);
}

/** What the register says of a day, asked on another: all but for how long it will be shown, which is told of today only. */
function toldOn(ctx: Ctx, { number }: Case, today: string, day: string): unknown {
	const status = registerEntry(onDay(ctx, today), number, day)?.status;
	const { standing, sinceOn, isInGoodStanding, isShown, awards, notices = [] } = status ?? {};
	const texts = notices.map(({ id, kind, fromOn, toOn, reviewOn, publicText, isInForce }) => [id, kind, fromOn, toOn, reviewOn, publicText, isInForce]);
	return { standing, sinceOn, isInGoodStanding, isShown, awards, texts };
}

function compare(ctx: Ctx, made: Case, model: should.Model, today: string): void {
	const standing = standingOf(ctx.db, made.id);
	const orders = ordersIn(ctx.db, standing).filter(({ row }) => row.publishedAt !== null);
	expect(orders.map((one) => stateOfOrder(ctx.db, standing, one, today))).toEqual(model.versions.map((_, no) => should.stateOf(model, no, today)));
	const entry = registerEntry(onDay(ctx, today), made.number);
	expect({ notices: entry?.status.notices.length, standing: entry?.status.standing }).toEqual(should.publicly(model, today));
	const facts = factsOf(ctx.db, made.therapist.id);
	const next = facts && nextChange(facts, today, registerRules(ctx.db, today));
	if (next) expect(toldOn(ctx, made, addDays(next, -1), addDays(next, -1))).toMatchObject({ standing: entry?.status.standing });
}

type Now = { act: Exclude<Act, { do: 'wait' | 'edge' }>; months: number | null; today: string };

/** Takes an act where the model allows it, and sees it refused in words where not. */
function take(ctx: Ctx, made: Case, model: should.Model, { act, months, today }: Now): void {
	const last = model.versions.at(-1);
	const on = onDay(ctx, today);
	if (act.do === 'publish') {
		const isAllowed = should.mayPublish(model, today);
		if (model.versions.length > 0) return;
		expect(
			tried(() => written(made, today, { reviewMonths: null, months: null })),
			`publish on ${today}`,
		).toBe(isAllowed);
		if (isAllowed) model.versions.push(versionOf(model.kind, { months, review: null }, today));
	} else if (act.do === 'next') {
		if (should.isRemoved(model)) return;
		const isAllowed = should.mayGoOn(model, today);
		if (last === undefined) return;
		const terms = { months: model.kind === 'warning' ? act.months + 11 : act.months, review: model.kind === 'warning' ? null : act.review };
		expect(
			tried(() => written(made, today, { months: terms.months, reviewMonths: terms.review })),
			`next on ${today}`,
		).toBe(isAllowed);
		if (!isAllowed) return;
		last.gaveWay = today;
		model.versions.push(versionOf(model.kind, terms, today));
	} else if (act.do === 'appeal') {
		if (model.appeal !== null) return;
		step(on, made.id, 'appealed', {}, { side: 'respondent', personId: null });
		model.appeal = { on: today, result: null, decided: '' };
	} else if (act.do === 'uphold' || act.do === 'quash') {
		if (model.appeal === null || model.appeal.result !== null) return;
		const result = act.do === 'uphold' ? ('upheld' as const) : ('quashed' as const);
		step(on, made.id, 'appeal_decided', { result, to: 'hearing' });
		model.appeal = { ...model.appeal, result, decided: today };
		if (result === 'quashed' && last !== undefined) last.aside = today;
	} else {
		if (last === undefined) return;
		const isAllowed = should.mayEnd(model, act.do, today);
		expect(
			tried(() => ended(made, act.do as 'met' | 'not_met', today)),
			`${act.do} on ${today}`,
		).toBe(isAllowed);
		if (isAllowed) last[act.do === 'met' ? 'met' : 'notMet'] = today;
	}
}

function versionOf(kind: should.Kind, { months, review }: { months: number | null; review: number | null }, from: string): should.Model['versions'][number] {
	const to = months === null ? null : addDays(addMonths(from, months), -1);
	const soon = kind === 'suspension' || kind === 'conditions';
	const asked = review !== null ? addMonths(from, review) : soon && to !== null ? addDays(to, -42) : null;
	const capped = asked !== null && to !== null && asked > to ? to : asked;
	return { from, to, review: capped !== null && capped > from ? capped : null };
}

/** Drafts and publishes; a draft that could not be published is dropped. */
function written(made: Case, today: string, typed: { months: number | null; reviewMonths: number | null }): void {
	const key = draft(made, today, { ...typed, words: `Written on ${today}.` });
	try {
		publish(made, key, today);
	} catch (error) {
		dropDraft(onDay(made.writer.ctx, today), made.reference, key, { seen: seen(made) });
		throw error;
	}
}

function ended(made: Case, kind: 'met' | 'not_met', today: string): void {
	const newest = ordersIn(made.owner.ctx.db, standingOf(made.owner.ctx.db, made.id)).at(-1)?.key ?? '';
	proposeEnd(onDay(made.writer.ctx, today), made.reference, newest, { seen: seen(made), kind, reasons: 'Seen.' });
	settleEnd(onDay(made.owner.ctx, today), made.reference, newest, { seen: seen(made), result: 'agreed' });
}

function tried(act: () => void): boolean {
	try {
		act();
		return true;
	} catch (error) {
		if (!isExpected(error)) throw error;
		return false;
	}
}
