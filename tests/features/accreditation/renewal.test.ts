import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import type { Role } from '#core/roles.ts';
import type { Db } from '#db/client.ts';
import {
	askOnRenewal,
	assignRenewal,
	confirmAssessed,
	confirmWithTasks,
	declareOnRenewal,
	judgeTask,
	putRenewalToCommittee,
	resolveRenewal,
} from '#features/accreditation/renewal-assess-commands.ts';
import { extendEveryone, extendRenewal, extensionAt, secondExtension } from '#features/accreditation/renewal-extend-commands.ts';
import { confirmBatch, drawRenewals } from '#features/accreditation/renewal-office-commands.ts';
import { ownRenewal } from '#features/accreditation/renewal-own.ts';
import { answerRenewal, askSupport, declareAnnual, giveSupport, submitRenewal } from '#features/accreditation/renewal-own-commands.ts';
import { renewalQueue } from '#features/accreditation/renewal-queue.ts';
import { renewalRules } from '#features/accreditation/renewal-rules.ts';
import { readRenewal } from '#features/accreditation/renewal-sight.ts';
import { renewalOf } from '#features/accreditation/renewal-step.ts';
import { tendRenewals } from '#features/accreditation/renewal-tend-commands.ts';
import { itemsFor } from '#features/accreditation/upkeep-items.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { accreditedMember, as, askNobody, colleague, supervises } from '#tests/helpers/upkeep.ts';

const TODAY = '2026-11-23';
const DUE = '2027-02-28';
let folder: ReturnType<typeof temporaryFolder>;
let db: Db;
let ctx: Ctx;
let officer: string;
beforeEach(() => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
	ctx = testCtx(db, TODAY);
	officer = colleague(db, 'Olive', 'membership_officer');
	askNobody(db, TODAY);
});
afterEach(() => {
	db.sql.close();
	folder.remove();
});

const on = (day: string) => testCtx(db, day);
const who = (person: string, day: string, ...roles: Role[]) => as(ctx, person, roles, day);
const office = (day = TODAY) => who(officer, day, 'membership_officer');
/** Due in three months; the period began lately, so that no CPD year of it is over. */
const member = (name = 'Mary', toOn = DUE) => accreditedMember(db, name, [{ fromOn: '2026-03-01', toOn }], TODAY);
const supervised = (person: string) => supervises(db, colleague(db, `Sup${person.slice(-5)}`, 'assessor'), person, '2026-10-01');
const standing = (person: string, day = TODAY) => {
	const found = renewalOf(on(day), person);
	if (!found) throw new Error('none');
	return found;
};
const send = (person: string, day = TODAY, practises: 'yes' | 'no' = 'yes') =>
	submitRenewal(who(person, day, 'member'), {
		seen: standing(person, day).seen,
		practises,
		practice: 'Two days a week.',
		declare: renewalRules(db, day).declaration,
	});
const status = (person: string, day: string) => registerStatus(factsOf(db, person) as never, day, registerRules(db, day));
const mails = (kind: string) => db.sql.prepare('SELECT to_address FROM outbox WHERE kind = ?').pluck().all(kind) as string[];
const refused = (act: () => unknown, words: RegExp | string) => expect(act).toThrow(words);

async function green(name = 'Mary'): Promise<string> {
	const person = member(name);
	supervised(person);
	await tendRenewals(ctx);
	send(person);
	return person;
}
async function amber(name = 'Amber'): Promise<{ person: string; reference: string }> {
	const person = member(name);
	await tendRenewals(ctx);
	send(person);
	return { person, reference: standing(person).renewal.reference };
}

describe('the window', () => {
	test('opens six months before, once, and reminds at each distance once, however often the job runs', async () => {
		const person = member('Mary', addMonths(TODAY, 6));
		await tendRenewals(on(addDays(TODAY, -3)));
		expect(renewalOf(ctx, person)).toBeNull();
		for (let i = 0; i < 3; i += 1) await tendRenewals(ctx);
		expect(standing(person).phase).toBe('window_open');
		expect(mails('renewal.reminder')).toHaveLength(1);
		const due = standing(person).state.dueOn;
		for (const day of [addMonths(due, -3), addMonths(due, -1), addDays(due, -14), addDays(due, -1), due]) await tendRenewals(on(day));
		expect(mails('renewal.reminder')).toHaveLength(4);
	});

	test('passes: late and listed as before for sixty days, then at its end, still a member, told once of each', async () => {
		const person = member();
		await tendRenewals(ctx);
		await tendRenewals(on(addDays(DUE, 1)));
		expect(standing(person, addDays(DUE, 60)).phase).toBe('late');
		expect(status(person, addDays(DUE, 60)).standing).toBe('accredited');
		await tendRenewals(on(addDays(DUE, 61)));
		await tendRenewals(on(addDays(DUE, 62)));
		expect(status(person, addDays(DUE, 61))).toMatchObject({ standing: 'lapsed', accreditedSinceOn: null });
		expect([mails('renewal.late'), mails('renewal.ended')].map((sent) => sent.length)).toEqual([1, 1]);
	});

	test('closes for good two years later, and nothing changes on the register by it', async () => {
		const person = member();
		await tendRenewals(ctx);
		const end = addMonths(addDays(DUE, 61), 24);
		const before = status(person, addDays(DUE, 400));
		await tendRenewals(on(end));
		expect(standing(person, end).phase).toBe('closed');
		expect(status(person, addDays(DUE, 400))).toEqual(before);
		refused(() => send(person, end), 'has passed');
	});
});

describe('what is green', () => {
	test('goes through the draw, and is confirmed in a batch with the next period in the same transaction', async () => {
		const people = [await green('Ann'), await green('Bea'), await green('Cat')];
		expect(people.map((person) => standing(person).state.reasons)).toEqual([[], [], []]);
		const { through, drawn } = drawRenewals(office());
		expect([through, drawn]).toEqual([3, 1]);
		const ready = renewalQueue(office(), 'green', 1).lines;
		expect(confirmBatch(office(), { chosen: ready.map(({ reference, steps }) => `${reference}:${steps}`) })).toBe(2);
		const confirmed = people.filter((person) => standing(person).phase === 'confirmed');
		expect(confirmed).toHaveLength(2);
		expect(status(confirmed[0] as string, '2030-01-01').validToOn).toBe('2032-02-29');
		expect(mails('renewal.confirmed')).toHaveLength(2);
	});

	test('is not confirmed before the draw, nor when one has moved on since: then none is', async () => {
		const person = await green();
		const { reference } = standing(person).renewal;
		refused(() => confirmBatch(office(), { chosen: [`${reference}:2`] }), 'moved on');
		const other = await green('Other');
		drawRenewals(office());
		const [one] = [person, other].filter((p) => !standing(p).state.isSampled);
		const found = standing(one as string);
		refused(() => confirmBatch(office(), { chosen: [`${found.renewal.reference}:${found.seen}`, `${reference}:99`] }), 'moved on');
		expect(standing(one as string).phase).toBe('submitted');
	});

	test('sent twice, in two tabs, is sent once', async () => {
		const person = member();
		await tendRenewals(ctx);
		const { seen } = standing(person);
		const input = { seen, practises: 'yes', practice: 'Yes.', declare: renewalRules(db, TODAY).declaration } as const;
		submitRenewal(who(person, TODAY, 'member'), input);
		refused(() => submitRenewal(who(person, TODAY, 'member'), input), 'just done something');
		expect(mails('renewal.received')).toHaveLength(1);
	});
});

describe('what an assessor looks at', () => {
	test('is asked about, answered, and confirmed', async () => {
		const { person, reference } = await amber();
		const ines = colleague(db, 'Ines', 'assessor');
		const seen = () => standing(person).seen;
		assignRenewal(office(), reference, { seen: seen(), person: ines });
		const assessor = who(ines, TODAY, 'assessor');
		refused(() => askOnRenewal(assessor, reference, { seen: seen(), questions: ['Who supervises you?'] }), 'no such');
		declareOnRenewal(assessor, reference, { declared: 'none', words: '' });
		askOnRenewal(assessor, reference, { seen: seen(), questions: ['Who supervises you?'] });
		const { id } = standing(person).renewal;
		const [item] = itemsFor(db, { kind: 'renewal', id });
		answerRenewal(who(person, TODAY, 'member'), { id, seen: seen(), answers: { [item?.id ?? '']: { answer: 'Sue does.', files: [], version: 1 } } });
		confirmAssessed(assessor, reference, { seen: seen(), words: '' });
		expect(standing(person).phase).toBe('confirmed');
		expect(status(person, '2028-01-01').standing).toBe('accredited');
	});

	test('is confirmed with tasks that have a day; once they are done it is simply confirmed', async () => {
		const { person, reference } = await amber();
		const ines = colleague(db, 'Ines', 'assessor');
		assignRenewal(office(), reference, { seen: standing(person).seen, person: ines });
		const assessor = who(ines, TODAY, 'assessor');
		declareOnRenewal(assessor, reference, { declared: 'none', words: '' });
		confirmWithTasks(assessor, reference, { seen: standing(person).seen, tasks: ['Log your supervision.'], dueOn: '2027-05-01', words: '' });
		expect(standing(person).phase).toBe('conditional');
		const item = standing(person).state.openTasks[0]?.id ?? '';
		judgeTask(office(), reference, { seen: standing(person).seen, item, judgement: 'met', words: '' });
		expect(standing(person).phase).toBe('confirmed');
	});

	test('is refused by nobody but the committee', async () => {
		const { person, reference } = await amber();
		const ines = colleague(db, 'Ines', 'assessor');
		assignRenewal(office(), reference, { seen: standing(person).seen, person: ines });
		const assessor = who(ines, TODAY, 'assessor');
		declareOnRenewal(assessor, reference, { declared: 'none', words: '' });
		putRenewalToCommittee(assessor, reference, { seen: standing(person).seen, words: 'No supervision in five years.' });
		refused(() => resolveRenewal(office(), reference, { seen: standing(person).seen, words: 'x' }), 'not resolved');
		const { id } = standing(person).renewal;
		const step = "INSERT INTO renewal_step (renewal_id, no, kind, at, on_day, by_person, data, process_id) VALUES (?, ?, 'refused', 0, ?, ?, '{}', 'x')";
		refused(() => db.sql.prepare(step).run(id, standing(person).seen + 1, TODAY, officer), 'only the committee refuses');
		expect(status(person, TODAY).standing).toBe('accredited');
	});
});

describe('the circle of a member', () => {
	test('does not see it, does not assess it, does not confirm it: not by the pages, nor by the schema', async () => {
		const { person, reference } = await amber();
		const sue = colleague(db, 'Sue', 'assessor');
		supervises(db, sue, person);
		supervises(db, person, officer);
		refused(() => assignRenewal(office(), reference, { seen: standing(person).seen, person: sue }), 'no such');
		const registrar = who(colleague(db, 'Reg', 'registrar'), TODAY, 'registrar');
		refused(() => assignRenewal(registrar, reference, { seen: standing(person).seen, person: sue }), 'supervised');
		const put = 'INSERT INTO upkeep_reviewer (id, renewal_id, person_id, place, assigned_by, assigned_at) VALUES (?, ?, ?, 1, ?, 0)';
		for (const one of [sue, person]) refused(() => db.sql.prepare(put).run('x', standing(person).renewal.id, one, 'test'), 'own circle');
		const step = "INSERT INTO renewal_step (renewal_id, no, kind, at, on_day, by_person, data, process_id) VALUES (?, ?, 'confirmed', 0, ?, ?, '{}', 'x')";
		for (const one of [officer, person]) refused(() => db.sql.prepare(step).run(standing(person).renewal.id, 3, TODAY, one), 'own circle');
		expect(renewalQueue(office(), 'assess', 1).lines).toEqual([]);
	});

	test('whoever steps back knows nothing of it from then on, and is not chosen again', async () => {
		const { person, reference } = await amber();
		const ines = colleague(db, 'Ines', 'assessor');
		assignRenewal(office(), reference, { seen: standing(person).seen, person: ines });
		declareOnRenewal(who(ines, TODAY, 'assessor'), reference, { declared: 'recuse', words: '' });
		refused(() => readRenewal(who(ines, TODAY, 'assessor'), reference), 'no such');
		refused(() => assignRenewal(office(), reference, { seen: standing(person).seen, person: ines }), 'stepped back');
	});
});

describe('more time', () => {
	test('up to six months is one officer’s; beyond, another confirms', async () => {
		const person = member();
		await tendRenewals(ctx);
		const { reference } = standing(person).renewal;
		expect(extendRenewal(office(), reference, { seen: 1, untilOn: addMonths(DUE, 3), reason: 'Illness' })).toBe('given');
		expect(status(person, addMonths(DUE, 3)).validToOn).toBe(addMonths(DUE, 3));
		expect(extendRenewal(office(), reference, { seen: 2, untilOn: addMonths(DUE, 9), reason: 'Illness' })).toBe('asked');
		const id = db.sql.prepare('SELECT id FROM renewal_extension WHERE confirmed_at IS NULL').pluck().get() as string;
		refused(() => secondExtension(office(), id, { decision: 'confirm' }), 'Somebody else');
		secondExtension(who(colleague(db, 'Reg', 'registrar'), TODAY, 'registrar'), id, { decision: 'confirm' });
		expect(standing(person).state.dueOn).toBe(addMonths(DUE, 9));
	});

	test('for everyone due in some weeks is one process: open or not yet open, each once', async () => {
		const [open, later, outside] = [member('Open'), member('Later', '2027-09-30'), member('Outside', '2028-09-30')];
		await tendRenewals(ctx);
		const input = {
			dueFromOn: '2027-01-01',
			dueToOn: '2027-12-31',
			months: 3,
			reason: 'Strike of the post',
			publicNote: 'Everyone due in 2027 has three months more.',
		};
		expect(extendEveryone(office(), input)).toBe('given');
		expect([open, later, outside].map((person) => status(person, TODAY).validToOn)).toEqual(['2027-05-28', '2027-12-30', '2028-09-30']);
		refused(() => extendEveryone(office(), input), 'already');
		const id = db.sql.prepare('SELECT id FROM renewal_extension').pluck().get() as string;
		expect(extensionAt(ctx, id).extendedCount).toBe(2);
	});

	test('whoever sent it in time is not let lapse because the office is slow', async () => {
		const { person } = await amber();
		await tendRenewals(on(addDays(DUE, 50)));
		expect(standing(person, addDays(DUE, 90)).state.dueOn).toBe(addMonths(DUE, 1));
		expect(status(person, addDays(DUE, 80)).standing).toBe('accredited');
	});
});

test('after an end it comes back by the short way: assessed, told as reinstated, supervisor’s award with it', async () => {
	const person = accreditedMember(
		db,
		'Back',
		[
			{ fromOn: '2020-03-01', toOn: '2026-05-31' },
			{ level: 'supervisor', fromOn: '2022-01-01', toOn: '2028-01-01' },
		],
		TODAY,
	);
	expect(status(person, TODAY).standing).toBe('lapsed');
	await tendRenewals(ctx);
	expect(standing(person).phase).toBe('reactivatable');
	send(person);
	expect(standing(person).phase).toBe('in_assessment');
	const { reference } = standing(person).renewal;
	const ines = colleague(db, 'Ines', 'assessor');
	assignRenewal(office(), reference, { seen: standing(person).seen, person: ines });
	declareOnRenewal(who(ines, TODAY, 'assessor'), reference, { declared: 'none', words: '' });
	confirmAssessed(who(ines, TODAY, 'assessor'), reference, { seen: standing(person).seen, words: 'All well.' });
	expect(status(person, TODAY)).toMatchObject({ standing: 'accredited', accreditedSinceOn: '2020-03-01', reinstatedOn: TODAY });
	expect(
		status(person, TODAY)
			.awards.map(({ level }) => level)
			.toSorted(),
	).toEqual(['practitioner', 'supervisor']);
});

test('a supervisor gives their word in their own account, once, and it counts', async () => {
	db.sql
		.prepare("UPDATE rule_set SET data = json_replace(data, '$.routes', json(?)) WHERE kind = 'standards'")
		.run(
			JSON.stringify(
				(JSON.parse(db.sql.prepare("SELECT data FROM rule_set WHERE kind = 'standards'").pluck().get() as string) as { routes: { kind: string }[] }).routes.map(
					(r) => (r.kind === 'reaccreditation' ? { ...r, requests: [{ kind: 'supervisor_report', count: 1, hint: '' }] } : r),
				),
			),
		);
	const person = member();
	const sue = colleague(db, 'Sue', 'assessor');
	supervises(db, sue, person, '2026-10-01');
	await tendRenewals(ctx);
	const me = who(person, TODAY, 'member');
	expect(ownRenewal(me).reasons).toEqual(['support_missing']);
	askSupport(me, { person: sue });
	askSupport(me, { person: sue });
	expect(mails('renewal.support')).toEqual(['sue@office.example']);
	const id = ownRenewal(me).support[0]?.id ?? '';
	refused(() => giveSupport(me, id, { answer: 'supports', words: '' }), 'nothing that you were asked');
	giveSupport(who(sue, TODAY), id, { answer: 'supports', words: '' });
	refused(() => giveSupport(who(sue, TODAY), id, { answer: 'has_concerns', words: 'x' }), 'answered already');
	expect(ownRenewal(me).reasons).toEqual([]);
});

test('the yearly declaration is made once a year; what has changed is looked at with the re-accreditation', async () => {
	const person = member();
	const me = who(person, TODAY, 'member');
	refused(() => declareAnnual(me, { practises: 'yes', hasChanges: 'yes', changes: '' }), 'what has changed');
	declareAnnual(me, { practises: 'yes', hasChanges: 'yes', changes: 'A caution.' });
	declareAnnual(me, { practises: 'yes', hasChanges: 'no', changes: '' });
	expect(ownRenewal(me).annual.isDeclared).toBe(true);
	await tendRenewals(ctx);
	expect(ownRenewal(me).reasons).toContain('changes');
});

test('the job killed in the middle of a night and begun again does nothing twice', async () => {
	for (let i = 0; i < 5; i += 1) member(`M${i}`);
	db.sql.exec("CREATE TRIGGER stop BEFORE INSERT ON outbox WHEN (SELECT count(*) FROM outbox) >= 2 BEGIN SELECT RAISE(ABORT, 'cut off'); END");
	await expect(tendRenewals(ctx)).rejects.toThrow('cut off');
	db.sql.exec('DROP TRIGGER stop');
	await tendRenewals(ctx);
	await tendRenewals(ctx);
	expect(mails('renewal.reminder')).toHaveLength(5);
	expect(db.sql.prepare('SELECT count(*) FROM renewal').pluck().get()).toBe(5);
});
