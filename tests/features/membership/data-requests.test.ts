import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx, Person } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import {
	mailDataRequestAcknowledged,
	mailDataRequestAnswered,
	mailDataRequestExtended,
	mailDataRequestReceived,
} from '#features/membership/data-request-mails.ts';
import {
	askAboutData,
	dataAnswerForm,
	dataAsHtml,
	dataRequestFor,
	dataRequests,
	dealWithDataRequest,
	exportOwnData,
	gatherData,
	ownDataRequest,
	ownDataRequests,
	retentionTable,
	withdrawDataRequest,
} from '#features/membership/index.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

let register: TestRegister;
let ann: Ctx;
let ben: Ctx;
let officer: Ctx;
beforeEach(() => {
	register = registerIn('2026-11-22');
	[ann, ben, officer] = ['ann', 'ben', 'officer'].map((slug) =>
		as(listTherapist(register.ctx.db, slug), slug === 'officer' ? ['membership_officer'] : ['member']),
	) as [Ctx, Ctx, Ctx];
});
afterEach(() => register.close());

function as(personId: string, roles: Role[], day = '2026-11-22'): Ctx {
	const now = noonOn(day);
	return { ...register.ctx, now, today: day, actor: { kind: 'person', personId, accountId: `account-${personId}`, roles, level: 2, provedAt: now } };
}
const idOf = (ctx: Ctx) => (ctx.actor as Person).personId;
const on = (ctx: Ctx, day: string) => as(idOf(ctx), [...(ctx.actor as Person).roles], day);
const ask = (ctx = ann, repeatKey = 'r'.repeat(30), said = 'My name is spelled wrongly.') => askAboutData(ctx, { kind: 'correction', said, repeatKey });
const deal = (ctx: Ctx, reference: string, act: string, words = '') =>
	dealWithDataRequest(ctx, reference, dataAnswerForm.parse({ act, words, version: dataRequestFor(ctx, reference).version }));
const kinds = () => register.ctx.db.sql.prepare("SELECT kind FROM audit_event WHERE kind LIKE 'data%' ORDER BY seq").pluck().all();
const mails = () => register.ctx.db.sql.prepare('SELECT kind FROM outbox ORDER BY created_at, rowid').pluck().all();

describe('a request about data', () => {
	test('has a month to be answered and five working days to be acknowledged, counted in days that are worked', () => {
		const request = ownDataRequest(ann, ask());
		expect(request).toMatchObject({ dueOn: '2026-12-22', acknowledgeByOn: '2026-11-27', outcome: null });
		// 25 December + a month is a Monday; 26 November + a month is a Saturday and a holiday follows.
		expect(ownDataRequest(on(ann, '2026-11-26'), ask(on(ann, '2026-11-26'), 's'.repeat(30))).dueOn).toBe('2026-12-29');
		expect(ownDataRequest(on(ann, '2027-01-31'), ask(on(ann, '2027-01-31'), 't'.repeat(30))).dueOn).toBe('2027-03-01');
	});

	test('sent twice is one, and mailed once', () => {
		expect(ask()).toBe(ask());
		expect(ownDataRequests(ann)).toHaveLength(1);
		expect(mails()).toEqual(['data_request.received']);
	});

	test('is acknowledged, given more time once, and answered, each told by mail', () => {
		const reference = ask();
		deal(officer, reference, 'acknowledge');
		expect(() => deal(officer, reference, 'acknowledge')).toThrow('acknowledged already');
		deal(officer, reference, 'extend', 'We must ask the training body.');
		expect(ownDataRequest(ann, reference)).toMatchObject({ dueOn: '2027-02-22', extendedBecause: 'We must ask the training body.' });
		expect(() => deal(officer, reference, 'extend', 'again')).toThrow('more time already');
		deal(officer, reference, 'done', 'It is spelled as you say now.');
		expect(ownDataRequest(ann, reference)).toMatchObject({ outcome: 'done', answer: 'It is spelled as you say now.' });
		expect(() => deal(officer, reference, 'refused', 'no')).toThrow('answered');
		expect(kinds()).toEqual(['data_request.made', 'data_request.acknowledged', 'data_request.extended', 'data_request.answered']);
		expect(mails()).toEqual(['data_request.received', 'data_request.acknowledged', 'data_request.extended', 'data_request.answered']);
	});

	test('is given no more time once it is late', () => {
		const reference = ask();
		expect(() => deal(on(officer, '2026-12-23'), reference, 'extend', 'x')).toThrow('before the answer was due');
		expect(dataRequests(on(officer, '2026-12-23'))).toMatchObject([{ reference, isLate: true }]);
		expect(dataRequests(on(officer, '2026-11-30'))).toMatchObject([{ isLate: true }]);
	});

	test('cannot be answered without words, in an old version, by a member, or by the one who asked', () => {
		const reference = ask();
		expect(dataAnswerForm.safeParse({ act: 'done', words: ' ', version: '1' }).success).toBe(false);
		expect(() => dealWithDataRequest(officer, reference, { act: 'done', words: 'x', version: 7 })).toThrow('changed this request');
		expect(() => dealWithDataRequest(ben, reference, { act: 'done', words: 'x', version: 1 })).toThrow('does not allow');
		const own = ask(officer, 'o'.repeat(30));
		expect(() => deal(officer, own, 'done', 'x')).toThrow('Somebody else');
		expect(dataRequestFor(officer, own).mayAnswer).toBe(false);
	});

	test('is nobody else’s to see or take back', () => {
		const reference = ask();
		for (const read of [() => ownDataRequest(ben, reference), () => withdrawDataRequest(ben, reference)]) expect(read).toThrow('no such request');
		expect(() => dataRequests(ben)).toThrow('does not allow');
		withdrawDataRequest(ann, reference);
		expect(ownDataRequest(ann, reference).outcome).toBe('withdrawn');
		expect(() => withdrawDataRequest(ann, reference)).toThrow('answered already');
	});

	test('may be one of five that wait', () => {
		for (let i = 0; i < 5; i += 1) ask(ann, String(i).repeat(30));
		expect(() => ask(ann, '9'.repeat(30))).toThrow('5 requests');
	});

	test('writes mails that say nothing about anyone', () => {
		const facts = { settings: register.ctx.settings, to: 'ann@therapist.example', request: { reference: 'DAT-2345-6789', dueOn: '2026-12-22' } };
		for (const mail of [mailDataRequestReceived, mailDataRequestAcknowledged, mailDataRequestExtended, mailDataRequestAnswered]) expectGoldenMail(mail(facts));
	});
});

describe('everything held about me', () => {
	const run = (text: string, ...values: unknown[]) => register.ctx.db.sql.prepare(text).run(...values);
	/** A word of their own in every table that takes free text. */
	function mark(ctx: Ctx, word: string): void {
		const id = idOf(ctx);
		run('UPDATE listing SET about = ? WHERE person_id = ?', `${word}-about`, id);
		run(
			'INSERT INTO account (id, person_id, email, email_key, password_hash, passkey_handle, created_at) VALUES (?, ?, ?, ?, ?, ?, 0)',
			`acc-${word}`,
			id,
			`${word}@x.example`,
			`${word}@x.example`,
			`${word}-secret-hash`,
			`${word}-handle`,
		);
		run(
			"INSERT INTO account_link (token_hash, purpose, account_id, email, created_at, expires_at) VALUES (?, 'reset', ?, ?, 0, 1)",
			`${word}-secret-token`,
			`acc-${word}`,
			`${word}@x.example`,
		);
		run(
			"INSERT INTO outbox (id, kind, dedupe_key, process_id, to_address, subject, body, created_at, due_at) VALUES (?, 'k', ?, 'p', ?, 's', ?, 0, 0)",
			newId(),
			word,
			`${word.toUpperCase()}@x.example`,
			`${word}-mail https://x.example/link/${word}-secret-link`,
		);
		run("INSERT INTO role_grant VALUES (?, ?, 'auditor', '2026-01-01', NULL, 'granter-name', ?)", newId(), id, `${word}-role`);
		run(
			"INSERT INTO enquiry (id, reference, person_id, created_at, sender_name, sender_email, reply_by, message, token_hash, repeat_key, answer_due_on, purge_on) VALUES (?, ?, ?, 0, 'third-party', 'third-party@x.example', 'email', 'third-party', ?, ?, '2026-11-25', '2026-12-22')",
			newId(),
			`ENQ-${word}`,
			id,
			`${word}-secret-enquiry`,
			word,
		);
	}

	test('is mine in every table, and holds nobody else’s word, no secret and no third party', () => {
		mark(ann, 'annword');
		mark(ben, 'benword');
		ask(ann, 'a'.repeat(30), 'annword-request');
		ask(ben, 'b'.repeat(30), 'benword-request');
		const json = JSON.stringify(exportOwnData(ann, 'json'));
		for (const word of ['annword-about', 'annword@x.example', 'annword-mail', 'annword-role', 'ENQ-annword', 'annword-request']) expect(json).toContain(word);
		for (const word of ['benword', 'BENWORD', '-secret-', 'third-party', 'granter-name', idOf(ben), idOf(officer)]) expect(json).not.toContain(word);
		const tables = gatherData(ann, idOf(ann)).sections.map(({ table }) => table);
		for (const table of ['person', 'person_name', 'registration', 'award', 'membership_period', 'listing', 'account', 'outbox', 'data_request', 'audit_event'])
			expect(tables).toContain(table);
	});

	test('says of each table how long it is kept, and until when where that is known', () => {
		mark(ann, 'annword');
		const { sections } = gatherData(ann, idOf(ann));
		const of = (table: string) => sections.find((section) => section.table === table);
		expect(of('registration')).toMatchObject({ kept: expect.stringContaining('as long as there is a register'), keptToOn: null });
		expect(of('membership_period')).toMatchObject({ kept: expect.stringContaining('6 years after your membership ends'), keptToOn: null });
		expect(of('enquiry')).toMatchObject({ kept: expect.stringContaining('1 month after each entry'), keptToOn: '1970-02-01' });
		expect(retentionTable(ann).length).toBe(13);
		expect(JSON.stringify(retentionTable(ann))).toContain('Applications for accreditation and decisions');
	});

	test('needs a proof that is fresh, is an event itself, and may be had ten times a day', () => {
		const stale = { ...ann, actor: { ...(ann.actor as Person), provedAt: ann.now - 25 * 60_000 } };
		expect(() => exportOwnData(stale, 'json')).toThrow('Confirm');
		for (let i = 0; i < 10; i += 1) exportOwnData(ann, 'html');
		expect(() => exportOwnData(ann, 'json')).toThrow('ten times');
		expect(kinds()).toEqual(Array(10).fill('data.exported'));
	});

	test('is readable as a page that runs nothing', () => {
		run('UPDATE listing SET about = ? WHERE person_id = ?', '<script>alert(1)</script>"\'&', idOf(ann));
		const html = dataAsHtml(exportOwnData(ann, 'html'));
		expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
		expect(html).not.toMatch(/<script|<img|<link/);
		expect(html.match(/<h1>/g)).toHaveLength(1);
	});
});
