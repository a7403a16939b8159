import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { exportPeople, inviteMembers, invitePreview, type PeopleExport } from '#features/membership/index.ts';
import { as } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { officer, putPerson } from './people.ts';

let register: TestRegister;
let ctx: Ctx;
let desk: Ctx;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	desk = officer(ctx);
});
afterEach(() => register.close());

const run = (text: string, ...values: string[]) => ctx.db.sql.prepare(text).run(...values);
const asked = (changes: Partial<PeopleExport> = {}): PeopleExport => ({
	status: '',
	grade: '',
	columns: ['name', 'status', 'email'],
	reason: 'Annual meeting',
	...changes,
});

describe('a list of people', () => {
	test('holds the columns that were asked for, by name, with formulas made harmless', async () => {
		putPerson(ctx, { given: '=HYPERLINK("x")', family: 'Able', email: 'able@x.example' });
		putPerson(ctx, { given: 'Bo', family: 'Baker', paidToOn: '2024-06-01' });
		const { name, content } = await exportPeople(desk, asked());
		expect(name).toBe('people-2026-11-22.csv');
		expect(content.split('\n').slice(0, 3)).toEqual([
			'\uFEFFName,Membership,E-mail address',
			'"\'=HYPERLINK(""x"") Able",Member,able@x.example',
			'Bo Baker,Lapsed,',
		]);
		expect((await exportPeople(desk, asked({ columns: ['name'], status: 'lapsed' }))).content).toBe('\uFEFFName\nBo Baker\n');
	});

	test('leaves out how to reach someone who has died, and files that were merged', async () => {
		const ann = putPerson(ctx, { email: 'ann@x.example' });
		run("UPDATE person SET died_on = '2026-01-01' WHERE id = ?", ann);
		const loser = putPerson(ctx, { given: 'Second', family: 'File' });
		run("UPDATE person_name SET to_on = '2026-01-01' WHERE person_id = ?", loser);
		const { content } = await exportPeople(desk, asked());
		expect(content).not.toContain('ann@x.example');
		expect(content).not.toContain('Second File');
	});

	test('is on record: who, what for, which columns, how many, and nobody’s name', async () => {
		putPerson(ctx, { family: 'Canary' });
		await exportPeople(desk, asked({ grade: 'basic' }));
		const event = ctx.db.sql.prepare("SELECT reason, data FROM audit_event WHERE kind = 'people.exported'").get() as { reason: string; data: string };
		expect(event.reason).toBe('Annual meeting');
		expect(JSON.parse(event.data)).toEqual({ columns: ['name', 'status', 'email'], status: '', grade: 'basic', rows: 1 });
	});

	test('is for membership officers and the registrar, with a fresh proof', async () => {
		for (const role of ['administrator', 'finance', 'external_reviewer', 'member'] as const)
			await expect(exportPeople(as(ctx, putPerson(ctx), role), asked())).rejects.toThrow('does not allow');
		await expect(exportPeople({ ...desk, actor: { ...desk.actor, provedAt: 0 } as Ctx['actor'] }, asked())).rejects.toThrow('Confirm');
	});
});

describe('invitations to claim an account', () => {
	const mails = () => ctx.db.sql.prepare("SELECT to_address FROM outbox WHERE kind = 'account.claim' ORDER BY to_address").pluck().all();

	test('go to each member once, a batch at a time, and go on where they stopped', () => {
		for (const n of ['a', 'b', 'c']) putPerson(ctx, { given: n, email: `${n}@x.example` });
		expect(invitePreview(desk)).toMatchObject({ waiting: 3, invited: 0 });
		expect(inviteMembers(desk, 2)).toBe(2);
		expect(invitePreview(desk)).toMatchObject({ waiting: 1, invited: 2 });
		expect(inviteMembers(desk, 2)).toBe(1);
		expect(() => inviteMembers(desk, 2)).toThrow('Nobody is left');
		expect(mails()).toEqual(['a@x.example', 'b@x.example', 'c@x.example']);
	});

	test('leave out who has no address, shares one, has lapsed or died', () => {
		putPerson(ctx, { given: 'None' });
		putPerson(ctx, { given: 'One', email: 'same@x.example' });
		putPerson(ctx, { given: 'Two', email: 'SAME@x.example' });
		putPerson(ctx, { given: 'Gone', email: 'gone@x.example', paidToOn: '2026-01-01' });
		const dead = putPerson(ctx, { given: 'Dead', email: 'dead@x.example' });
		run("UPDATE person SET died_on = '2026-01-01' WHERE id = ?", dead);
		expect(invitePreview(desk)).toMatchObject({ waiting: 0, withoutAddress: 1, sharedAddress: 2 });
	});

	test('are sent by membership officers and the registrar only', () => {
		for (const role of ['administrator', 'finance', 'member'] as const) expect(() => inviteMembers(as(ctx, putPerson(ctx), role), 1)).toThrow('does not allow');
	});
});
