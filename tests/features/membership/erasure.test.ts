import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { deliverMail, transportFor } from '#core/deliver.ts';
import { writeThrough } from '#core/dispose.ts';
import { filesFolder } from '#core/file-store.ts';
import { filesOnDisk } from '#core/file-upkeep.ts';
import { attachFile, storeUpload } from '#core/files.ts';
import { newId } from '#core/ids.ts';
import { purgeMail } from '#core/purge-mail.ts';
import { DISPOSALS, undecided } from '#db/disposal.ts';
import { PERSONAL_TABLES } from '#db/personal-data.ts';
import { checkApplications, standingByReference, submissionsOf } from '#features/accreditation/index.ts';
import { MEMBERSHIP_HANDLERS } from '#features/directory/index.ts';
import { mailErased } from '#features/membership/erasure-mails.ts';
import {
	askAboutData,
	carryOutErasure,
	changeName,
	changePerson,
	dataRequestFor,
	erasurePlan,
	indexName,
	placeHold,
	proposeErasure,
} from '#features/membership/index.ts';
import { pdf } from '#tests/core/files/corpus.ts';
import { APPLICATION_CANARIES, leaveApplications } from '#tests/helpers/canary-application.ts';
import { inPanel } from '#tests/helpers/committee.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { as } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';
import { officer } from './people.ts';

const CANARIES = [
	'Zebulonia',
	'Quixotecanary',
	'Formernamecanary',
	'canary.address',
	'07700900123',
	'canary-reflection',
	'canary-note',
	'canary-about',
	'canary-said',
	'canary-evidence',
];
let register: TestRegister;
let ctx: Ctx;
let person: string;
let other: string;
let first: Ctx;
let second: Ctx;
let reference: string;
beforeEach(async () => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	other = listTherapist(ctx.db, 'ben');
	person = listTherapist(ctx.db, 'zebulonia-quixotecanary', { email: null, paidToOn: '2025-12-31' });
	[first, second] = [officer(ctx, 'membership_officer', 'One'), officer(ctx, 'registrar', 'Two')];
	await fill();
	reference = askAboutData(as(ctx, person, 'member'), { kind: 'erasure', said: 'Please forget me: canary-said', repeatKey: 'r'.repeat(30) });
});
afterEach(() => register.close());

const run = (text: string, ...values: unknown[]) => ctx.db.sql.prepare(text).run(...values);
const one = (text: string, ...values: unknown[]) =>
	ctx.db.sql
		.prepare(text)
		.pluck()
		.get(...values);

/** Someone who was a member and accredited, and left something in every corner. */
async function fill(): Promise<void> {
	const self = as(ctx, person, 'member');
	run("UPDATE person_name SET given_names = 'Zebulonia', family_name = 'Formernamecanary' WHERE person_id = ?", person);
	commit(ctx, { name: 'test' }, (tx) => {
		changePerson(tx, person, { email: 'canary.address@example.org', phone: '07700900123' });
		const { id } = ctx.db.sql.prepare('SELECT id FROM person_name WHERE person_id = ?').get(person) as { id: string };
		indexName(tx, { id, personId: person, givenNames: 'Zebulonia', familyName: 'Formernamecanary' });
		changeName(tx, person, { givenNames: 'Zebulonia', familyName: 'Quixotecanary' }, { on: '2024-05-01', formerIsShown: true });
		MEMBERSHIP_HANDLERS.onChanged(tx, person);
	});
	const account = newId();
	run(
		"INSERT INTO account (id, person_id, email, email_key, passkey_handle, created_at) VALUES (?, ?, 'canary.address@example.org', 'canary.address@example.org', 'h', 0)",
		account,
		person,
	);
	run("INSERT INTO device (id, token_hash, account_id, label, first_seen_at, last_seen_at) VALUES ('d1', 'h', ?, 'Firefox', 0, 0)", account);
	run("UPDATE listing SET about = 'canary-about', website = 'https://canary.address.example' WHERE person_id = ?", person);
	run("UPDATE award SET ended_on = '2026-01-01', end_reason = 'given_up' WHERE person_id = ?", person);
	run("UPDATE membership_period SET ended_on = '2026-01-01', end_reason = 'resigned' WHERE person_id = ?", person);
	run("INSERT INTO person_note (id, person_id, created_at, repeat_key) VALUES ('n1', ?, 0, 'n')", person);
	run("INSERT INTO person_note_text (note_id, version, text, written_at, written_by) VALUES ('n1', 1, 'canary-note', 0, 'x')");
	run("INSERT INTO consent (id, person_id, purpose, version, given_at, recorded_by) VALUES ('c1', ?, 'news', '1', 0, 'x')", person);
	const entry = `INSERT INTO cpd_entry (id, person_id, kind, is_draft, title, done_on, minutes, category, repeat_key, created_at, changed_at, learned)
		VALUES ('e1', ?, 'activity', 1, 'A day', '2025-03-01', 60, NULL, 'k', 0, 0, 'canary-reflection')`;
	run(entry, person);
	run(
		"INSERT INTO cpd_year (id, person_id, from_on, to_on, rules_version, is_met, explanation, content, digest, declared_at) VALUES ('y1', ?, '2024-04-01', '2025-03-31', '1', 1, 'canary-reflection', '{}', ?, 0)",
		person,
		'd'.repeat(64),
	);
	const file = new File([new Uint8Array(pdf({ text: 'x' }))], 'canary-evidence.pdf');
	const { id } = await storeUpload(self, file, { purpose: 'cpd_evidence', ownerPersonId: person, field: 'f' });
	commit(self, { name: 'test' }, (tx) => attachFile(tx, id, { type: 'cpd_entry', id: 'e1', ownerPersonId: person, field: 'f' }));
	run(
		"INSERT INTO invoice (id, number, year, sequence, person_id, purpose, subject_id, total_pence, issued_on, due_on, issued_at, settled_at) VALUES ('i1', 'INV-2025-00001', 2025, 1, ?, 'membership', 's', 5000, '2025-01-01', '2025-02-01', 0, 1)",
		person,
	);
}

const digest = () => erasurePlan(first, reference, MEMBERSHIP_HANDLERS).digest;
const propose = (who = first, plan = digest()) => proposeErasure(who, reference, { digest: plan }, MEMBERSHIP_HANDLERS);
const carryOut = (who = second, plan = digest()) => carryOutErasure(who, reference, { digest: plan }, MEMBERSHIP_HANDLERS);
const bytes = () => ['', '-wal'].map((end) => readFileSync(join(register.folder, `register.db${end}`)).toString('latin1')).join('');
const found = () => {
	const all = bytes().toLowerCase();
	return CANARIES.filter((canary) => all.includes(canary.toLowerCase()));
};

describe('the plan', () => {
	test('says of every table what goes, what stays and why, and changes nothing', () => {
		const { rows, obstacles } = erasurePlan(first, reference, MEMBERSHIP_HANDLERS);
		expect(obstacles).toEqual([]);
		const of = (table: string) => rows.find((row) => row.table === table);
		expect(of('cpd_entry')).toMatchObject({ goes: 1, stays: 0 });
		expect(of('registration')).toMatchObject({ goes: 0, stays: 1, why: expect.stringContaining('on any past day') });
		expect(of('invoice')).toMatchObject({ goes: 0, stays: 1, why: expect.stringContaining('tax') });
		expect(rows.every(({ goes, stays, why }) => goes > 0 || (stays > 0 && why !== ''))).toBe(true);
		expect(one('SELECT count(*) FROM cpd_entry WHERE person_id = ?', person)).toBe(1);
	});

	test('covers every table with something about a person', () => {
		const tables = PERSONAL_TABLES.map(({ table }) => table);
		expect(undecided(tables)).toEqual([]);
		expect(DISPOSALS.filter(({ table }) => !tables.includes(table))).toEqual([]);
		expect(new Set(DISPOSALS.map(({ table }) => table)).size).toBe(DISPOSALS.length);
	});

	test.each<[string, () => void, RegExp]>([
		['a hold', () => placeHold(first, { who: String(one('SELECT number FROM registration WHERE person_id = ?', person)), because: 'A claim' }), /legal hold/],
		['an award that runs', () => run('UPDATE award SET ended_on = NULL, end_reason = NULL WHERE person_id = ?', person), /accredited/],
		[
			'a role',
			() => run("INSERT INTO role_grant (id, person_id, role, from_on, granted_by, reason) VALUES ('r', ?, 'auditor', '2026-01-01', 'x', 'y')", person),
			/role/,
		],
		['an open invoice', () => run('UPDATE invoice SET settled_at = NULL'), /invoice/],
		[
			'a membership',
			() => run("UPDATE membership_period SET ended_on = NULL, end_reason = NULL, paid_to_on = '2027-12-31' WHERE person_id = ?", person),
			/member/,
		],
	])('is stopped by %s', (_, change, said) => {
		change();
		expect(erasurePlan(first, reference, MEMBERSHIP_HANDLERS).obstacles.join(' ')).toMatch(said);
		expect(() => propose()).toThrow(said);
		expect(() => carryOut()).toThrow(said);
	});

	test('is for officers, never for one’s own request, and for requests to erase only', () => {
		expect(() => erasurePlan(as(ctx, other, 'member'), reference, MEMBERSHIP_HANDLERS)).toThrow('does not allow');
		expect(() => erasurePlan(as(ctx, person, 'membership_officer'), reference, MEMBERSHIP_HANDLERS)).toThrow('Somebody else');
		const correction = askAboutData(as(ctx, person, 'member'), { kind: 'correction', said: 'x', repeatKey: 's'.repeat(30) });
		expect(() => erasurePlan(first, correction, MEMBERSHIP_HANDLERS)).toThrow('no open request');
	});
});

/** Of an application, re-accreditation and audit that went through everything. */
const foundOfApplications = () => {
	const all = bytes();
	return APPLICATION_CANARIES.filter((canary) => all.includes(canary));
};

describe('erasing', () => {
	test('needs two officers and the plan that both looked at', () => {
		expect(() => carryOut()).toThrow('Nobody has proposed');
		propose();
		propose();
		expect(one('SELECT count(*) FROM erasure')).toBe(1);
		expect(() => carryOut(first)).toThrow('Somebody else');
		const before = digest();
		run("INSERT INTO person_note (id, person_id, created_at, repeat_key) VALUES ('n2', ?, 0, 'm')", person);
		expect(() => carryOut(second, before)).toThrow('another by now');
		expect(() => carryOut()).toThrow('has changed since');
		expect(one('SELECT count(*) FROM cpd_entry')).toBe(1);
	});

	test('leaves name, addresses, texts and files nowhere: not in any table, not in the bytes of the database', async () => {
		writeThrough(ctx.db);
		expect(found()).toEqual(CANARIES);
		propose();
		carryOut();
		const mails = ctx.db.sql.prepare('SELECT kind, to_address AS "to" FROM outbox WHERE purged_at IS NULL AND kind = \'data_request.erased\'').all();
		expect(mails).toEqual([{ kind: 'data_request.erased', to: 'canary.address@example.org' }]);
		expect(found()).toEqual(['canary.address']);

		const transport = transportFor(ctx.settings);
		expect(await deliverMail(ctx, transport)).toMatchObject({ givenUp: 0 });
		transport.close();
		const week = addDays(ctx.today, 8);
		purgeMail({ ...ctx, today: week, now: noonOn(week) });
		writeThrough(ctx.db);
		expect(found()).toEqual([]);
		expect(filesOnDisk(filesFolder(register.folder), ctx.now)).toEqual([]);
		expect(
			filesOnDisk(join(register.folder, 'mail'), ctx.now)
				.map(({ path }) => readFileSync(path, 'latin1'))
				.filter((text) => text.includes('canary')),
		).toEqual([]);
	});

	test('leaves of applications, meetings, renewals and audits who decided what and when, and no word', () => {
		const sent = leaveApplications(ctx, { id: person, ctx: as(ctx, person, 'member') }, 'Zebulonia Quixotecanary');
		const kept = () =>
			['accreditation_step', 'vote', 'meeting_member', 'renewal_step', 'decision', 'accreditation_submission'].map((table) => [
				table,
				one(`SELECT count(*) FROM ${table}`),
			]);
		const [before, choices] = [kept(), one('SELECT group_concat(choice || person_id) FROM vote')];
		writeThrough(ctx.db);
		expect(foundOfApplications()).toEqual(APPLICATION_CANARIES);
		propose();
		carryOut();
		writeThrough(ctx.db);
		expect(foundOfApplications()).toEqual([]);
		expect(found()).toEqual(['canary.address']);
		// The one step of the draft, which goes whole.
		expect(kept()).toEqual(before.map(([table, count]) => [table, table === 'accreditation_step' ? Number(count) - 1 : count]));
		expect(one('SELECT group_concat(choice || person_id) FROM vote')).toBe(choices);
		expect(one('SELECT count(*) FROM accreditation_application WHERE person_id = ? AND reference IS NULL', person)).toBe(0);
		expect(one("SELECT json_extract(answer, '$.fields.a') FROM accreditation_request WHERE id = 'rx'")).toBe('Good work');
		expect([ctx.db.sql.pragma('foreign_key_check'), checkApplications(ctx).differences]).toEqual([[], []]);
		expect(submissionsOf(ctx.db, standingByReference(ctx.db, sent).application.id)).toMatchObject([{ isIntact: true, content: { sections: [], asked: [] } }]);
		for (const change of ["UPDATE vote SET words = 'x'", "UPDATE decision SET words = 'x'", "UPDATE accreditation_submission SET content = '{}'"])
			expect(() => run(change)).toThrow('never');
	});

	test('waits while an application for accreditation is being dealt with', () => {
		inPanel(ctx, { id: person, ctx });
		expect(() => propose()).toThrow('has to be decided or withdrawn first');
	});

	test('keeps what the register must be able to say, the chain whole, and everybody else as they were', () => {
		const number = one('SELECT number FROM registration WHERE person_id = ?', person);
		const theirs = () =>
			JSON.stringify(ctx.db.sql.prepare('SELECT * FROM person p JOIN person_name USING (id) WHERE p.id <> ?').all(person)) +
			one('SELECT count(*) FROM listing WHERE person_id = ?', other);
		const before = theirs();
		propose();
		carryOut();
		expect(theirs()).toBe(before);
		expect(one('SELECT count(*) FROM registration WHERE number = ?', number)).toBe(1);
		expect(one('SELECT count(*) FROM award_term t JOIN award a ON a.id = t.award_id WHERE a.person_id = ?', person)).toBe(1);
		expect(one('SELECT total_pence FROM invoice')).toBe(5000);
		expect(ctx.db.sql.prepare('SELECT DISTINCT given_names, family_name FROM person_name WHERE person_id = ?').all(person)).toEqual([
			{ given_names: 'Name', family_name: 'erased' },
		]);
		for (const table of ['account', 'cpd_entry', 'cpd_year', 'listing', 'person_note', 'consent', 'device'])
			expect([table, one(`SELECT count(*) FROM ${table} WHERE ${table === 'device' ? "id = 'd1'" : `person_id = '${person}'`}`)]).toEqual([table, 0]);
		expect(one('SELECT count(*) FROM destruction_open')).toBe(0);
		expect(ctx.db.sql.pragma('foreign_key_check')).toEqual([]);
		expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
		expect(dataRequestFor(first, reference)).toMatchObject({ outcome: 'done', said: '(erased)' });
		expect(() => carryOut()).toThrow('no open request');
	});

	test('is all or nothing', () => {
		propose();
		const failing = {
			...MEMBERSHIP_HANDLERS,
			onChanged: () => {
				throw new Error('not now');
			},
		};
		expect(() => carryOutErasure(second, reference, { digest: digest() }, failing)).toThrow('not now');
		expect([one('SELECT count(*) FROM account'), one('SELECT count(*) FROM destruction_open')]).toEqual([1, 0]);
		expect(() => run("DELETE FROM consent WHERE id = 'c1'")).toThrow('never deleted');
	});

	test('is told in a last message without a name', () => {
		const { settings } = ctx;
		expectGoldenMail(mailErased({ settings, to: 'a@example.org', reference: 'DAT-2222-2222', purgeOn: '2026-11-29' }));
	});
});
