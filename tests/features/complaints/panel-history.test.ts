import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { isExpected } from '#core/errors.ts';
import { casework } from '#features/complaints/index.ts';
import { askPanel } from '#features/complaints/panel-ask-commands.ts';
import { dissolvePanel } from '#features/complaints/panel-commands.ts';
import { choicesIn, nextQuestion, subjectsIn } from '#features/complaints/panel-questions.ts';
import { beforeIn, roomOf } from '#features/complaints/panel-room.ts';
import { panelsOf } from '#features/complaints/panel-rows.ts';
import { castChairVote, closePanelVote, openRound } from '#features/complaints/panel-vote-commands.ts';
import { onDay, type Someone } from '#tests/helpers/application.ts';
import { compose, declare, lay, list, type PanelCase, pro, reportedCase, seat, stateNow, vote, writeDown } from '#tests/helpers/concern-panels.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { type Act, MODEL, type Model, modelAfter, PEOPLE } from './panel-model.ts';

const DAY = '2026-11-23';
const WHO = Array.from({ length: PEOPLE }, (_, who) => who);
const PLAIN = ['compose', 'list', 'wait', 'ask', 'close', 'cast', 'record', 'dissolve'] as const;
const ALL: Act[] = [
	...PLAIN.map((what): Act => ({ do: what })),
	...WHO.flatMap((who): Act[] => [
		...[true, false].map((chair): Act => ({ do: 'seat', who, chair })),
		...[true, false].map((back): Act => ({ do: 'declare', who, back })),
		{ do: 'back', who },
		...([0, 1, 2] as const).map((pick): Act => ({ do: 'vote', who, pick })),
	]),
];
/** What ends a panel or leaves it without people comes up seldom: else nearly every history would end where it began. */
const SELDOM = (act: Act) => act.do === 'dissolve' || act.do === 'back' || (act.do === 'declare' && act.back);
const chosen = fc.record({ kind: fc.nat(19), pick: fc.nat(9999) });

function actOf(model: Model, { kind, pick }: { kind: number; pick: number }): Act {
	const from = kind < 2 ? ALL : ALL.filter((act) => (kind < 3 || !SELDOM(act)) && modelAfter(model, act) !== null);
	const onward = kind > 6 ? from.filter((act) => act.do !== 'wait' && !(act.do === 'vote' && act.pick > 0)) : from;
	const some = onward.length > 0 ? onward : from;
	return some[pick % some.length] ?? { do: 'wait' };
}

type Scene = { made: PanelCase; people: Someone[]; day: string; ctx: Ctx };

/** The panel that sits, or one that there is not. */
const noOf = ({ made, ctx }: Scene) => panelsOf(ctx.db, made.id).find(({ state }) => state === 'sits')?.no ?? 99;

function carryOut(scene: Scene, act: Act): void {
	const { made, people, day } = scene;
	const no = noOf(scene);
	const place = { reference: made.reference, no };
	const who = 'who' in act ? (people[act.who] as Someone) : made.secretary;
	const room = () => roomOf(onDay(made.secretary.ctx, day), place);
	const chair = () =>
		people.find(({ id }) => room().seats.some((one) => one.role === 'chair' && one.state === 'here' && one.personId === id)) ?? made.secretary;
	const choices = (n: number): Record<string, string> => {
		const round = openRound(room());
		return round ? Object.fromEntries(subjectsIn(round).map((one) => [one, [...choicesIn(round), 'abstain'][n] as string])) : {};
	};
	if (act.do === 'compose') compose(made, stateNow(made).phase === 'hearing' ? 'hearing' : 'screening', day);
	if (act.do === 'seat') seat(made, no, who, act.chair ? 'chair' : 'member', day);
	if (act.do === 'declare') declare(made, who, day, act.back ? 'recuse' : 'none');
	if (act.do === 'back') casework.stepBack(onDay(who.ctx, day), made.reference);
	if (act.do === 'list') list(made, no, day);
	if (act.do === 'dissolve') dissolvePanel(onDay(made.owner.ctx, day), place, { words: 'Why.' });
	if (act.do === 'ask') {
		const now = room();
		const kind = nextQuestion(beforeIn(now)) ?? 'facts';
		const present = now.seats.map(({ id }) => id);
		askPanel(onDay(made.secretary.ctx, day), place, { seen: now.seen, kind, present, motion: { outcome: 'upheld', orders: [] } });
	}
	if (act.do === 'vote') vote(made, no, who, day, choices(act.pick));
	if (act.do === 'close') closePanelVote(onDay(chair().ctx, day), place, { round: openRound(room())?.no ?? 0 });
	if (act.do === 'cast') castChairVote(onDay(chair().ctx, day), place, { choices: choices(0) });
	if (act.do === 'record') writeDown(made, no, day);
}

test('whatever panels do in whatever order, each act goes as the rules say, and leaves nothing behind when it is refused', { timeout: 120_000 }, () => {
	const ctx = register();
	const people = WHO.map((who) => (who < 4 ? lay(ctx, `Lay${who}`) : pro(ctx, `Pro${who}`)));
	const ends = new Set<string>();
	fc.assert(
		fc.property(fc.array(chosen, { minLength: 40, maxLength: 130 }), (tries) => {
			const scene: Scene = { made: reportedCase(ctx, { allegations: 1 }), people, day: DAY, ctx };
			let model = MODEL;
			for (const tried of tries) {
				const act = actOf(model, tried);
				// The same vote twice is one: the model knows a vote only once.
				if (act.do === 'vote' && modelAfter(model, act) === null) continue;
				// Whoever sits is let in for half a year: the model knows no time beyond it.
				if (act.do === 'wait' && model.day >= 168) continue;
				const after = modelAfter(model, act);
				if (act.do === 'wait') scene.day = addDays(scene.day, 28);
				const before = ctx.db.sql.prepare('SELECT count(*) FROM audit_event').pluck().get();
				let refused: unknown = null;
				try {
					carryOut(scene, act);
				} catch (error) {
					refused = error;
				}
				if (refused !== null && !isExpected(refused)) throw refused;
				expect([act, refused === null, String(refused ?? '')], JSON.stringify(model)).toEqual([act, after !== null, String(refused ?? '')]);
				if (after === null) expect(ctx.db.sql.prepare('SELECT count(*) FROM audit_event').pluck().get()).toBe(before);
				model = after ?? model;
				const { phase, hearing, outcome } = stateNow(scene.made);
				expect({ phase, hearing, outcome }).toEqual({
					phase: model.at === 'screening' ? 'decision_to_refer' : model.at,
					hearing: ['not_begun', 'facts', 'breach', 'sanction'][model.written],
					outcome: model.outcome,
				});
			}
			ends.add(`${model.at}${model.written}`);
		}),
		{ numRuns: 60, seed: 11, endOnFailure: true },
	);
	expect([...ends].sort()).toEqual(expect.arrayContaining(['hearing0', 'outcome3']));
	expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
});

function register(): Ctx {
	const folder = temporaryFolder();
	const db = emptyRegister(folder.path);
	onTestFinished(() => {
		db.sql.close();
		folder.remove();
	});
	return testCtx(db, DAY);
}
