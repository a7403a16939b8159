import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import {
	changeMembership,
	changeName,
	changePerson,
	correctName,
	putPersonOnFile,
	recordCoreProfession,
	recordFormerName,
	recordLeave,
	startMembership,
} from '#features/membership/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

const NOBODY = { title: null, gender: null, email: null, phone: null, diedOn: null, importKey: null };
let folder: ReturnType<typeof temporaryFolder>;
let ctx: Ctx;
let ann: string;
beforeEach(() => {
	folder = temporaryFolder();
	ctx = testCtx(emptyRegister(folder.path), '2026-11-22');
	ann = act((tx) => putPersonOnFile(tx, { givenNames: 'Ann', familyName: 'Lee' }, { ...NOBODY, email: 'ann@example.org' }));
});
afterEach(() => {
	ctx.db.sql.close();
	folder.remove();
});

const act = <T>(work: (tx: Tx) => T): T => commit(ctx, { name: 'test' }, work);
const rows = (text: string) => ctx.db.sql.prepare(text).all();
const kinds = () => ctx.db.sql.prepare('SELECT kind FROM audit_event ORDER BY seq').pluck().all();

describe('a person', () => {
	test('is put on file under a name that can be looked up at once', () => {
		expect(rows('SELECT key FROM name_key ORDER BY key')).toEqual([{ key: 'ann lee' }, { key: 'lee ann' }]);
		expect(kinds()).toEqual(['person.created']);
	});

	test('is changed only where something is said, and no value of theirs is in the chain', () => {
		act((tx) => changePerson(tx, ann, { phone: '020 7946 0001' }));
		expect(rows('SELECT email, phone, version FROM person')).toEqual([{ email: 'ann@example.org', phone: '020 7946 0001', version: 2 }]);
		expect(JSON.stringify(rows('SELECT data FROM audit_event'))).not.toMatch(/Lee|7946|example\.org/);
	});

	test('who is not there cannot be changed', () => {
		expect(() => act((tx) => changePerson(tx, 'nobody', { phone: '1' }))).toThrow('no such person');
		expect(() => act((tx) => correctName(tx, 'nobody', { givenNames: 'A', familyName: 'B' }))).toThrow('no such person');
	});
});

describe('a name', () => {
	test('that is new closes the old one on that day, and keeps it back unless it may be shown', () => {
		act((tx) => changeName(tx, ann, { givenNames: 'Ann', familyName: 'Bell' }, { on: '2026-10-01', formerIsShown: false }));
		expect(rows('SELECT family_name AS name, from_on AS fromOn, to_on AS toOn, shown_when_former AS shown FROM person_name ORDER BY rowid')).toEqual([
			{ name: 'Lee', fromOn: null, toOn: '2026-10-01', shown: 0 },
			{ name: 'Bell', fromOn: '2026-10-01', toOn: null, shown: 0 },
		]);
		expect(rows("SELECT 1 FROM public_name_key WHERE key = 'lee ann'")).toEqual([]);
	});

	test('that is only spelt better makes no former name', () => {
		act((tx) => correctName(tx, ann, { givenNames: 'Anne', familyName: 'Lee' }));
		expect(rows('SELECT key FROM name_key ORDER BY key')).toEqual([{ key: 'anne lee' }, { key: 'lee anne' }]);
		expect(rows('SELECT 1 FROM person_name')).toHaveLength(1);
	});

	test('of earlier days is recorded once, and found when it may be shown', () => {
		const former = { givenNames: 'Ann', familyName: 'Old', toOn: '2015-01-01', isShown: true };
		act((tx) => recordFormerName(tx, ann, { ...former, isShown: false }));
		act((tx) => recordFormerName(tx, ann, former));
		expect(rows("SELECT shown_when_former AS shown FROM person_name WHERE family_name = 'Old'")).toEqual([{ shown: 1 }]);
		expect(rows("SELECT key FROM public_name_key WHERE key = 'old ann'")).toHaveLength(1);
	});
});

describe('membership', () => {
	const period = { category: 'plus' as const, fromOn: '2020-01-01', paidToOn: '2026-12-31', endedOn: null, endReason: null, employer: null };

	test('is begun, renewed and ended in one row', () => {
		act((tx) => startMembership(tx, ann, period));
		act((tx) => changeMembership(tx, ann, { ...period, endedOn: '2026-11-01', endReason: 'resigned' }));
		expect(rows('SELECT paid_to_on AS paidTo, end_reason AS reason FROM membership_period')).toEqual([{ paidTo: '2026-12-31', reason: 'resigned' }]);
		expect(kinds().slice(1)).toEqual(['membership.started', 'membership.changed']);
	});

	test('that ends before it begins is stopped by the database, with nothing written', () => {
		expect(() => act((tx) => startMembership(tx, ann, { ...period, paidToOn: '2019-01-01' }))).toThrow('CHECK');
		expect(kinds()).toEqual(['person.created']);
	});

	test('leave that began on the same day is given another end', () => {
		act((tx) => recordLeave(tx, ann, { fromOn: '2026-01-01', toOn: '2026-06-30' }));
		act((tx) => recordLeave(tx, ann, { fromOn: '2026-01-01', toOn: '2026-12-31' }));
		expect(rows('SELECT to_on AS toOn FROM membership_leave')).toEqual([{ toOn: '2026-12-31' }]);
	});

	test('another number with the same body closes the old registration the day before', () => {
		const core = { body: 'HCPC', reference: 'PYL1', standing: 'registered' as const, checkedOn: '2026-01-01', fromOn: '2020-01-01' };
		act((tx) => recordCoreProfession(tx, ann, core));
		act((tx) => recordCoreProfession(tx, ann, { ...core, checkedOn: '2026-06-01' }));
		act((tx) => recordCoreProfession(tx, ann, { ...core, reference: 'PYL2', fromOn: '2026-07-01' }));
		expect(rows('SELECT reference, checked_on AS checkedOn, to_on AS toOn FROM core_profession ORDER BY from_on')).toEqual([
			{ reference: 'PYL1', checkedOn: '2026-06-01', toOn: '2026-06-30' },
			{ reference: 'PYL2', checkedOn: '2026-01-01', toOn: null },
		]);
	});
});
