import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import {
	checksMissing,
	checksOf,
	checksWaiting,
	coreCheckForm,
	countChecks,
	countMissing,
	declareInsurance,
	insuranceCheckForm,
	recordCheckForm,
	recordConsent,
	recordCoreCheck,
	recordCoreProfession,
	recordInsuranceCheck,
	recordRecordCheck,
	remindOfChecks,
	withdrawConsent,
} from '#features/membership/index.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { as } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { mailCheckReminder } from '../../../src/features/membership/checks-mails.ts';
import { reminderFor } from '../../../src/features/membership/checks-remind.ts';
import { checkState, daysOf } from '../../../src/features/membership/checks-rules.ts';
import { officer, putPerson } from './people.ts';

let register: TestRegister;
let ctx: Ctx;
let asOfficer: Ctx;
let ann: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	asOfficer = officer(ctx);
	ann = putPerson(ctx, { email: 'ann@example.org' });
});
afterEach(() => register.close());

const SEEN = { outcome: 'confirmed', how: 'document_seen' };
const insure = (typed: Record<string, string> = {}, who = asOfficer) =>
	recordInsuranceCheck(who, ann, insuranceCheckForm.parse({ body: 'Any Insurer', type: 'own', validToOn: '31 March 2027', ...SEEN, ...typed }));
const changed: string[] = [];
const handlers = { onChanged: (_: unknown, id: string) => void changed.push(id) };
const on = (day: string): Ctx => ctxFor(ctx, { kind: 'system', name: 'jobs' }, noonOn(day));
const mails = () =>
	ctx.db.sql.prepare('SELECT kind, to_address AS "to", dedupe_key AS key FROM outbox ORDER BY rowid').all() as { kind: string; key: string }[];

describe('a check', () => {
	test('holds who looked, how and when, and when it is looked at again', () => {
		insure();
		expect(checksOf(ctx, ann).current).toMatchObject([
			{ kind: 'insurance', body: 'Any Insurer', state: 'fine', by: 'Olive Officer', how: 'document_seen', checkedOn: '2026-11-22', validToOn: '2027-03-31' },
		]);
		expect(checksOf(ctx, ann).missing).toEqual(['core_registration']);
	});

	test('gives way to the next of its kind and stays in the history', () => {
		insure();
		insure({ body: 'Another Insurer', validToOn: '2028-03-31' });
		expect(checksOf(ctx, ann).current.map((c) => c.body)).toEqual(['Another Insurer']);
		expect(checksOf(ctx, ann).earlier.map((c) => c.body)).toEqual(['Any Insurer']);
	});

	test('of a core registration is a fact of the public entry, one for each body', () => {
		const look = (body: string, outcome: string) =>
			recordCoreCheck(asOfficer, ann, coreCheckForm.parse({ body, reference: 'PYL12345', outcome, how: 'register_page' }), handlers);
		look('HCPC', 'confirmed');
		look('BABCP', 'restricted');
		look('HCPC', 'could_not_check');
		expect(ctx.db.sql.prepare('SELECT body, standing, checked_on AS checkedOn FROM core_profession ORDER BY body').all()).toEqual([
			{ body: 'BABCP', standing: 'restricted', checkedOn: '2026-11-22' },
			{ body: 'HCPC', standing: 'could_not_check', checkedOn: '2026-11-22' },
		]);
		expect(checksOf(ctx, ann).current.map((c) => [c.body, c.state])).toEqual([
			['HCPC', 'could_not_check'],
			['BABCP', 'restricted'],
		]);
		expect(changed).toContain(ann);
		expect(JSON.stringify(ctx.db.sql.prepare('SELECT data FROM audit_event').all())).not.toContain('PYL12345');
	});

	test('of records keeps type, body and date, and has nowhere to put a certificate number', () => {
		const seen = recordCheckForm.parse({ body: 'AccessNI', type: 'enhanced', datedOn: '1/9/2026', reference: '001234567890', ...SEEN });
		recordRecordCheck(asOfficer, ann, seen);
		expect(checksOf(ctx, ann).current[0]).toMatchObject({ type: 'enhanced', datedOn: '2026-09-01', validToOn: '2029-09-01', reference: null });
		expect(() => ctx.db.sql.exec("UPDATE person_check SET reference = '001234567890'")).toThrow('CHECK');
	});

	test('that a person joining or a file brings is there at once, and says so', () => {
		const core = { body: 'NMC', reference: null, standing: 'could_not_check', checkedOn: null, fromOn: '2026-11-22' } as const;
		commit(ctx, { name: 'test' }, (tx) => recordCoreProfession(tx, ann, core));
		expect(checksOf(ctx, ann).current).toMatchObject([{ state: 'could_not_check', how: 'imported', nextCheckOn: '2026-12-06' }]);
		expect(countChecks(ctx, 'could_not_check')).toBe(1);
	});

	test('is told by the member as told, until somebody has looked; twice is once', () => {
		const own = { ...ctx, actor: as(ctx, ann, 'member').actor };
		const told = { body: 'My Insurer', type: 'own', validToOn: '2027-06-30' } as const;
		declareInsurance(own, told);
		declareInsurance(own, told);
		expect(checksOf(ctx, ann).current).toMatchObject([{ state: 'declared', by: 'Ann Lee' }]);
		expect(checksOf(ctx, ann).earlier).toEqual([]);
		expect(checksWaiting(asOfficer, 'declared', 1).checks).toMatchObject([{ name: 'Ann Lee', personKey: ann }]);
		expect(() => declareInsurance(own, { ...told, validToOn: '2026-01-01' })).toThrow('past');
	});

	test('refuses days that cannot be', () => {
		expect(insuranceCheckForm.safeParse({ body: 'X', type: 'own', ...SEEN, checkedOn: '31/02/2026' }).error?.issues[0]?.message).toContain('31/02/2026');
		expect(() => insure({ checkedOn: '2027-01-01' })).toThrow('not come yet');
		expect(() => insure({ validToOn: '' })).toThrow('last day');
	});

	test('is written by an officer, and never into one’s own file', () => {
		for (const role of ['finance', 'administrator', 'external_reviewer', 'member', 'assessor'] as const)
			expect(() => insure({}, as(ctx, 'x', role))).toThrow('does not allow');
		expect(() => insure({}, as(ctx, ann, 'membership_officer'))).toThrow('does not allow');
		expect(() => checksWaiting(as(ctx, 'x', 'finance'), 'due', 1)).toThrow('does not allow');
	});

	test('is never deleted', () => {
		insure();
		expect(() => ctx.db.sql.exec('DELETE FROM person_check')).toThrow('never deleted');
	});
});

describe('the state of a check', () => {
	const RULES = { reminderDays: [60, 30, 14, 0], recheckMonths: { core_registration: 12, insurance: 12, record_check: 36 }, retryDays: 14 };
	const day = fc.integer({ min: 0, max: 2000 }).map((n) => addDays('2024-01-01', n));
	const outcome = fc.constantFrom('confirmed' as const, 'restricted' as const, 'not_found' as const, 'could_not_check' as const);
	const kind = fc.constantFrom('core_registration' as const, 'insurance' as const, 'record_check' as const);

	test('is fine only when it was confirmed, by a look of ours, and covers the day', () => {
		fc.assert(
			fc.property(kind, outcome, day, fc.option(day), day, fc.boolean(), (k, o, checkedOn, validToOn, today, isTold) => {
				const check = {
					kind: k,
					outcome: o,
					how: isTold ? ('declared' as const) : ('document_seen' as const),
					checkedOn,
					datedOn: null,
					validToOn,
					nextCheckOn: null,
				};
				const days = daysOf(check, { ...RULES, asked: { core_registration: [], insurance: [], record_check: [] } });
				const state = checkState({ ...check, ...days }, today, RULES);
				if (state === 'fine' || state === 'soon') {
					expect([o, isTold]).toEqual(['confirmed', false]);
					expect(days.validToOn === null || days.validToOn >= today).toBe(true);
					expect(days.dueOn >= today).toBe(true);
				}
				if (o === 'could_not_check') expect(state).toBe('could_not_check');
			}),
		);
	});
});

describe('reminders of checks', () => {
	test('go out 60, 30, 14 and 0 days before, each once, however often and late the job runs', () => {
		insure({ validToOn: '2027-03-31' });
		let sent = 0;
		for (let n = 0; n < 140; n += 1) sent += remindOfChecks(on(addDays('2026-12-01', n))) + remindOfChecks(on(addDays('2026-12-01', n)));
		expect(sent).toBe(4);
		expect(mails().map((m) => m.key.split(':').at(-1))).toEqual(['60', '30', '14', '0']);
	});

	test('that were missed are made good by the latest only', () => {
		expect(reminderFor('2027-03-31', '2027-03-20', [60, 30, 14, 0])).toBe(14);
		expect(reminderFor('2027-03-31', '2027-01-01', [60, 30, 14, 0])).toBeNull();
		expect(reminderFor('2027-03-31', '2027-04-03', [60, 30, 14, 0])).toBe(0);
		expect(reminderFor('2027-03-31', '2027-05-01', [60, 30, 14, 0])).toBeNull();
	});

	test('go to nobody who has died, left, renewed meanwhile or wants none', () => {
		insure({ validToOn: '2026-12-22' });
		const nobody = () => expect(remindOfChecks(on('2026-11-22'))).toBe(0);
		ctx.db.sql.exec(`UPDATE person SET died_on = '2026-11-01' WHERE id = '${ann}'`);
		nobody();
		ctx.db.sql.exec(`UPDATE person SET died_on = NULL WHERE id = '${ann}'`);
		ctx.db.sql.exec("UPDATE membership_period SET ended_on = '2026-11-01', end_reason = 'resigned'");
		nobody();
		ctx.db.sql.exec('UPDATE membership_period SET ended_on = NULL, end_reason = NULL');
		commit(ctx, { name: 'test' }, (tx) => recordConsent(tx, ann, { purpose: 'reminders', version: '2026-1' }));
		commit(ctx, { name: 'test' }, (tx) => withdrawConsent(tx, ann, { purpose: 'reminders' }));
		nobody();
		commit(ctx, { name: 'test' }, (tx) => recordConsent(tx, ann, { purpose: 'reminders', version: '2026-1' }));
		expect(remindOfChecks(on('2026-11-22'))).toBe(1);
		insure({ validToOn: '2027-12-22' });
		expect(remindOfChecks(on('2026-12-22'))).toBe(0);
	});

	test.each([
		['insurance', 30],
		['record_check', 14],
		['core_registration', 0],
	] as const)('read as they should: %s, %i days', (kind, days) => {
		const check = { id: 'c1', kind, validToOn: '2027-03-31' };
		expectGoldenMail(mailCheckReminder({ settings: ctx.settings, to: 'ann@example.org', check, days }), `${kind}-${days}`);
	});
});

describe('what is asked for and was never looked at', () => {
	test('is listed for members of the grades that it is asked of, until somebody has looked', () => {
		putPerson(ctx, { given: 'Tess', family: 'Trainee', category: 'trainee' });
		putPerson(ctx, { given: 'Paid', family: 'Longago', paidToOn: '2025-01-01' });
		const names = () => checksMissing(asOfficer, 1).missing.map((m) => `${m.name} ${m.kind}`);
		expect(names()).toEqual(['Ann Lee core_registration', 'Ann Lee insurance']);
		insure();
		expect(names()).toEqual(['Ann Lee core_registration']);
		expect(countMissing(ctx)).toBe(1);
	});
});
