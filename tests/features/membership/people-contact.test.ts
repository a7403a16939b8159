import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { openAccount } from '#features/accounts/index.ts';
import { contactForm, correctContact, personFile } from '#features/membership/index.ts';
import { as } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
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

const correct = (typed: Record<string, string>, who = asOfficer) => {
	const file = personFile(asOfficer, ann);
	const form = { title: '', email: file.email ?? '', phone: '', reason: 'asked by letter', version: String(file.version), ...typed };
	correctContact(who, file, contactForm.parse(form));
};

describe('how to reach someone', () => {
	test('is corrected with a reason that stands in the audit', () => {
		correct({ email: 'New@Example.org', phone: '020 7946 0001' });
		expect(personFile(asOfficer, ann)).toMatchObject({ email: 'new@example.org', phone: '020 7946 0001' });
		expect(ctx.db.sql.prepare("SELECT reason FROM audit_event WHERE process = 'correct contact'").pluck().all()).toEqual(['asked by letter']);
	});

	test('of somebody with an account: the address they sign in with is not changed here', () => {
		commit(ctx, { name: 'test' }, (tx) => openAccount(tx, ann, 'ann@example.org', null));
		expect(() => correct({ email: 'new@example.org' })).toThrow('They sign in');
		correct({ phone: '020 7946 0001' });
		expect(personFile(asOfficer, ann).email).toBe('ann@example.org');
	});

	test('has one winner when two correct it at once', () => {
		const seen = String(personFile(asOfficer, ann).version);
		correct({ phone: '020 7946 0001' });
		expect(() => correct({ phone: '020 7946 0002', version: seen })).toThrow('meanwhile');
	});

	test('takes no nonsense, and is corrected by an officer only, never by oneself', () => {
		const bad = contactForm.safeParse({ email: 'a@b', phone: 'call me', reason: '', version: 'x' });
		expect(bad.error?.issues.map((issue) => issue.path[0])).toEqual(['email', 'phone', 'reason', 'version']);
		for (const role of ['finance', 'administrator', 'external_reviewer', 'member'] as const)
			expect(() => correct({}, as(ctx, 'x', role))).toThrow('does not allow');
		expect(() => correct({}, as(ctx, ann, 'registrar'))).toThrow('does not allow');
	});
});
