import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { sightOf } from '#features/complaints/sight.ts';
import { standingOf } from '#features/complaints/step.ts';
import { aPanel, decide, hear, list, panelsIn, reportedCase, sitsOn, stateNow, writeDown } from '#tests/helpers/concern-panels.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

const DAY = '2026-11-23';
let ctx: Ctx;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), DAY);
	onTestFinished(() => void ctx.db.sql.close());
});

test('a case goes through screening, a hearing in three written steps and an appeal, each by a panel of others who are out when it has decided', () => {
	const made = reportedCase(ctx);
	const screening = aPanel(made, 'screening', DAY);
	const satOn = sitsOn(DAY, 'screening');
	decide(made, screening, 'prospect', satOn, 'real_prospect');
	decide(made, screening, 'way', satOn, 'referred');
	writeDown(made, screening.no, satOn);
	expect(stateNow(made).phase).toBe('hearing');
	for (const { ctx: who } of screening.all) expect(() => sightOf(who, made.reference)).toThrow(NotFound);

	const hearing = aPanel(made, 'hearing', satOn);
	const heardOn = list(made, hearing.no, satOn);
	hear(made, hearing, heardOn, { orders: [{ kind: 'suspension', months: 12 }] });
	expect(stateNow(made)).toMatchObject({ phase: 'outcome', outcome: 'upheld', hearing: 'sanction' });
	const { steps } = standingOf(ctx.db, made.id);
	const panel = panelsIn(made)[1];
	expect(steps.slice(-3).map(({ kind, bySide, data }) => [kind, bySide, data])).toEqual([
		['facts_found', 'panel', { panel: panel?.id }],
		['breach_found', 'panel', { panel: panel?.id, isBreach: true }],
		['sanction_decided', 'panel', { panel: panel?.id, outcome: 'upheld', orders: [{ kind: 'suspension', months: 12 }] }],
	]);
	expect(panelsIn(made).map(({ kind, state }) => [kind, state])).toEqual([
		['screening', 'decided'],
		['hearing', 'decided'],
	]);
});
