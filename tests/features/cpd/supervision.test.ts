import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import {
	answerSupervision,
	askForSupervision,
	changeSupervision,
	confirmSessions,
	deleteSupervision,
	endSupervision,
	logSupervision,
	relationsOf,
	sessionOf,
	sessionsOf,
	supervisedBetween,
	superviseeOf,
	superviseesOf,
	supervisionFactsOf,
	supervisionForms,
	takeBackAsk,
	waitingIn,
} from '#features/cpd/index.ts';
import { ownShare } from '#features/cpd/supervision-rules.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { asOn, asPerson } from './members.ts';
import { agreed, aRegistrant, session } from './supervised.ts';

type Someone = ReturnType<typeof aRegistrant>;
let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let tess: Someone;
let sue: Someone;
let bob: Someone;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	[tess, sue, bob] = [aRegistrant(system, 'Tess'), aRegistrant(system, 'Sue'), aRegistrant(system, 'Bob')];
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const mails = () => system.db.sql.prepare('SELECT kind, to_address AS recipient FROM outbox ORDER BY created_at, rowid').all();
const kinds = () => system.db.sql.prepare("SELECT kind FROM audit_event WHERE kind LIKE 'supervision.%' ORDER BY seq").pluck().all();
const status = (act: () => unknown): unknown => {
	try {
		act();
	} catch (error) {
		return (error as { status?: number }).status ?? error;
	}
	return 'done';
};
const decide = (relation: string, dispute: string | null = null) => waitingIn(system.db, relation).map(({ id, version }) => ({ id, version, dispute }));

describe('the relation of supervision', () => {
	test('holds only when the other agreed, whoever asked; each is told', () => {
		const id = askForSupervision(sue.ctx, { mySide: 'supervisor', other: { number: tess.number }, fromOn: '2026-01-05' });
		expect(relationsOf(tess.ctx)).toMatchObject([{ id, mySide: 'supervisee', otherName: 'Sue Example', state: 'asks_me' }]);
		expect(status(() => answerSupervision(sue.ctx, id, 1, true))).toBe(403);
		expect(supervisedBetween(system.db, tess.id)).toEqual([]);
		answerSupervision(tess.ctx, id, 1, true);
		answerSupervision(tess.ctx, id, 1, true);
		expect(relationsOf(sue.ctx)).toMatchObject([{ id, mySide: 'supervisor', state: 'agreed' }]);
		expect(mails()).toEqual([
			{ kind: 'supervision.asked', recipient: 'tess@member.example' },
			{ kind: 'supervision.agreed', recipient: 'sue@member.example' },
		]);
		expect(kinds()).toEqual(['supervision.asked', 'supervision.agreed']);
	});

	test('asked twice is one; declined or taken back it is nowhere, and can be asked again', () => {
		const ask = () => askForSupervision(tess.ctx, { mySide: 'supervisee', other: { number: sue.number.toLowerCase() }, fromOn: '2026-01-05' });
		const id = ask();
		expect(ask()).toBe(id);
		answerSupervision(sue.ctx, id, 1, false);
		expect([relationsOf(tess.ctx), relationsOf(sue.ctx)]).toEqual([[], []]);
		const again = ask();
		expect(again).not.toBe(id);
		expect(status(() => takeBackAsk(sue.ctx, again, 1))).toBe(403);
		takeBackAsk(tess.ctx, again, 1);
		expect(relationsOf(sue.ctx)).toEqual([]);
	});

	test.each([
		['nobody’s number', () => ({ number: 'IPT-999994' }), 'number'],
		['a wrong last digit', () => ({ number: sue.number.replace(/\d$/, (d) => String((Number(d) + 1) % 10)) }), 'number'],
		['their own number', () => ({ number: tess.number }), 'number'],
		['their own address as somebody outside', () => ({ name: 'Me', profession: 'Nurse', email: 'TESS@member.example' }), 'email'],
	])('is refused beside the field for %s', (_, other, field) => {
		expect.assertions(1);
		try {
			askForSupervision(tess.ctx, { mySide: 'supervisee', other: other(), fromOn: '2026-01-05' });
		} catch (error) {
			expect(error).toMatchObject({ status: 422, field });
		}
	});

	test('takes only a supervisor who is accredited today, and not more than ten questions a day', () => {
		const ask = (ctx: Ctx, name: string) =>
			askForSupervision(ctx, { mySide: 'supervisee', other: { name, profession: 'Psychologist', email: `${name}@outside.example` }, fromOn: '2026-01-05' });
		expect(status(() => askForSupervision(asOn(tess.ctx, '2028-06-01'), { mySide: 'supervisee', other: { number: sue.number }, fromOn: '2026-01-05' }))).toBe(
			422,
		);
		for (let i = 0; i < 10; i++) ask(tess.ctx, `s${i}`);
		expect(status(() => ask(tess.ctx, 's10'))).toBe(422);
		expect(status(() => ask(bob.ctx, 's10'))).toBe('done');
	});

	test('is ended by either with a last day, not before a session in the log, and is kept for ever', () => {
		const id = agreed(tess, sue);
		logSupervision(tess.ctx, session(id));
		expect(status(() => endSupervision(sue.ctx, id, 2, '2026-11-23'))).toBe(422);
		expect(status(() => endSupervision(sue.ctx, id, 2, '2026-11-19'))).toBe(422);
		expect(status(() => endSupervision(bob.ctx, id, 2, '2026-11-21'))).toBe(404);
		endSupervision(sue.ctx, id, 2, '2026-11-21');
		expect(status(() => endSupervision(tess.ctx, id, 3, '2026-11-20'))).toBe(403);
		expect(supervisedBetween(system.db, sue.id)).toEqual([
			{ relationId: id, role: 'supervisor', otherPersonId: tess.id, outsideName: null, fromOn: '2026-01-05', toOn: '2026-11-21' },
		]);
		expect(supervisedBetween(system.db, tess.id)).toMatchObject([{ role: 'supervisee', otherPersonId: sue.id }]);
		const run = (text: string) => () => system.db.sql.prepare(text).run();
		for (const text of [
			'DELETE FROM supervision_relation',
			`UPDATE supervision_relation SET supervisor_id = '${bob.id}'`,
			'UPDATE supervision_relation SET agreed_at = NULL',
			'UPDATE supervision_relation SET ended_on = NULL, ended_by = NULL',
		])
			expect(run(text), text).toThrow('who supervised whom is kept');
	});
});

describe('the supervision log', () => {
	const rules = { gapWeeks: 6, linkDays: 14, mostMinutes: 480, mostInGroup: 12, monthsShown: 6, shares: { group: 'divided', peer: 'whole' } } as const;
	test.each([
		['individual', 50, null, 50],
		['group', 90, 4, 22],
		['group', 5, 12, 0],
		['peer', 60, 2, 60],
	] as const)('counts of %s, %i minutes among %s: %i', (kind, minutes, size, own) => {
		expect(ownShare(kind, minutes, size, rules)).toBe(own);
	});

	test('takes a session with what is needed, once, and gives drafts their freedom', () => {
		const id = agreed(tess, sue);
		const form = session(id, { kind: 'group', size: '3', minutes: '1.5', material: 'recorded' });
		const key = logSupervision(tess.ctx, form);
		expect(logSupervision(tess.ctx, form)).toBe(key);
		expect(sessionOf(tess.ctx, key)).toMatchObject({ minutes: 90, ownMinutes: 30, size: 3, supervisor: 'Sue Example', state: 'waiting', isFrozen: false });
		const draft = logSupervision(tess.ctx, session(null, { as: 'draft', heldOn: '', minutes: '' }));
		expect(sessionOf(tess.ctx, draft)).toMatchObject({ heldOn: null, minutes: null, state: 'draft' });
		expect(supervisionFactsOf(system.db, tess.id, '2026-04-01', '2027-03-31')).toEqual([{ id: key, doneOn: '2026-11-20', minutes: 30, isConfirmed: false }]);
	});

	test.each([
		['a day to come', { heldOn: '23/11/2026' }, 'heldOn'],
		['no day', { heldOn: '' }, 'heldOn'],
		['no length', { minutes: '' }, 'minutes'],
		['nine hours', { minutes: '9h' }, 'minutes'],
		['a group of nobody', { kind: 'group', size: '' }, 'size'],
		['a crowd', { kind: 'group', size: '13' }, 'size'],
		['a day before it began', { heldOn: '2026-01-04' }, 'heldOn'],
		['a client’s number', { note: 'NHS 943 476 5919' }, 'checked'],
	])('refuses %s beside the field, and keeps nothing', (_, changes, field) => {
		const id = agreed(tess, sue);
		expect(() => logSupervision(tess.ctx, session(id, changes as Record<string, string>))).toThrowError(expect.objectContaining({ status: 422, field }));
		expect(sessionsOf(tess.ctx, 1).count).toBe(0);
	});

	test.each([
		['31/02/2026', '1h', 'heldOn'],
		['2026-11-20', '-1', 'minutes'],
		['2026-11-20', '2,5', 'minutes'],
		['2026-11-20', '1e3', 'minutes'],
		['2026-11-20', '25', 'minutes'],
	])('the form says what is wrong with %s and %s', (heldOn, minutes, field) => {
		const read = supervisionForms.sessionForm.safeParse({
			heldOn,
			minutes,
			kind: 'individual',
			mode: 'video',
			material: 'none',
			relation: '',
			size: '',
			note: '',
			corrects: '',
			repeatKey: '',
		});
		expect(read.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
	});

	test('takes no supervisor of somebody else, and peers may have none', () => {
		const id = agreed(bob, sue);
		expect(() => logSupervision(tess.ctx, session(id))).toThrowError(expect.objectContaining({ field: 'relation' }));
		expect(() => logSupervision(tess.ctx, session(null))).toThrowError(expect.objectContaining({ field: 'relation' }));
		const peers = logSupervision(tess.ctx, session(null, { kind: 'peer', size: '2' }));
		expect(sessionOf(tess.ctx, peers)).toMatchObject({ state: 'unasked', ownMinutes: 30 });
	});

	test('is changed by one of two tabs, and deleted once', () => {
		const id = agreed(tess, sue);
		const key = logSupervision(tess.ctx, session(id));
		changeSupervision(tess.ctx, key, session(id, { minutes: '50 min', version: '1' }));
		expect(status(() => changeSupervision(tess.ctx, key, session(id, { minutes: '55 min', version: '1' })))).toBe(409);
		expect(sessionOf(tess.ctx, key)).toMatchObject({ minutes: 50, version: 2 });
		expect(status(() => deleteSupervision(tess.ctx, key, 1))).toBe(409);
		deleteSupervision(tess.ctx, key, 2);
		deleteSupervision(tess.ctx, key, 2);
		expect(kinds().slice(2)).toEqual(['supervision.logged', 'supervision.changed', 'supervision.deleted']);
	});

	test('is nobody else’s: another member and the supervisor get the same answer as for a session that never was', () => {
		const id = agreed(tess, sue);
		const key = logSupervision(tess.ctx, session(id));
		for (const other of [bob.ctx, sue.ctx]) {
			expect(status(() => sessionOf(other, key))).toBe(404);
			expect(status(() => changeSupervision(other, key, session(id, { version: '1' })))).toBe(404);
			expect(status(() => deleteSupervision(other, key, 1))).toBe('done');
		}
		expect(sessionOf(tess.ctx, key).version).toBe(1);
		expect(status(() => superviseeOf(bob.ctx, id))).toBe(404);
		expect(status(() => superviseeOf(tess.ctx, id))).toBe(404);
		expect(status(() => confirmSessions(tess.ctx, id, decide(id)))).toBe(404);
	});
});

describe('what a supervisor confirmed', () => {
	let relation: string;
	let key: string;
	beforeEach(() => {
		relation = agreed(tess, sue);
		key = logSupervision(tess.ctx, session(relation, { note: 'A word on endings' }));
		confirmSessions(sue.ctx, relation, [{ id: key, version: 1, dispute: null }]);
	});

	test('is altered by nobody, in the program and in the database', () => {
		expect(sessionOf(tess.ctx, key).state).toBe('confirmed');
		expect(status(() => changeSupervision(tess.ctx, key, session(relation, { version: '2' })))).toBe(409);
		expect(status(() => deleteSupervision(tess.ctx, key, 2))).toBe(409);
		for (const text of ['UPDATE supervision_entry SET minutes = 600', 'UPDATE supervision_entry SET confirmed_at = NULL, confirmed_by = NULL'])
			expect(() => system.db.sql.prepare(text).run()).toThrow('never changed');
		expect(() => system.db.sql.prepare('DELETE FROM supervision_entry').run()).toThrow('never deleted');
		const own = logSupervision(tess.ctx, session(relation));
		const confirm = system.db.sql.prepare('UPDATE supervision_entry SET confirmed_at = 1, confirmed_by = ? WHERE id = ?');
		expect(() => confirm.run(tess.id, own)).toThrow('CHECK');
	});

	test('is confirmed once though the form comes twice, and not as something that was changed since', () => {
		confirmSessions(sue.ctx, relation, [{ id: key, version: 1, dispute: null }]);
		const second = logSupervision(tess.ctx, session(relation));
		const seen = decide(relation);
		changeSupervision(tess.ctx, second, session(relation, { minutes: '3h', version: '1' }));
		expect(status(() => confirmSessions(sue.ctx, relation, seen))).toBe(409);
		expect(sessionOf(tess.ctx, second).state).toBe('waiting');
		expect(kinds().filter((kind) => kind === 'supervision.confirmed')).toHaveLength(1);
	});

	test('is corrected by a new session that counts instead of it once it is confirmed too', () => {
		const facts = () =>
			supervisionFactsOf(system.db, tess.id, '2026-01-01', '2026-12-31').map(({ id, minutes, isConfirmed }) => ({ id, minutes, isConfirmed }));
		const correction = logSupervision(tess.ctx, session(relation, { minutes: '45 min', corrects: key }));
		expect(status(() => logSupervision(tess.ctx, session(relation, { minutes: '40 min', corrects: key })))).toBe(409);
		expect(facts()).toEqual([{ id: key, minutes: 60, isConfirmed: true }]);
		expect(waitingIn(system.db, relation)).toMatchObject([{ id: correction, minutes: 45, replacesMinutes: 60, replacesOn: '2026-11-20' }]);
		confirmSessions(sue.ctx, relation, decide(relation));
		expect(facts()).toEqual([{ id: correction, minutes: 45, isConfirmed: true }]);
		expect(sessionOf(tess.ctx, key).state).toBe('replaced');
		const struck = logSupervision(tess.ctx, session(relation, { minutes: '', notHeld: 'yes', corrects: correction }));
		confirmSessions(sue.ctx, relation, [{ id: struck, version: 1, dispute: null }]);
		expect(facts()).toEqual([]);
	});

	test('may be disputed with a word instead; the supervisee is told, changes it, and it waits again', () => {
		const second = logSupervision(tess.ctx, session(relation));
		confirmSessions(sue.ctx, relation, [{ id: second, version: 1, dispute: 'It was the 19th' }]);
		expect(sessionOf(tess.ctx, second)).toMatchObject({ state: 'disputed', dispute: 'It was the 19th' });
		expect(mails().at(-1)).toEqual({ kind: 'supervision.disputed', recipient: 'tess@member.example' });
		expect(waitingIn(system.db, relation)).toEqual([]);
		changeSupervision(tess.ctx, second, session(relation, { heldOn: '2026-11-19', version: '2' }));
		expect(sessionOf(tess.ctx, second)).toMatchObject({ state: 'waiting', dispute: null, version: 3 });
	});

	test('shows the supervisor hours, gaps and what waits, never a note, and nothing once the supervision has ended', () => {
		logSupervision(tess.ctx, session(relation, { minutes: '30 min', note: 'Canary of a note' }));
		const [seen] = superviseesOf(sue.ctx);
		expect(seen).toMatchObject({ name: 'Tess Example', lastOn: '2026-11-20', isGap: false, waiting: [{ minutes: 30 }] });
		expect(seen?.months.slice(0, 2)).toEqual([
			{ month: '2026-11', minutes: 90, confirmed: 60 },
			{ month: '2026-10', minutes: 0, confirmed: 0 },
		]);
		expect(JSON.stringify(seen)).not.toMatch(/Canary|endings/);
		expect(superviseesOf(asOn(sue.ctx, '2027-01-02'))).toMatchObject([{ isGap: true }]);
		endSupervision(tess.ctx, relation, 2, '2026-11-21');
		expect(superviseesOf(sue.ctx)).toEqual([]);
		expect(status(() => superviseeOf(sue.ctx, relation))).toBe(404);
		expect(status(() => confirmSessions(sue.ctx, relation, decide(relation)))).toBe(404);
		expect(superviseesOf(asPerson(system, bob.id))).toEqual([]);
	});
});
