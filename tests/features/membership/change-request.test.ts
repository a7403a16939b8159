import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { NAMING_HANDLERS } from '#features/directory/index.ts';
import {
	askBirthDate,
	askNewName,
	birthChangeForm,
	changesWaiting,
	decideChange,
	findPeople,
	nameChangeForm,
	ownChanges,
	peopleForm,
	withdrawChange,
} from '#features/membership/index.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { as } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { mailChangeDecided } from '../../../src/features/membership/change-request-mails.ts';
import { officer, putPerson } from './people.ts';

let register: TestRegister;
let ctx: Ctx;
let ann: string;
let own: Ctx;
let one: Ctx;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	ann = putPerson(ctx, { email: 'ann@example.org', isRegistered: true });
	own = as(ctx, ann, 'member');
	one = officer(ctx, 'membership_officer', 'One');
});
afterEach(() => register.close());

const NEW = { givenNames: 'Ann', familyName: 'Bell', fromOn: '1 October 2026', evidence: 'Marriage certificate' };
const askName = (who: Ctx, typed: Record<string, string> = {}) => askNewName(who, ann, nameChangeForm.parse({ ...NEW, ...typed }));
const decide = (who: Ctx, decision: 'approve' | 'refuse', reason = 'not readable') => {
	const { id, version } = changesWaiting(who)[0] as { id: string; version: number };
	decideChange(who, id, { decision, reason, version }, NAMING_HANDLERS);
};
const names = () =>
	ctx.db.sql.prepare('SELECT family_name AS name, to_on AS toOn, shown_when_former AS shown FROM person_name WHERE person_id = ? ORDER BY rowid').all(ann);
const found = (name: string) => findPeople(one, peopleForm.parse({ q: name })).people.map((p) => p.name);
const mails = () => ctx.db.sql.prepare('SELECT kind FROM outbox').pluck().all();

describe('a new name', () => {
	test('is asked for by the person and given by an officer; until then nothing changes', () => {
		askName(own);
		expect(names()).toEqual([{ name: 'Lee', toOn: null, shown: 0 }]);
		expect(changesWaiting(one)).toMatchObject([{ name: 'Ann Lee', familyName: 'Bell', by: 'Ann Lee', kind: 'name' }]);
		decide(one, 'approve');
		expect(names()).toEqual([
			{ name: 'Lee', toOn: '2026-10-01', shown: 0 },
			{ name: 'Bell', toOn: null, shown: 0 },
		]);
		expect(changesWaiting(one)).toEqual([]);
		expect(mails()).toEqual(['person.change-approved']);
	});

	test('leaves the old one resolving for the office always, and for the public where the person allows it', () => {
		askName(own, { formerIsShown: 'yes' });
		decide(one, 'approve');
		expect([found('lee'), found('bell')]).toEqual([['Ann Bell'], ['Ann Bell']]);
		expect(ctx.db.sql.prepare('SELECT family_name FROM public_name WHERE person_id = ? ORDER BY 1').pluck().all(ann)).toEqual(['Bell', 'Lee']);
	});

	test('noted by the office is approved by another officer, never by the one who noted it, and never by oneself', () => {
		askName(one);
		expect(() => decide(one, 'approve')).toThrow('Somebody else');
		expect(() => decide(as(ctx, ann, 'registrar'), 'approve')).toThrow('Somebody else');
		decide(officer(ctx, 'registrar', 'Two'), 'approve');
		expect(names()).toHaveLength(2);
		expect(() => ctx.db.sql.exec('UPDATE change_request SET decided_by = asked_by')).toThrow('CHECK');
	});

	test('that is refused changes nothing and says why; it can be asked for again', () => {
		askName(own);
		decide(one, 'refuse');
		expect(names()).toHaveLength(1);
		expect(ownChanges(own)).toMatchObject([{ state: 'refused', decisionReason: 'not readable' }]);
		askName(own);
		expect(ownChanges(own)).toHaveLength(2);
	});

	test('has one winner: a second decision, and one on what was withdrawn, change nothing', () => {
		askName(own);
		const seen = changesWaiting(one)[0] as { id: string; version: number };
		decide(one, 'approve');
		const again = () => decideChange(officer(ctx, 'registrar', 'Two'), seen.id, { decision: 'refuse', reason: 'x', version: seen.version }, NAMING_HANDLERS);
		expect(again).toThrow('now approved');
		expect(names()).toHaveLength(2);
	});

	test('is asked for once at a time, taken back by who asked, and by nobody else', () => {
		askName(own);
		expect(() => askName(one)).toThrow('open already');
		const request = ownChanges(own)[0] as { id: string };
		expect(() => withdrawChange(as(ctx, 'somebody', 'member'), request.id)).toThrow('no such request');
		withdrawChange(own, request.id);
		withdrawChange(own, request.id);
		expect(changesWaiting(one)).toEqual([]);
	});

	test('needs something that shows it, a day that has come, and the right to ask', () => {
		expect(() => askName(own, { evidence: '' })).toThrow('what shows');
		expect(() => askName(own, { fromOn: '1 January 2027' })).toThrow('not come yet');
		for (const role of ['member', 'finance', 'administrator', 'external_reviewer'] as const)
			expect(() => askName(as(ctx, 'x', role))).toThrow('does not allow');
		expect(() => changesWaiting(as(ctx, 'x', 'administrator'))).toThrow('does not allow');
	});
});

describe('files that show a change', () => {
	const give = (): string => {
		const id = '0190f0f0-0000-7000-8000-000000000001';
		const text = `INSERT INTO stored_file (id, purpose, owner_person_id, name, type, bytes, sha256, sealed_sha256, sealed_as, created_at)
			VALUES (?, 'change_evidence', ?, 'deed.pdf', 'application/pdf', 1, ?, ?, 'aes-256-gcm/v1', 0)`;
		ctx.db.sql.prepare(text).run(id, ann, 'a'.repeat(64), 'b'.repeat(64));
		return id;
	};
	const gone = () => ctx.db.sql.prepare('SELECT deleted_because FROM stored_file').pluck().get();
	const ask = (file: string) => askNewName(own, ann, nameChangeForm.parse({ ...NEW, evidence: '', files: file }));

	test('are enough by themselves, and are deleted once the request is decided', () => {
		ask(give());
		expect(changesWaiting(one)[0]?.files.map((f) => f.name)).toEqual(['deed.pdf']);
		decide(one, 'approve');
		expect(gone()).toBe('retention');
	});

	test('are deleted when the request is taken back, and never belong to a request of somebody else', () => {
		ask(give());
		withdrawChange(own, ownChanges(own)[0]?.id ?? '');
		expect(gone()).toBe('owner');
		ctx.db.sql.exec('UPDATE stored_file SET deleted_at = NULL, deleted_because = NULL, attached_type = NULL, attached_id = NULL, attached_at = NULL');
		const other = putPerson(ctx, { given: 'Bob' });
		const theirs = () => askNewName(as(ctx, other, 'member'), other, nameChangeForm.parse({ ...NEW, files: '0190f0f0-0000-7000-8000-000000000001' }));
		expect(theirs).toThrow('no longer kept');
	});
});

describe('a birth date', () => {
	test('is changed on approval; the chain holds neither the old nor the new one', () => {
		askBirthDate(own, ann, birthChangeForm.parse({ bornOn: '27/3/1980', evidence: 'Passport seen' }));
		decide(one, 'approve');
		expect(ctx.db.sql.prepare('SELECT born_on FROM person WHERE id = ?').pluck().get(ann)).toBe('1980-03-27');
		expect(JSON.stringify(ctx.db.sql.prepare('SELECT data, reason FROM audit_event').all())).not.toMatch(/1980|Passport/);
		expect(() => askBirthDate(own, ann, birthChangeForm.parse({ bornOn: '1/1/2030', evidence: 'x' }))).toThrow('not a date of birth');
	});
});

describe('the answer by mail', () => {
	test.each([
		['name', true],
		['name', false],
		['birth_date', true],
	] as const)('of a request about a %s, approved: %s', (kind, isApproved) => {
		const facts = {
			settings: ctx.settings,
			to: 'ann@example.org',
			request: { id: 'r1', kind },
			today: '2026-11-22',
			isApproved,
			reason: 'The copy could not be read.',
		};
		expectGoldenMail(mailChangeDecided(facts), kind);
	});
});
