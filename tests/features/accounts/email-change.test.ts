import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import {
	askToChangeEmail,
	cancelEmailChange,
	changeDueEmails,
	changeEmailByStaff,
	confirmNewEmail,
	disableAccount,
	emailChangesWaiting,
	emailChangeWaitingFor,
	enableAccount,
	keepEmail,
	openEmailChange,
	openLink,
	resetPassword,
	secondEmailChange,
	signIn,
	turnDownEmailChange,
	whoIs,
} from '#features/accounts/index.ts';
import { changePerson } from '#features/membership/index.ts';
import { as, browser, enter, type Jar, mailKinds, mailTo, type Owner, owner, PASSWORD, sessionIn } from '#tests/helpers/account.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const HOUR = 3_600_000;
let register: TestRegister;
let ctx: Ctx;
let ann: Owner;
let jar: Jar;
beforeEach(async () => {
	register = registerIn('2026-11-20');
	ctx = as(register.ctx, { actor: { kind: 'public' }, client: null });
	ann = await owner(ctx, 'ann@member.example');
	jar = await enter(ctx, ann.email);
});
afterEach(() => register.close());

const onChanged: Parameters<typeof confirmNewEmail>[2] = (tx, personId, email) => changePerson(tx, personId, { email });
const emails = () =>
	ctx.db.sql.prepare('SELECT a.email AS account, p.email AS person FROM account a JOIN person p ON p.id = a.person_id WHERE a.id = ?').get(ann.accountId);
const ask = async (email = 'ann@new.example') => askToChangeEmail(ctx, await sessionIn(ctx, jar), email);
const later = (ms: number) => as(ctx, { now: ctx.now + ms });

describe('the owner’s change of address', () => {
	test('counts when the new address answers: then everyone is signed out, and both addresses are told', async () => {
		await ask();
		expect(emails()).toEqual({ account: 'ann@member.example', person: 'ann@member.example' });
		expect(mailKinds(ctx)).toEqual(['account.change-asked', 'account.new-address']);
		confirmNewEmail(ctx, mailTo(ctx, 'new-address', 'ann@new.example').token, onChanged);
		expect(emails()).toEqual({ account: 'ann@new.example', person: 'ann@new.example' });
		expect(await whoIs(ctx, jar.cookies)).toBeNull();
		expect([mailTo(ctx, 'changed-new').to, mailTo(ctx, 'changed-old').to]).toEqual(['ann@new.example', 'ann@member.example']);
		await enter(ctx, 'ann@new.example');
		await expect(enter(ctx, 'ann@member.example')).rejects.toThrow();
	});

	test('is stopped from the old address before it happened: whoever asked is out, and the password is chosen anew', async () => {
		await ask();
		const confirm = mailTo(ctx, 'new-address').token;
		keepEmail(ctx, mailTo(ctx, 'change-asked').token, onChanged);
		expect(() => confirmNewEmail(ctx, confirm, onChanged)).toThrow(Conflict);
		expect([emails(), await whoIs(ctx, jar.cookies)]).toEqual([{ account: 'ann@member.example', person: 'ann@member.example' }, null]);
		expect((await signIn(ctx, browser(), { email: ann.email, password: PASSWORD })).outcome).toBe('refused');
		const own = browser();
		openLink(ctx, own.cookies, mailTo(ctx, 'reset', 'ann@member.example').token);
		await resetPassword(ctx, own, 'seven quiet otters of copper');
		expect((await sessionIn(ctx, own)).accountId).toBe(ann.accountId);
	});

	test('is undone from the old address within 14 days after it happened; the newer link of the two does it', async () => {
		await ask();
		const first = mailTo(ctx, 'change-asked').token;
		confirmNewEmail(ctx, mailTo(ctx, 'new-address').token, onChanged);
		expect(() => keepEmail(ctx, first, onChanged)).toThrow(Conflict);
		const token = mailTo(ctx, 'changed-old').token;
		expect(() => keepEmail(later(14 * 24 * HOUR), token, onChanged)).toThrow('too old');
		keepEmail(later(13 * 24 * HOUR), token, onChanged);
		expect(emails()).toEqual({ account: 'ann@member.example', person: 'ann@member.example' });
		expect(() => keepEmail(ctx, token, onChanged)).toThrow('used already');
	});

	test('to an address that is somebody’s looks the same, and only that mailbox learns of it', async () => {
		await owner(ctx, 'bob@member.example');
		await ask('BOB@member.example');
		expect(openEmailChange(ctx, ann.accountId)?.newEmail).toBe('BOB@member.example');
		expect(mailTo(ctx, 'address-taken').text).not.toContain('/account/link/');
		expect(mailKinds(ctx)).not.toContain('account.new-address');
	});

	test('is refused when someone else took the address meanwhile', async () => {
		await ask();
		await owner(ctx, 'ann@new.example');
		expect(() => confirmNewEmail(ctx, mailTo(ctx, 'new-address').token, onChanged)).toThrow('There is an account with this address by now');
		expect(emails()).toMatchObject({ account: 'ann@member.example' });
	});

	test('needs a recent proof, and can be taken back', async () => {
		const session = await sessionIn(ctx, jar);
		expect(() => askToChangeEmail(later(21 * 60_000), session, 'ann@new.example')).toThrow('Confirm that it is you');
		await ask();
		cancelEmailChange(ctx, session);
		expect(openEmailChange(ctx, ann.accountId)).toBeNull();
		expect(() => cancelEmailChange(ctx, session)).toThrow(Conflict);
		await expect(ask('ANN@member.example')).rejects.toThrow('already');
	});
});

describe('a change of address by the office', () => {
	const officer = async (roles: ('membership_officer' | 'finance' | 'administrator')[] = ['membership_officer'], provedAt = ctx.now) => {
		const someone = await owner(ctx, `${roles[0]}@office.example`, roles);
		return as(ctx, { actor: { kind: 'person', ...someone, roles, level: 2, provedAt } });
	};
	const input = () => ({ personId: ann.personId, newEmail: 'ann@new.example', reason: 'Rang up; answered three questions.' });
	const colleague = async (email = 'second@office.example') => {
		const someone = await owner(ctx, email, ['registrar']);
		return as(ctx, { actor: { kind: 'person', ...someone, roles: ['registrar'], level: 2, provedAt: ctx.now } });
	};
	const waiting = (who: Ctx) => emailChangeWaitingFor(who, ann.personId);
	const confirm = (who: Ctx) => secondEmailChange(who, { id: waiting(who).id, personId: ann.personId });
	const askAndConfirm = async () => {
		changeEmailByStaff(await officer(), input());
		confirm(await colleague());
	};

	test('waits for a second person; then a day, to the second, and the old address is told when it begins', async () => {
		changeEmailByStaff(await officer(), input());
		expect([mailKinds(ctx), openEmailChange(ctx, ann.accountId)?.effectiveAt]).toEqual([[], null]);
		expect(changeDueEmails(later(100 * HOUR), onChanged)).toBe(0);
		confirm(await colleague());
		expect(mailTo(ctx, 'change-by-office').to).toBe('ann@member.example');
		expect(changeDueEmails(later(24 * HOUR - 1000), onChanged)).toBe(0);
		expect(changeDueEmails(later(24 * HOUR), onChanged)).toBe(1);
		expect(emails()).toEqual({ account: 'ann@new.example', person: 'ann@new.example' });
		expect(changeDueEmails(later(48 * HOUR), onChanged)).toBe(0);
		expect(await whoIs(ctx, jar.cookies)).toBeNull();
	});

	test('is confirmed by somebody else than who asked and whose it is, once, with a recent proof; the schema refuses it too', async () => {
		const boss = await officer();
		changeEmailByStaff(boss, input());
		const change = waiting(boss);
		expect([change.requesterName, change.reason, emailChangesWaiting(boss).length]).toEqual(['Ann Example', input().reason, 1]);
		expect(() => confirm(boss)).toThrow('Somebody else has to confirm this');
		const own = as(ctx, { actor: { kind: 'person', ...ann, roles: ['registrar'], level: 2, provedAt: ctx.now } });
		expect(() => confirm(own)).toThrow('does not allow');
		expect(() => emailChangesWaiting(as(ctx, { actor: { kind: 'person', ...ann, roles: ['finance'], level: 2, provedAt: ctx.now } }))).toThrow(
			'does not allow',
		);
		const second = await colleague();
		const slow = { ...second, actor: { ...second.actor, provedAt: 0 } as Ctx['actor'] };
		expect(() => confirm(slow)).toThrow('Confirm that it is you');
		const put = (sets: string) => () => ctx.db.sql.prepare(`UPDATE email_change SET ${sets} WHERE id = ?`).run(change.id);
		expect(put('effective_at = 1')).toThrow('second member of staff');
		expect(put('done_at = 1')).toThrow('second member of staff');
		expect(put('seconded_by = requested_by, seconded_at = 1')).toThrow('CHECK');
		expect(put(`seconded_by = '${ann.personId}', seconded_at = 1`)).toThrow('nobody confirms');
		expect(put("requested_by = 'x'")).toThrow('not rewritten');
		confirm(second);
		expect(() => secondEmailChange(second, { id: change.id, personId: ann.personId })).toThrow(Conflict);
		expect(emailChangesWaiting(boss)).toEqual([]);
	});

	test('says in the audit who asked and who confirmed', async () => {
		await askAndConfirm();
		changeDueEmails(later(24 * HOUR), onChanged);
		const text = "SELECT kind, actor, reason, data FROM audit_event WHERE kind LIKE 'account.email_change%' ORDER BY seq";
		const events = ctx.db.sql.prepare(text).all() as { kind: string; actor: string; reason: string | null; data: string }[];
		const [asked, seconded, done] = events;
		expect(events.map((e) => e.kind)).toEqual(['account.email_change_asked', 'account.email_change_seconded', 'account.email_changed']);
		expect([asked?.reason, asked?.actor === seconded?.actor]).toEqual([input().reason, false]);
		const { askedById, confirmedById } = JSON.parse(done?.data ?? '{}') as Record<string, string>;
		expect([`person:${askedById}`, `person:${confirmedById}`]).toEqual([asked?.actor, seconded?.actor]);
	});

	test('can be turned down with a reason, also by who asked; the owner sees that it waits, and can keep the address', async () => {
		const boss = await officer();
		changeEmailByStaff(boss, input());
		const { id } = waiting(boss);
		expect(() => turnDownEmailChange(boss, { id, personId: ann.personId, reason: ' ' })).toThrow('Say why');
		turnDownEmailChange(boss, { id, personId: ann.personId, reason: 'Another Ann' });
		expect(() => turnDownEmailChange(boss, { id, personId: ann.personId, reason: 'Again' })).toThrow(Conflict);
		changeEmailByStaff(boss, input());
		expect(openEmailChange(ctx, ann.accountId)).toMatchObject({ newEmail: 'ann@new.example', effectiveAt: null });
		cancelEmailChange(ctx, await sessionIn(ctx, jar));
		const second = await colleague();
		expect(() => confirm(second)).toThrow('No change of address waits');
	});

	test('is stopped by the link in that message, without signing the owner out', async () => {
		await askAndConfirm();
		keepEmail(later(HOUR), mailTo(ctx, 'change-by-office').token, onChanged);
		expect(changeDueEmails(later(25 * HOUR), onChanged)).toBe(0);
		expect(await whoIs(ctx, jar.cookies)).not.toBeNull();
	});

	test('falls away when the address was taken meanwhile', async () => {
		await askAndConfirm();
		await owner(ctx, 'ann@new.example');
		changeDueEmails(later(25 * HOUR), onChanged);
		expect([emails(), openEmailChange(ctx, ann.accountId)]).toEqual([{ account: 'ann@member.example', person: 'ann@member.example' }, null]);
	});

	test('needs the role, a reason, a recent proof, and is never for oneself', async () => {
		const boss = await officer();
		const self = boss.actor.kind === 'person' ? boss.actor.personId : '';
		expect(() => changeEmailByStaff(boss, { ...input(), personId: self })).toThrow('does not allow');
		expect(() => changeEmailByStaff(boss, { ...input(), reason: '  ' })).toThrow('Say why');
		const finance = await officer(['finance']);
		expect(() => changeEmailByStaff(finance, input())).toThrow('does not allow');
		const slow = await officer(['administrator'], ctx.now - 21 * 60_000);
		expect(() => changeEmailByStaff(slow, input())).toThrow('Confirm that it is you');
		expect(mailKinds(ctx)).toEqual([]);
	});

	test('an administrator disables an account and opens it again, with a reason; the owner is told both times', async () => {
		const admin = await officer(['administrator']);
		expect(() => disableAccount(admin, ann.personId, '')).toThrow('Say why');
		disableAccount(admin, ann.personId, 'test');
		expect(() => disableAccount(admin, ann.personId, 'test')).toThrow(Conflict);
		enableAccount(admin, ann.personId, 'test');
		expect(mailKinds(ctx)).toEqual(['account.way-in', 'account.way-in']);
		await enter(ctx, ann.email);
	});
});
