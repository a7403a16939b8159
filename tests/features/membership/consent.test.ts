import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { chooseConsent, consentInForce, consentsOf, consentTextsOn, recordConsent, withdrawConsent } from '#features/membership/index.ts';
import { as, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let register: TestRegister;
let ctx: Ctx;
let personId: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	personId = putPayer(ctx);
});
afterEach(() => register.close());

const give = (purpose: string, version: string) => commit(ctx, { name: 'test' }, (tx) => recordConsent(tx, personId, { purpose, version }));
const events = (kind: string) => ctx.db.sql.prepare('SELECT count(*) FROM audit_event WHERE kind = ?').pluck().get(kind);
const newVersion = (purpose: string) =>
	ctx.db.sql
		.prepare("INSERT INTO rule_set SELECT kind, '2027-1', '2026-11-01', data FROM rule_set WHERE kind = ? AND version = '2026-1'")
		.run(`consent.${purpose}`);

describe('the ledger of consents', () => {
	test('says what was agreed to, in which version and when, and when it was withdrawn', () => {
		give('reminders', '2026-1');
		expect(consentsOf(ctx, personId)).toMatchObject([
			{ purpose: 'reminders', title: 'Reminders by e-mail', version: '2026-1', givenOn: '2026-11-22', endedOn: null },
		]);
		commit(ctx, { name: 'test' }, (tx) => withdrawConsent(tx, personId, { purpose: 'reminders' }));
		expect(consentsOf(ctx, personId)).toMatchObject([{ endedOn: '2026-11-22', endReason: 'withdrawn' }]);
		expect(consentInForce(ctx, personId, 'reminders')).toBeNull();
	});

	test('takes the same agreement once, and a newer wording in the place of the older', () => {
		give('privacy', '2026-1');
		expect(() => give('privacy', '2026-1')).toThrow('without recording an event');
		expect(events('consent.given')).toBe(1);
		newVersion('privacy');
		give('privacy', '2027-1');
		expect(consentInForce(ctx, personId, 'privacy')).toBe('2027-1');
		expect(consentsOf(ctx, personId).map((c) => [c.version, c.endReason])).toEqual(
			expect.arrayContaining([
				['2027-1', null],
				['2026-1', 'replaced'],
			]),
		);
	});

	test('knows the declarations of joining, and refuses a wording that never was', () => {
		give('conduct', '2026-1');
		expect(consentsOf(ctx, personId)[0]).toMatchObject({ title: 'Code of conduct', isChoice: false });
		expect(() => give('conduct', '1999')).toThrow('no wording');
		expect(() => give('everything', '2026-1')).toThrow('no wording');
	});

	test('stands beside what a listing shows, which is kept by the listing', () => {
		ctx.db.sql.prepare("INSERT INTO listing_consent (person_id, field, wording, given_at) VALUES (?, 'photo', '2026-1', 5)").run(personId);
		expect(consentsOf(ctx, personId)).toMatchObject([{ title: 'Listing: photo', givenOn: '1970-01-01' }]);
	});

	test('is never rewritten or deleted', () => {
		give('privacy', '2026-1');
		expect(() => ctx.db.sql.exec("UPDATE consent SET version = '2025-1'")).toThrow('never rewritten');
		expect(() => ctx.db.sql.exec('DELETE FROM consent')).toThrow('never deleted');
	});
});

describe('someone who chooses', () => {
	const choose = (purpose: string, version: string, agrees: boolean) => chooseConsent(as(ctx, personId, 'member'), { purpose, version, agrees });

	test('agrees and takes it back; sending it twice changes nothing twice', () => {
		choose('news', '2026-1', true);
		choose('news', '2026-1', true);
		expect(events('consent.given')).toBe(1);
		choose('news', '2026-1', false);
		choose('news', '2026-1', false);
		expect(events('consent.withdrawn')).toBe(1);
	});

	test('cannot withdraw a declaration, nor agree to words that have changed since', () => {
		expect(() => choose('conduct', '2026-1', false)).toThrow('cannot be chosen');
		newVersion('news');
		expect(() => choose('news', '2026-1', true)).toThrow('changed in the meantime');
		expect(consentTextsOn(ctx.db, ctx.today).find((t) => t.purpose === 'news')?.version).toBe('2027-1');
	});

	test('is someone who is signed in', () => {
		expect(() => chooseConsent({ ...ctx, actor: { kind: 'public' } }, { purpose: 'news', version: '2026-1', agrees: true })).toThrow('Sign in');
	});
});
