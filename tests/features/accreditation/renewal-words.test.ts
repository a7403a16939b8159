import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import type { Role } from '#core/roles.ts';
import type { Db } from '#db/client.ts';
import { upkeep } from '#features/accreditation/index.ts';
import { assignRenewal } from '#features/accreditation/renewal-assess-commands.ts';
import { askSupport, submitRenewal } from '#features/accreditation/renewal-own-commands.ts';
import { typeLetter, writeAgain } from '#features/accreditation/renewal-request-office.ts';
import { wordRequestsOn } from '#features/accreditation/renewal-request-queries.ts';
import { renewalRules } from '#features/accreditation/renewal-rules.ts';
import { renewalOf } from '#features/accreditation/renewal-step.ts';
import { tendRenewals } from '#features/accreditation/renewal-tend-commands.ts';
import { requestState } from '#features/accreditation/request-state.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { accreditedMember, as, colleague, supervises } from '#tests/helpers/upkeep.ts';
import { jar } from './asked.ts';

const TODAY = '2026-11-23';
const URSEL = 'ursel@outside.example';
let folder: ReturnType<typeof temporaryFolder>;
let db: Db;
let ctx: Ctx;
let officer: string;
let mary: string;
beforeEach(async () => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
	ctx = testCtx(db, TODAY);
	officer = colleague(db, 'Olive', 'membership_officer');
	mary = accreditedMember(db, 'Mary', [{ fromOn: '2026-03-01', toOn: '2027-02-28' }], TODAY);
	supervises(db, colleague(db, 'Sup', 'assessor'), mary, '2026-10-01');
	await tendRenewals(ctx);
});
afterEach(() => {
	db.sql.close();
	folder.remove();
});

const who = (person: string, day: string, ...roles: Role[]) => as(ctx, person, roles, day);
const me = (day = TODAY) => who(mary, day, 'member');
const office = (day = TODAY) => who(officer, day, 'membership_officer');
const visitor = (day = TODAY): Ctx => ({ ...testCtx(db, day), actor: { kind: 'public' } });
const standing = (day = TODAY) => {
	const found = renewalOf(testCtx(db, day), mary);
	if (!found) throw new Error('none');
	return found;
};
const rows = () => wordRequestsOn(db, standing().renewal.id);
const states = (day = TODAY) => rows().map((row) => requestState(row, day));
const mails = (to: string) => db.sql.prepare('SELECT kind FROM outbox WHERE to_address = ? ORDER BY rowid').pluck().all(to) as string[];
const tokenTo = (to: string) => {
	const bodies = db.sql.prepare('SELECT body FROM outbox WHERE to_address = ? ORDER BY rowid').pluck().all(to) as string[];
	return bodies.map((body) => /accreditation\/word\/([\w-]{43})/.exec(body)?.[1]).findLast(Boolean) ?? '';
};
const ask = (email = URSEL, name = 'Ursel Other', day = TODAY) => askSupport(me(day), { person: 'other', name, email });
const opened = (day = TODAY) => {
	const cookies = jar();
	upkeep.openWordLink(visitor(day), cookies, tokenTo(URSEL));
	return () => upkeep.wordInHand(visitor(day), cookies);
};
const send = (day = TODAY) =>
	submitRenewal(me(day), { seen: standing(day).seen, practises: 'yes', practice: 'Two days.', declare: renewalRules(db, day).declaration });
const wrong = (status: number, more = {}) => expect.objectContaining({ status, ...more });

describe('somebody without an account', () => {
	test('is asked by a link, once, and their word counts like a supervisor’s', () => {
		ask();
		ask();
		expect([mails(URSEL), states()]).toEqual([['renewal.request'], ['sent']]);
		const row = opened();
		expect(upkeep.answerWordFirst(visitor(), row(), 'yes')).toBe('step=write');
		const word = { answer: 'supports', words: 'Sound work.', signedName: 'Ursel Other' } as const;
		upkeep.giveWord(visitor(), row(), word);
		upkeep.giveWord(visitor(), row(), word);
		expect(states()).toEqual(['answered']);
		send();
		expect(standing().state.reasons).toEqual([]);
		expect(mails('mary@member.example').filter((kind) => kind.startsWith('renewal.request'))).toEqual(['renewal.request-answered']);
		expect(db.sql.prepare("SELECT count(*) FROM audit_event WHERE kind = 'renewal.request_ended'").pluck().get()).toBe(1);
	});

	test('is named by nothing that a mail scanner opens: looking changes nothing, pressing exchanges the link, answering uses it up', () => {
		ask();
		const before = db.sql.prepare('SELECT count(*) FROM audit_event').pluck().get();
		expect([upkeep.wordLinkAt(visitor(), tokenTo(URSEL)), upkeep.wordLinkAt(visitor(), tokenTo(URSEL))]).toEqual(['live', 'live']);
		expect([states(), db.sql.prepare('SELECT count(*) FROM audit_event').pluck().get()]).toEqual([['sent'], before]);
		expect(() => upkeep.wordLinkAt(visitor(), 'A'.repeat(43))).toThrowError(wrong(404));
		const row = opened();
		expect(states()).toEqual(['opened']);
		upkeep.giveWord(visitor(), row(), { answer: 'cannot_say', words: '', signedName: 'Ursel' });
		expect(upkeep.wordLinkAt(visitor(), tokenTo(URSEL))).toBe('used');
		expect(() => upkeep.openWordLink(visitor(), jar(), tokenTo(URSEL))).toThrow('answered already');
	});

	test('can decline, say wrong person, or ask for more time once; the member hears that somebody else is needed, not why', () => {
		ask();
		const row = opened();
		const due = row().dueOn;
		expect(upkeep.answerWordFirst(visitor(), row(), 'time')).toBe('done=time');
		expect(row().dueOn > due).toBe(true);
		expect(() => upkeep.answerWordFirst(visitor(), row(), 'time')).toThrow('more time already');
		upkeep.answerWordFirst(visitor(), row(), 'wrong');
		expect([states(), mails('mary@member.example').at(-1)]).toEqual([['wrong_person'], 'renewal.request-another']);
		ask('another@outside.example', 'Ann Other');
		expect(states()).toEqual(['wrong_person', 'sent']);
	});

	test('is not oneself, and says what concerns them', () => {
		expect(() => ask('MARY@member.example')).toThrowError(wrong(422, { field: 'email' }));
		ask();
		expect(() => upkeep.giveWord(visitor(), opened()(), { answer: 'has_concerns', words: '', signedName: 'U' })).toThrowError(wrong(422, { field: 'words' }));
	});

	test('out of the supervision log is asked without being named again, and the member never sees the address', () => {
		const relation = `INSERT INTO supervision_relation (id, supervisee_id, asked_by, asked_at, from_on, agreed_at, outside_name, outside_profession, outside_email, outside_key)
			VALUES ('rel', ?, 'supervisee', 0, '2020-01-01', 1, 'Ursel Other', 'Psychologist', ?, 'k')`;
		db.sql.prepare(relation).run(mary, URSEL);
		expect(upkeep.supportersFor(me(), mary).map(({ label }) => label)).toContain('Ursel Other (by a link)');
		askSupport(me(), { person: 'rel' });
		expect(mails(URSEL)).toEqual(['renewal.request']);
		expect(JSON.stringify(upkeep.ownRenewal(me()).support)).not.toContain(URSEL);
	});
});

describe('time', () => {
	test('reminds, and ends what nobody answered; the member may name somebody else', async () => {
		ask();
		const due = rows()[0]?.dueOn ?? '';
		for (let n = 0; addDays(TODAY, n) <= addDays(due, 1); n += 1) await tendRenewals(testCtx(db, addDays(TODAY, n)));
		const reminders = mails(URSEL).filter((kind) => kind === 'renewal.request-reminder').length;
		expect([reminders > 0, states(addDays(due, 1))]).toEqual([true, ['expired']]);
		expect(mails('mary@member.example')).toContain('renewal.request-another');
	});

	test('a message that comes back is told to member and office on the same day; named again, the earlier link ends', async () => {
		ask();
		const first = tokenTo(URSEL);
		db.sql.prepare("UPDATE outbox SET failed_at = 1, last_error = '550 unknown' WHERE to_address = ?").run(URSEL);
		await tendRenewals(ctx);
		await tendRenewals(ctx);
		expect(states()).toEqual(['bounced']);
		expect(mails('mary@member.example').filter((kind) => kind === 'renewal.request-bounced')).toHaveLength(1);
		expect(mails(ctx.settings.organisation.email)).toEqual(['renewal.request-bounced-office']);
		ask('right@outside.example');
		expect([states(), upkeep.wordLinkAt(visitor(), first)]).toEqual([['cancelled', 'sent'], 'over']);
	});
});

describe('the office', () => {
	test('types in a letter: of somebody who was asked it ends the link, and it counts', () => {
		ask();
		const { reference } = standing().renewal;
		const letter = { seen: standing().seen, name: 'Ursel Other', answer: 'supports' as const, words: 'Sound.' };
		typeLetter(office(), reference, letter);
		expect([states(), upkeep.wordLinkAt(visitor(), tokenTo(URSEL))]).toEqual([['answered'], 'used']);
		expect(() => typeLetter(office(), reference, letter)).toThrow('answered already');
		typeLetter(office(), reference, { ...letter, name: 'Ann Other' });
		send();
		expect(standing().state.reasons).toEqual([]);
		expect(() => typeLetter(me(), reference, letter)).toThrowError(wrong(404));
	});

	test('writes again at a corrected address, and the earlier link ends', () => {
		ask();
		const first = tokenTo(URSEL);
		const { reference } = standing().renewal;
		writeAgain(testAt(1), reference, { seen: standing().seen, request: rows()[0]?.id ?? '', email: 'right@outside.example' });
		expect(mails('right@outside.example')).toEqual(['renewal.request']);
		expect(() => upkeep.wordLinkAt(visitor(), first)).toThrowError(wrong(404));
	});
	const testAt = (minutes: number): Ctx => ({ ...office(), now: office().now + minutes * 60_000 });

	test('cannot give it to whoever spoke for the member', () => {
		const ines = colleague(db, 'Ines', 'assessor');
		ask('ines@office.example', 'Ines');
		send();
		const { reference } = standing().renewal;
		expect(() => assignRenewal(office(), reference, { seen: standing().seen, person: ines })).toThrow('cannot be chosen');
		const put = 'INSERT INTO upkeep_reviewer (id, renewal_id, person_id, place, assigned_by, assigned_at) VALUES (?, ?, ?, 1, ?, 0)';
		expect(() => db.sql.prepare(put).run('x', standing().renewal.id, ines, 'test')).toThrow('own circle');
	});
});
