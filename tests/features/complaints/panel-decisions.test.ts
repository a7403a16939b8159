import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts';
import { openText } from '#core/vault.ts';
import { adjournHearing, listHearing } from '#features/complaints/hearing-commands.ts';
import { messagesOf } from '#features/complaints/message-commands.ts';
import { recordDecision } from '#features/complaints/panel-record-commands.ts';
import { roomOf } from '#features/complaints/panel-room.ts';
import { openCase } from '#features/complaints/sight.ts';
import { standingOf, takeStep } from '#features/complaints/step.ts';
import { onDay, type Someone } from '#tests/helpers/application.ts';
import {
	aPanel,
	ask,
	decide,
	hear,
	list,
	type PanelCase,
	panelsIn,
	referredCase,
	reportedCase,
	seen,
	sitsOn,
	stateNow,
	vote,
	writeDown,
} from '#tests/helpers/concern-panels.ts';
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

const lastStep = (made: PanelCase) => standingOf(ctx.db, made.id).steps.at(-1);
const findings = (made: PanelCase) => ctx.db.sql.prepare('SELECT finding FROM concern_allegation WHERE concern_id = ? ORDER BY no').pluck().all(made.id);
const SCREENED = sitsOn(DAY, 'screening');

describe('a screening panel', () => {
	test('writes the test of a real prospect down for each allegation, tells both sides, and sends the case on', () => {
		const made = reportedCase(ctx);
		const table = aPanel(made, 'screening', DAY);
		const [first = '', second = ''] = made.allegations;
		ask(made, table.no, 'prospect', SCREENED);
		for (const who of table.all) vote(made, table.no, who, SCREENED, { [first]: 'real_prospect', [second]: 'none' });
		decide(made, table, 'way', SCREENED, 'referred');
		writeDown(made, table.no, SCREENED, table.chair);
		const [panel] = panelsIn(made);
		expect(lastStep(made)).toMatchObject({ kind: 'referred', bySide: 'panel', byPerson: table.chair.id, data: { panel: panel?.id } });
		expect(openText(ctx, made.id, `panel:${panel?.id}:screening:${first}`)).toBe('What was seen and heard.');
		const said = messagesOf(ctx, openCase(onDay(made.owner.ctx, SCREENED), made.reference, 'case')).map(({ side, words }) => [side, words]);
		expect(said.sort()).toEqual([
			['complainant', 'Decided.'],
			['respondent', 'Decided.'],
		]);
	});

	test('drops no case in which it found a real prospect, and refers none without', () => {
		const made = reportedCase(ctx, { allegations: 1 });
		const table = aPanel(made, 'screening', DAY);
		decide(made, table, 'prospect', SCREENED, 'real_prospect');
		ask(made, table.no, 'way', SCREENED);
		expect(() => vote(made, table.no, table.chair, SCREENED, 'no_case')).toThrow('Choose how you vote.');
		const other = reportedCase(ctx, { allegations: 1 });
		const second = aPanel(other, 'screening', DAY);
		decide(other, second, 'prospect', SCREENED, 'none');
		ask(other, second.no, 'way', SCREENED);
		expect(() => vote(other, second.no, second.chair, SCREENED, 'referred')).toThrow('Choose how you vote.');
		for (const who of second.all) vote(other, second.no, who, SCREENED, 'no_case');
		writeDown(other, second.no, SCREENED);
		expect(stateNow(other)).toMatchObject({ phase: 'closed', outcome: 'no_case' });
	});

	test('is written down by its chair or the secretary only, with all its reasons, once', () => {
		const made = reportedCase(ctx, { allegations: 1 });
		const table = aPanel(made, 'screening', DAY);
		const place = { reference: made.reference, no: table.no };
		decide(made, table, 'prospect', SCREENED, 'none');
		decide(made, table, 'way', SCREENED, 'advised');
		const say = (who: Someone, more: object) =>
			recordDecision(onDay(who.ctx, SCREENED), place, { seen: seen(made), words: 'Why.', reasons: {}, told: 'x', toldRespondent: 'x', ...more });
		expect(() => say(table.members[0] as Someone, {})).toThrow(Forbidden);
		expect(() => say(made.owner, {})).toThrow(Forbidden);
		expect(() => say(table.chair, { words: '' })).toThrow('Write the reasons of the panel.');
		expect(() => say(table.chair, {})).toThrow('Write the reasons for this one.');
		const reasons = { [made.allegations[0] as string]: 'y' };
		expect(() => say(table.chair, { reasons, told: '' })).toThrow('Write what the person who raised it reads.');
		expect(() => say(table.chair, { reasons, seen: 1 })).toThrow(Conflict);
		say(table.chair, { reasons });
		expect(() => say(table.chair, { reasons })).toThrow(NotFound);
		expect(stateNow(made)).toMatchObject({ phase: 'outcome', outcome: 'advice' });
	});

	test('leads to no step that its votes do not carry, whoever writes it', () => {
		const made = reportedCase(ctx);
		const table = aPanel(made, 'screening', DAY);
		const panel = panelsIn(made)[0]?.id;
		const write = (by: string | null, data: object) =>
			commit({ ...ctx, now: ctx.now + 1 }, { name: 'test' }, (tx) =>
				takeStep(tx, standingOf(ctx.db, made.id), 'referred', { side: 'panel', personId: by }, { ...data }),
			);
		for (const by of [table.chair.id, made.secretary.id, null]) {
			expect(() => write(by, { panel })).toThrow('what a panel decides follows from its votes');
			expect(() => write(by, {})).toThrow('what a panel decides follows from its votes');
		}
		decide(made, table, 'prospect', SCREENED, 'real_prospect');
		expect(() => write((table.members[0] as Someone).id, { panel })).toThrow('what a panel decides follows from its votes');
	});
});

describe('a hearing', () => {
	test('is listed with the notice of the rules, once its panel is complete; after a day on which it sat a shorter one is enough', () => {
		const made = referredCase(ctx);
		const table = aPanel(made, 'hearing', DAY);
		const place = { reference: made.reference, no: table.no };
		const said = { words: '', told: 'On that day.', toldRespondent: 'On that day.' };
		const listed = (day: string, on: string) => listHearing(onDay(made.secretary.ctx, day), place, { ...said, seen: seen(made), on });
		expect(() => listed(DAY, addDays(DAY, 27))).toThrow('21 December 2026 at the earliest');
		expect(() => listHearing(made.owner.ctx, place, { ...said, seen: seen(made), on: '2027-03-01' })).toThrow(Forbidden);
		listed(DAY, addDays(DAY, 28));
		const adjourn = (day: string) => adjournHearing(onDay(made.secretary.ctx, day), place, { ...said, seen: seen(made) });
		adjourn('2026-12-01');
		expect(() => ask(made, table.no, 'facts', '2026-12-21')).toThrow('The hearing is not listed yet.');
		expect(() => listed('2026-12-01', '2026-12-10')).toThrow('29 December 2026 at the earliest');
		listed('2026-12-01', '2026-12-29');
		expect(() => ask(made, table.no, 'facts', '2026-12-28')).toThrow('It sits on 29 December 2026.');
		adjourn('2026-12-29');
		listed('2026-12-29', '2027-01-05');
		expect(stateNow(made).hearingOn).toBe('2027-01-05');
	});

	test('finds each fact by itself: proved, not proved, or admitted and not voted on; its reasons stand at each', () => {
		const made = referredCase(ctx, { allegations: 3 });
		const table = aPanel(made, 'hearing', DAY);
		const day = list(made, table.no, DAY);
		const [first = '', second = '', third = ''] = made.allegations;
		ask(made, table.no, 'facts', day, { admitted: [third] });
		for (const who of table.all) vote(made, table.no, who, day, { [first]: 'proved', [second]: 'not_proved' });
		writeDown(made, table.no, day);
		expect(findings(made)).toEqual(['proved', 'not_proved', 'admitted']);
		expect(openText(ctx, made.id, `finding:${third}`)).toBe('What was seen and heard.');
		expect(lastStep(made)).toMatchObject({ kind: 'facts_found', data: { panel: panelsIn(made)[0]?.id } });
	});

	test('votes on nothing that was admitted whole', () => {
		const made = referredCase(ctx, { allegations: 1 });
		const table = aPanel(made, 'hearing', DAY);
		const day = list(made, table.no, DAY);
		ask(made, table.no, 'facts', day, { admitted: made.allegations });
		writeDown(made, table.no, day);
		expect(findings(made)).toEqual(['admitted']);
	});

	test('takes its three steps in order, and each once', () => {
		const made = referredCase(ctx, { allegations: 1 });
		const table = aPanel(made, 'hearing', DAY);
		const day = list(made, table.no, DAY);
		for (const kind of ['breach', 'sanction'] as const) expect(() => ask(made, table.no, kind, day)).toThrow('Another question comes first.');
		expect(() => writeDown(made, table.no, day)).toThrow('the panel votes first');
		decide(made, table, 'facts', day, 'proved');
		expect(() => ask(made, table.no, 'breach', day)).toThrow('Another question comes first.');
		writeDown(made, table.no, day);
		expect(() => ask(made, table.no, 'facts', day)).toThrow('Another question comes first.');
		expect(() => ask(made, table.no, 'sanction', day)).toThrow('Another question comes first.');
		decide(made, table, 'breach', day, 'breach');
		writeDown(made, table.no, day);
		expect(() => writeDown(made, table.no, day)).toThrow('the panel votes first');
		expect(stateNow(made).hearing).toBe('breach');
	});

	test('that proves nothing finds no breach and orders nothing; one that finds no breach orders nothing either', () => {
		const made = referredCase(ctx);
		const table = aPanel(made, 'hearing', DAY);
		hear(made, table, list(made, table.no, DAY), { fact: 'not_proved' });
		expect(lastStep(made)?.data).toMatchObject({ outcome: 'not_upheld', orders: [] });
		const other = referredCase(ctx);
		const second = aPanel(other, 'hearing', DAY);
		const day = list(other, second.no, DAY);
		decide(other, second, 'facts', day, 'proved');
		writeDown(other, second.no, day);
		decide(other, second, 'breach', day, 'no_breach');
		writeDown(other, second.no, day);
		expect(() => ask(other, second.no, 'sanction', day, { outcome: 'upheld', orders: [] })).toThrow('Another question comes first.');
		const forced = () =>
			commit(ctx, { name: 'test' }, (tx) =>
				takeStep(
					tx,
					standingOf(ctx.db, other.id),
					'sanction_decided',
					{ side: 'system', personId: null },
					{ outcome: 'upheld', orders: [{ kind: 'warning', months: 12 }] },
				),
			);
		expect(forced).toThrow('an order needs a breach');
		writeDown(other, second.no, day);
		expect(stateNow(other)).toMatchObject({ phase: 'outcome', outcome: 'not_upheld' });
	});

	test('orders what the rules allow, for as long as they allow, and nothing twice', () => {
		const made = referredCase(ctx, { allegations: 1 });
		const table = aPanel(made, 'hearing', DAY);
		const day = list(made, table.no, DAY);
		decide(made, table, 'facts', day, 'proved');
		writeDown(made, table.no, day);
		decide(made, table, 'breach', day, 'breach');
		writeDown(made, table.no, day);
		const put = (orders: object[], outcome = 'upheld') => ask(made, table.no, 'sanction', day, { outcome, orders });
		expect(() => put([{ kind: 'suspension', months: 13 }])).toThrow('Enter between 1 and 12 months.');
		expect(() => put([{ kind: 'suspension', months: null }])).toThrow(Invalid);
		expect(() => put([{ kind: 'warning', months: 6 }])).toThrow('Enter between 12 and 60 months.');
		expect(() => put([{ kind: 'removal', months: 6 }])).toThrow('This has no end');
		expect(() => put([{ kind: 'interim_suspension', months: 6 }])).toThrow('This panel cannot order that.');
		expect(() =>
			put([
				{ kind: 'removal', months: null },
				{ kind: 'removal', months: null },
			]),
		).toThrow('Choose each once.');
		expect(() => put([], 'not_upheld')).toThrow('does not fit what was found');
		put([{ kind: 'removal', months: null }]);
		for (const who of table.all) vote(made, table.no, who, day, 'disagree');
		expect(() => writeDown(made, table.no, day)).toThrow('the panel votes first');
		decide(made, table, 'sanction', day, 'agree', {
			outcome: 'upheld',
			orders: [
				{ kind: 'conditions', months: 18 },
				{ kind: 'warning', months: 24 },
			],
		});
		writeDown(made, table.no, day);
		expect(lastStep(made)?.data.orders).toEqual([
			{ kind: 'conditions', months: 18 },
			{ kind: 'warning', months: 24 },
		]);
	});

	test('of health orders conditions or suspension only, and is upheld in part where something was not proved', () => {
		const made = referredCase(ctx);
		const table = aPanel(made, 'health', DAY);
		const day = list(made, table.no, DAY);
		const adviser = roomOf(onDay(made.secretary.ctx, day), { reference: made.reference, no: table.no }).seats.find(({ role }) => role === 'adviser')
			?.personId as string;
		ctx.db.sql.prepare("UPDATE concern_access SET declared = 'none', declared_at = 1 WHERE person_id = ?").run(adviser);
		const [first = '', second = ''] = made.allegations;
		ask(made, table.no, 'facts', day);
		for (const who of table.all) vote(made, table.no, who, day, { [first]: 'proved', [second]: 'not_proved' });
		writeDown(made, table.no, day);
		decide(made, table, 'breach', day, 'breach');
		writeDown(made, table.no, day);
		expect(() => ask(made, table.no, 'sanction', day, { outcome: 'partly_upheld', orders: [{ kind: 'removal', months: null }] })).toThrow('cannot order that');
		expect(() => ask(made, table.no, 'sanction', day, { outcome: 'upheld', orders: [] })).toThrow('does not fit');
		decide(made, table, 'sanction', day, 'agree', { outcome: 'partly_upheld', orders: [{ kind: 'conditions', months: 12 }] });
		writeDown(made, table.no, day);
		expect(stateNow(made).outcome).toBe('partly_upheld');
		expect(panelsIn(made)[0]).toMatchObject({ kind: 'health', state: 'decided' });
	});
});
