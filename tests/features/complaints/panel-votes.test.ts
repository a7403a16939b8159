import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Forbidden } from '#core/errors.ts';
import { openText, placesOf } from '#core/vault.ts';
import { casework } from '#features/complaints/index.ts';
import { ABSTAIN } from '#features/complaints/panel-questions.ts';
import { roomOf } from '#features/complaints/panel-room.ts';
import { panelView } from '#features/complaints/panel-view.ts';
import { castChairVote, castPanelVote, closePanelVote } from '#features/complaints/panel-vote-commands.ts';
import { votesWaiting } from '#features/complaints/panel-work.ts';
import { onDay, type Someone } from '#tests/helpers/application.ts';
import {
	aPanel,
	ask,
	compose,
	declare,
	lay,
	list,
	type PanelCase,
	pro,
	referredCase,
	reportedCase,
	seat,
	sitsOn,
	type Table,
	vote,
	writeDown,
} from '#tests/helpers/concern-panels.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

const DAY = '2026-11-23';
const SCREENED = sitsOn(DAY, 'screening');
let ctx: Ctx;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), DAY);
	onTestFinished(() => void ctx.db.sql.close());
});

const place = (made: PanelCase, { no }: Pick<Table, 'no'>) => ({ reference: made.reference, no });
const room = (made: PanelCase, table: Table, day = SCREENED) => roomOf(onDay(made.secretary.ctx, day), place(made, table));
const last = (made: PanelCase, table: Table, day = SCREENED) => room(made, table, day).rounds.at(-1);
const view = (made: PanelCase, table: Table, who: Someone, day = SCREENED) => panelView(onDay(who.ctx, day), place(made, table));

describe('a sealed vote', () => {
	test('is read by nobody before all have voted: not by the chair, not by the secretary, and stands in no table', () => {
		const made = reportedCase(ctx);
		const table = aPanel(made, 'screening', DAY);
		ask(made, table.no, 'prospect', SCREENED);
		const [one, two] = table.members as [Someone, Someone];
		vote(made, table.no, one, SCREENED, 'real_prospect', { words: 'a-dissenting-canary' });
		vote(made, table.no, two, SCREENED, 'none');
		expect([table.chair, two, made.secretary].map(({ ctx: own }) => votesWaiting(onDay(own, SCREENED)))).toEqual([1, 0, 0]);
		for (const who of [table.chair, two, made.secretary, made.owner]) {
			const seen = JSON.stringify(view(made, table, who));
			expect(seen).toContain('Has voted');
			for (const word of ['a-dissenting-canary', 'There is a real prospect', 'There is none']) expect(seen).not.toContain(word);
		}
		const tables = ['concern_panel_vote', 'concern_panel_round', 'concern_panel_seat', 'audit_event', 'audit_personal', 'outbox', 'concern_step'];
		for (const name of tables) {
			const all = JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM ${name}`).all());
			for (const word of ['canary', 'real_prospect', '"none"']) expect([name, all.includes(word)]).toEqual([name, false]);
		}
		expect(last(made, table)?.counts).toBeNull();
		vote(made, table.no, table.chair, SCREENED, 'none');
		expect(last(made, table)?.carried).toEqual(Object.fromEntries(made.allegations.map((id) => [id, 'none'])));
	});

	test('is never changed, and the same one twice is one', () => {
		const made = reportedCase(ctx);
		const table = aPanel(made, 'screening', DAY);
		ask(made, table.no, 'prospect', SCREENED);
		for (let twice = 0; twice < 2; twice++) vote(made, table.no, table.chair, SCREENED, 'none');
		expect(() => vote(made, table.no, table.chair, SCREENED, 'real_prospect')).toThrow('A sealed vote is never changed.');
		expect(() => ctx.db.sql.prepare('DELETE FROM concern_panel_vote').run()).toThrow('a vote is kept');
		expect(() => ctx.db.sql.prepare('UPDATE concern_panel_vote SET cast_at = 0').run()).toThrow('a vote is never changed');
		expect(placesOf(ctx.db, made.id, 'vote:')).toHaveLength(1);
	});

	test('is cast by who is present and votes: not the secretary, not the owner, not an adviser, not who was away, and not twice in the schema', () => {
		const made = referredCase(ctx);
		const table = aPanel(made, 'health', DAY);
		const day = list(made, table.no, DAY);
		const adviser = room(made, table, day).seats.find(({ role }) => role === 'adviser');
		const asAdviser: Someone = {
			id: adviser?.personId as string,
			ctx: { ...ctx, actor: { ...(table.chair.ctx.actor as object), personId: adviser?.personId } as never },
		};
		const before = () => ask(made, table.no, 'facts', day);
		expect(before).toThrow('The clinician who advises it has not said yet');
		declare(made, asAdviser, day);
		before();
		for (const who of [made.secretary, made.owner, asAdviser]) expect(() => vote(made, table.no, who, day, 'proved')).toThrow(Forbidden);
		const round = ctx.db.sql.prepare('SELECT id FROM concern_panel_round').pluck().get();
		const put = ctx.db.sql.prepare('INSERT INTO concern_panel_vote (round_id, seat_id, is_casting, cast_at) VALUES (?, ?, ?, 1)');
		expect(() => put.run(round, adviser?.id, 0)).toThrow('a vote is cast by who sits');
		const head = room(made, table, day).seats[0]?.id;
		expect(() => put.run(round, head, 1)).toThrow('the casting vote is the chair’s, after the count');
	});

	test('needs a choice for each allegation, from those there are', () => {
		const made = reportedCase(ctx);
		const table = aPanel(made, 'screening', DAY);
		ask(made, table.no, 'prospect', SCREENED);
		const [first = ''] = made.allegations;
		const cast = (choices: Record<string, string>) =>
			castPanelVote(onDay(table.chair.ctx, SCREENED), place(made, table), { choices, words: '', isNamed: false });
		expect(() => cast({ [first]: 'none' })).toThrow('Choose how you vote.');
		expect(() => cast(Object.fromEntries(made.allegations.map((id) => [id, 'guilty'])))).toThrow('Choose how you vote.');
	});
});

describe('what is needed before a question is put', () => {
	test('its day, a complete panel, those who answered, and the questions in their order', () => {
		const made = reportedCase(ctx);
		const no = compose(made, 'screening', DAY);
		const people = [lay(ctx), pro(ctx), pro(ctx, 'Piet')];
		seat(made, no, people[0] as Someone, 'chair', DAY);
		expect(() => ask(made, no, 'prospect', DAY)).toThrow('It sits on 30 November 2026.');
		expect(() => ask(made, no, 'prospect', SCREENED)).toThrow('It needs 3 members, and has 1.');
		for (const who of people.slice(1)) seat(made, no, who, 'member', DAY);
		expect(() => ask(made, no, 'prospect', SCREENED)).toThrow('Too few of its members have said');
		for (const who of people) declare(made, who, DAY);
		expect(() => ask(made, no, 'way', SCREENED)).toThrow('Another question comes first.');
		expect(() => ask(made, no, 'prospect', SCREENED, {}, people.slice(1))).toThrow('not enough to decide');
		ask(made, no, 'prospect', SCREENED);
		expect(() => ask(made, no, 'prospect', SCREENED)).toThrow('Another question comes first.');
		expect(() => seat(made, no, pro(ctx), 'member', SCREENED)).toThrow('begun to vote');
		const access = ctx.db.sql.prepare("SELECT id FROM concern_access WHERE concern_id = ? AND capacity = 'panel'").pluck().get(made.id) as string;
		expect(() => casework.endAccess(onDay(made.owner.ctx, SCREENED), made.reference, { access })).toThrow('begun to vote');
		expect(() => ctx.db.sql.prepare("UPDATE concern_access SET ended_at = 9, end_reason = 'released' WHERE id = ?").run(access)).toThrow('is not let out');
	});

	test('nothing is put to it while the case is paused', () => {
		const made = reportedCase(ctx);
		const table = aPanel(made, 'screening', DAY);
		const act = casework.caseAct(made.owner.ctx, made.reference, 'pause');
		act.run(act.schema.parse({ seen: act.seen, because: 'police', told: 'It stands still.', toldRespondent: '', words: '' }) as never);
		expect(() => ask(made, table.no, 'prospect', SCREENED)).toThrow('paused');
	});
});

describe('votes that are even', () => {
	test('are decided by the chair where the rule says so, between what is even, once', () => {
		const made = reportedCase(ctx, { allegations: 1 });
		const table = aPanel(made, 'screening', DAY);
		const [one, two] = table.members as [Someone, Someone];
		ask(made, table.no, 'prospect', SCREENED);
		vote(made, table.no, one, SCREENED, 'real_prospect');
		vote(made, table.no, two, SCREENED, 'none');
		vote(made, table.no, table.chair, SCREENED, ABSTAIN);
		expect(last(made, table)).toMatchObject({ carried: null, counts: { [made.allegations[0] as string]: { real_prospect: 1, none: 1, abstain: 1 } } });
		const choices = { [made.allegations[0] as string]: 'real_prospect' };
		expect(() => castChairVote(onDay(one.ctx, SCREENED), place(made, table), { choices })).toThrow(Forbidden);
		expect(() => castChairVote(onDay(table.chair.ctx, SCREENED), place(made, table), { choices: { [made.allegations[0] as string]: ABSTAIN } })).toThrow(
			'those that are even',
		);
		expect(() => writeDown(made, table.no, SCREENED)).toThrow('the panel votes first');
		castChairVote(onDay(table.chair.ctx, SCREENED), place(made, table), { choices });
		expect(last(made, table)?.carried).toEqual(choices);
		expect(() => castChairVote(onDay(table.chair.ctx, SCREENED), place(made, table), { choices })).toThrow('Nothing is even');
	});

	test('leave the milder choice standing in a hearing: what more than half did not find is not found', () => {
		const made = referredCase(ctx, { allegations: 1 });
		const table = aPanel(made, 'hearing', DAY);
		const day = list(made, table.no, DAY);
		const [one, two] = table.members as [Someone, Someone];
		ask(made, table.no, 'facts', day);
		vote(made, table.no, one, day, 'proved');
		vote(made, table.no, two, day, 'not_proved');
		vote(made, table.no, table.chair, day, ABSTAIN);
		expect(last(made, table, day)?.carried).toEqual({ [made.allegations[0] as string]: 'not_proved' });
	});
});

describe('closing a vote', () => {
	test('is the chair’s, with a quorum of votes, and counts those that were cast', () => {
		const made = referredCase(ctx, { allegations: 1 });
		const people = [lay(ctx), lay(ctx, 'Lena'), lay(ctx, 'Lola'), pro(ctx), pro(ctx, 'Piet')];
		const table = aPanel(made, 'hearing', DAY, people);
		const day = list(made, table.no, DAY);
		ask(made, table.no, 'facts', day);
		const close = (who: Someone) => closePanelVote(onDay(who.ctx, day), place(made, table), { round: 1 });
		for (const who of people.slice(0, 2)) vote(made, table.no, who, day, 'proved');
		expect(() => close(made.secretary)).toThrow(Forbidden);
		expect(() => close(table.chair)).toThrow('2 have voted. That is not enough');
		vote(made, table.no, people[3] as Someone, day, 'not_proved');
		close(table.chair);
		expect(last(made, table, day)).toMatchObject({ carried: { [made.allegations[0] as string]: 'proved' }, voted: expect.any(Array) });
		expect(() => close(table.chair)).toThrow('counted already');
		expect(() => vote(made, table.no, people[4] as Someone, day, 'proved')).toThrow('Nothing is open');
	});
});

test('who saw it differently is told without a name, unless they want it there', () => {
	const made = reportedCase(ctx, { allegations: 1 });
	const table = aPanel(made, 'screening', DAY, [lay(ctx), pro(ctx, 'Petra'), pro(ctx, 'Piet')]);
	const [one] = table.members as [Someone];
	ask(made, table.no, 'prospect', SCREENED);
	vote(made, table.no, one, SCREENED, 'none', { words: 'I see no prospect.' });
	for (const who of [table.chair, table.members[1] as Someone]) vote(made, table.no, who, SCREENED, 'real_prospect', { words: 'I agree.' });
	expect(view(made, table, table.chair).rounds[0]?.dissents).toEqual([{ by: 'A member', words: 'I see no prospect.' }]);
	ask(made, table.no, 'way', SCREENED);
	vote(made, table.no, one, SCREENED, 'advised', { words: 'Advice is enough.', isNamed: true });
	for (const who of [table.chair, table.members[1] as Someone]) vote(made, table.no, who, SCREENED, 'referred');
	expect(view(made, table, table.chair).rounds[1]?.dissents).toEqual([{ by: 'Petra Example', words: 'Advice is enough.' }]);
	writeDown(made, table.no, SCREENED);
	expect(openText(ctx, made.id, `panel:${room(made, table).panel.id}:screening`)).toBe('Why.');
});
