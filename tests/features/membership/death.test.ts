import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { queueMail } from '#core/outbox.ts';
import { openAccount } from '#features/accounts/index.ts';
import { MEMBERSHIP_HANDLERS, refreshFinder } from '#features/directory/index.ts';
import {
	changePerson,
	confirmDeath,
	deathOf,
	deathsWaiting,
	mailAddressOf,
	membershipStatusOf,
	recordDeath,
	takeDeathBack,
} from '#features/membership/index.ts';
import { as, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

let register: TestRegister;
let ctx: Ctx;
let officer: Ctx;
let second: Ctx;
let ann: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	ann = listTherapist(ctx.db, 'ann-town', { email: 'ann@x.example' });
	officer = as(ctx, putPayer(ctx, 'Olu', null), 'membership_officer');
	second = as(ctx, putPayer(ctx, 'Reg', null), 'registrar');
	commit(ctx, { name: 'test' }, (tx) => {
		queueMail(tx, { kind: 'x', to: 'ann@x.example', subject: 'x', text: 'x', dedupeKey: 'x' });
		changePerson(tx, ann, {});
		refreshFinder(tx, ann);
	});
});
afterEach(() => register.close());

const record = (diedOn = '2026-11-20') => recordDeath(officer, { personId: ann, diedOn, evidence: 'Their brother wrote' }, MEMBERSHIP_HANDLERS.onChanged);
const listed = () => ctx.db.sql.prepare('SELECT count(*) FROM finder WHERE person_id = ?').pluck().get(ann);
const waitingMail = () => ctx.db.sql.prepare('SELECT count(*) FROM outbox WHERE failed_at IS NULL').pluck().get();
const closed = () => ctx.db.sql.prepare('SELECT disabled_at IS NOT NULL FROM account WHERE person_id = ?').pluck().get(ann);
const standing = () => deathOf(officer, ann) as { id: string; version: number };

describe('a death', () => {
	test('hides the listing at once, stops what waits to be sent, and waits for a second look', () => {
		expect([listed(), waitingMail()]).toEqual([1, 1]);
		record();
		expect([listed(), waitingMail(), mailAddressOf(ctx.db, ann)]).toEqual([0, 0, null]);
		expect(membershipStatusOf(ctx, ann).state).toBe('deceased');
		expect(deathsWaiting(second)).toMatchObject([{ personId: ann, diedOn: '2026-11-20', isOwn: false, isConfirmed: false }]);
	});

	test('is confirmed by somebody else than who recorded it, once', () => {
		record();
		const { id, version } = standing();
		expect(() => confirmDeath(officer, { personId: ann, id, version })).toThrow('Somebody else');
		confirmDeath(second, { personId: ann, id, version });
		expect(deathsWaiting(second)).toEqual([]);
		expect(() => confirmDeath(second, { personId: ann, id, version })).toThrow('already');
		expect(() => takeDeathBack(second, { personId: ann, id, version: version + 1, reason: 'x' }, MEMBERSHIP_HANDLERS.onChanged)).toThrow('already');
	});

	test('taken back leaves all as it was: listing, messages, membership, account', () => {
		commit(ctx, { name: 'test' }, (tx) => openAccount(tx, ann, 'ann@x.example', null));
		record();
		expect(closed()).toBe(1);
		takeDeathBack(second, { personId: ann, ...standing(), reason: 'Another person of this name' }, MEMBERSHIP_HANDLERS.onChanged);
		expect([listed(), waitingMail(), mailAddressOf(ctx.db, ann), membershipStatusOf(ctx, ann).state]).toEqual([1, 1, 'ann@x.example', 'active']);
		expect([deathOf(officer, ann), closed()]).toEqual([null, 0]);
		record('2026-11-21');
		expect(standing()).toMatchObject({ diedOn: '2026-11-21' });
	});

	test('is no day to come or before birth, is recorded once, and never by those who do not keep files', () => {
		expect(() => record('2026-11-23')).toThrow('not come');
		ctx.db.sql.prepare("UPDATE person SET born_on = '1980-01-01' WHERE id = ?").run(ann);
		expect(() => record('1979-12-31')).toThrow('before they were born');
		for (const role of ['finance', 'administrator', 'external_reviewer', 'member'] as const)
			expect(() => recordDeath(as(ctx, putPayer(ctx, 'X', null), role), { personId: ann, diedOn: '2026-11-20', evidence: 'x' }, () => undefined)).toThrow(
				'does not allow',
			);
		record();
		expect(() => record()).toThrow('recorded already');
	});
});
