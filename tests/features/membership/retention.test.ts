import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { filesFolder } from '#core/file-store.ts';
import { filesOnDisk } from '#core/file-upkeep.ts';
import { attachFile, storeUpload } from '#core/files.ts';
import {
	classesWaiting,
	confirmClass,
	enforceRetention,
	holdsStanding,
	liftHold,
	placeHold,
	retentionClass,
	retentionDone,
	retentionOverview,
} from '#features/membership/index.ts';
import { JOBS } from '#jobs/index.ts';
import { pdf } from '#tests/core/files/corpus.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import { as } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';
import { officer } from './people.ts';

let register: TestRegister;
let office: Ctx;
let ann: string;
let ben: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	[ann, ben] = ['ann', 'ben'].map((slug) => listTherapist(register.ctx.db, slug)) as [string, string];
	office = officer(register.ctx, 'registrar');
});
afterEach(() => register.close());

const run = (text: string, ...values: unknown[]) => register.ctx.db.sql.prepare(text).run(...values);
const count = (table: string) => register.ctx.db.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
const on = (day: string, ctx = office): Ctx => {
	const now = noonOn(day);
	return { ...ctx, today: day, now, actor: ctx.actor.kind === 'person' ? { ...ctx.actor, provedAt: now } : ctx.actor };
};
const job = (day: string) => enforceRetention(on(day, register.ctx));
const confirm = (name: string, day = '2026-11-22') => confirmClass(on(day), name, { rowsShown: retentionClass(on(day), name).now, sure: 'yes' });
const entry = (person: string, day: string, id: string) =>
	run(
		"INSERT INTO cpd_entry (id, person_id, kind, is_draft, title, done_on, minutes, category, repeat_key, created_at, changed_at, frozen_at) VALUES (?, ?, 'activity', 0, 'A day', ?, 60, 'refresher', ?, 0, 0, 1)",
		id,
		person,
		day,
		id,
	);
const leave = (person: string, day: string) => {
	run("UPDATE membership_period SET ended_on = ?, end_reason = 'resigned' WHERE person_id = ?", day, person);
	run("UPDATE award SET ended_on = ?, end_reason = 'given_up' WHERE person_id = ?", day, person);
};

describe('what is over its time', () => {
	test('is listed first, class by class, and nothing of it goes until an officer has confirmed the class', () => {
		entry(ann, '2020-11-22', 'old');
		entry(ann, '2020-11-23', 'tomorrow');
		entry(ann, '2026-01-01', 'new');
		expect(retentionClass(office, 'cpd')).toMatchObject({ now: 1, nextMonth: 1, confirmedAt: null });
		const waiting = classesWaiting(office);
		expect(job('2026-11-22')).toEqual({});
		expect(count('cpd_entry')).toBe(3);
		confirm('cpd');
		confirm('cpd');
		expect([count('retention_confirmation'), classesWaiting(office)]).toEqual([1, waiting - 1]);
		expect(job('2026-11-22')).toEqual({ cpd: 1 });
		expect(job('2026-11-22')).toEqual({});
		expect(job('2026-11-23')).toEqual({ cpd: 1 });
		expect(count('cpd_entry')).toBe(1);
		expect(retentionDone(office).map(({ doneOn, rows }) => [doneOn, rows])).toEqual([
			['2026-11-23', 1],
			['2026-11-22', 1],
		]);
	});

	test('is told in the audit in counts only, and the chain still verifies', () => {
		entry(ann, '2020-01-01', 'old');
		confirm('cpd');
		job('2026-11-22');
		const events = register.ctx.db.sql.prepare("SELECT kind, data FROM audit_event WHERE kind LIKE 'retention.%' ORDER BY seq").all() as {
			kind: string;
			data: string;
		}[];
		expect(events.map(({ kind, data }) => [kind, JSON.parse(data)])).toEqual([
			['retention.confirmed', { rulesVersion: '2026-1', rowsShown: 1 }],
			['retention.destroyed', { rulesVersion: '2026-1', rows: { cpd_entry: 1 } }],
		]);
		expect(verifyAudit(register.ctx.db, register.ctx.keys.audit)).toMatchObject({ ok: true });
		expect(register.ctx.db.sql.pragma('foreign_key_check')).toEqual([]);
	});

	test('stays while there is a hold, and goes when it is lifted', () => {
		for (const [person, id] of [
			[ann, 'a'],
			[ben, 'b'],
		] as const)
			entry(person, '2020-01-01', id);
		confirm('cpd');
		const number = register.ctx.db.sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(ann) as string;
		placeHold(office, { who: number, because: 'A claim' });
		expect(() => placeHold(office, { who: number, because: 'Again' })).toThrow('already');
		expect(() => placeHold(office, { who: 'IPT-99999', because: 'x' })).toThrow('no file');
		expect(retentionClass(office, 'cpd').now).toBe(1);
		expect(job('2026-11-22')).toEqual({ cpd: 1 });
		const [hold] = holdsStanding(office);
		liftHold(office, { hold: hold?.id ?? '', because: 'Settled' });
		expect(job('2026-11-22')).toEqual({ cpd: 1 });
		expect([count('cpd_entry'), holdsStanding(office).length]).toEqual([0, 0]);
	});

	test('is confirmed under one version of the rules: new rules ask again', () => {
		entry(ann, '2020-01-01', 'old');
		confirm('cpd');
		run("INSERT INTO rule_set (kind, version, from_on, data) SELECT 'retention', '2026-2', '2026-11-22', data FROM rule_set WHERE kind = 'retention'");
		expect(job('2026-11-22')).toEqual({});
		expect(retentionClass(office, 'cpd').confirmedAt).toBeNull();
	});

	test('is confirmed by officers who saw all of it', () => {
		entry(ann, '2020-01-01', 'old');
		expect(() => confirmClass(office, 'cpd', { rowsShown: 0, sure: 'yes' })).toThrow('More is due now');
		expect(() => confirmClass(as(register.ctx, ann, 'member'), 'cpd', { rowsShown: 9, sure: 'yes' })).toThrow('does not allow');
		expect(() => confirmClass(office, 'register', { rowsShown: 9, sure: 'yes' })).toThrow('no such class');
		expect(() => enforceRetention(office)).toThrow('does not allow');
	});
});

describe('what goes with the end of a membership', () => {
	test('goes for those who left, and for nobody else: a listing after a month, contact details and account after six years', () => {
		leave(ann, '2026-11-01');
		run("INSERT INTO account (id, person_id, email, email_key, passkey_handle, created_at) VALUES ('acc', ?, 'ann@x.example', 'ann@x.example', 'h', 0)", ann);
		run("INSERT INTO account (id, person_id, email, email_key, passkey_handle, created_at) VALUES ('acc2', ?, 'ben@x.example', 'ben@x.example', 'h2', 0)", ben);
		for (const name of ['listing', 'membership', 'security']) confirm(name);
		expect(job('2026-11-30')).toEqual({});
		// The listing and what it offered.
		expect(job('2026-12-01')).toEqual({ listing: 2 });
		expect([count('listing'), count('account')]).toEqual([1, 2]);
		expect(job(addMonths('2026-11-01', 72))).toMatchObject({ membership: expect.any(Number) });
		const left = register.ctx.db.sql.prepare('SELECT email FROM person WHERE id IN (?, ?) ORDER BY email IS NULL').pluck().all(ann, ben);
		expect([left, count('account')]).toEqual([['ben@therapist.example', null], 1]);
		expect(count('registration')).toBe(2);
	});

	test('stays for a member in grace, one whose award runs, and one who asked something that is not answered', () => {
		for (const name of ['listing']) confirm(name);
		run("UPDATE membership_period SET paid_to_on = '2026-11-01' WHERE person_id = ?", ann);
		expect(job('2026-11-25')).toEqual({});
		leave(ann, '2026-11-01');
		run('UPDATE award SET ended_on = NULL, end_reason = NULL WHERE person_id = ?', ann);
		expect(job('2027-01-25')).toEqual({});
		expect(count('listing')).toBe(2);
	});

	test('takes the files, from the disk too', async () => {
		const self = as(register.ctx, ann, 'member');
		const { id } = await storeUpload(self, new File([new Uint8Array(pdf())], 'a.pdf'), { purpose: 'other', ownerPersonId: ann, field: 'f' });
		commit(self, { name: 'test' }, (tx) => attachFile(tx, id, { type: 'x', id: 'y', ownerPersonId: ann, field: 'f' }));
		leave(ann, '2020-11-01');
		run("UPDATE membership_period SET from_on = '2019-01-01', paid_to_on = '2020-11-01' WHERE person_id = ?", ann);
		confirm('evidence');
		expect(job('2026-11-22')).toEqual({ evidence: 1 });
		expect(filesOnDisk(filesFolder(register.folder), 0)).toEqual([]);
		expect(register.ctx.db.sql.prepare('SELECT deleted_because, name FROM stored_file').all()).toEqual([{ deleted_because: 'retention', name: 'erased' }]);
	});
});

test('every class can be asked for and carried out, also on a day far away, and leaves no row without its parent', () => {
	entry(ann, '2020-01-01', 'old');
	leave(ann, '2026-11-01');
	const far = '2060-01-01';
	for (const { name } of retentionOverview(on(far))) confirm(name, far);
	expect(Object.keys(job(far)).length).toBeGreaterThan(1);
	expect(register.ctx.db.sql.pragma('foreign_key_check')).toEqual([]);
	expect(verifyAudit(register.ctx.db, register.ctx.keys.audit)).toMatchObject({ ok: true });
});

test('the job is one of the daily ones and says counts only', async () => {
	entry(ann, '2020-01-01', 'old');
	confirm('cpd');
	const row = JOBS.find(({ name }) => name === 'enforce-retention');
	expect(row?.every).toBe(1440);
	expect(await row?.run(on('2026-11-22', register.ctx))).toBe('destroyed: cpd 1');
});
