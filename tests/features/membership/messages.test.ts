import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { queueMail } from '#core/outbox.ts';
import { changePerson, messagesAbout, messagesGivenUp, messagesSent, messagesTo, sendAgain, setMessageAside } from '#features/membership/index.ts';
import { as, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let register: TestRegister;
let ctx: Ctx;
let officer: Ctx;
let ann: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	ann = putPayer(ctx);
	officer = as(ctx, putPayer(ctx, 'Olu', 'olu@office.example'), 'membership_officer');
});
afterEach(() => register.close());

let keys = 0;
function mail(text = 'Hello', to = 'ann@payer.example', kind = 'membership.reminder', personId = ann): string {
	keys += 1;
	commit(ctx, { name: 'test' }, (tx) => {
		queueMail(tx, { kind, to, subject: 'Something is due', text, dedupeKey: `test:${keys}` });
		changePerson(tx, personId, {});
	});
	return ctx.db.sql.prepare('SELECT id FROM outbox WHERE dedupe_key = ?').pluck().get(`test:${keys}`) as string;
}
const givenUp = (id: string) => {
	ctx.db.sql.prepare("UPDATE outbox SET failed_at = 5, attempts = 9, last_error = '550' WHERE id = ?").run(id);
	return id;
};
const outbox = () => ctx.db.sql.prepare('SELECT to_address FROM outbox WHERE dedupe_key LIKE ?').pluck().all('again:%');
const all = { state: '', kind: '', before: '' } as const;

describe('the list of messages', () => {
	test('says of each what became of it', () => {
		mail();
		givenUp(mail());
		ctx.db.sql.prepare('UPDATE outbox SET sent_at = 6 WHERE id = ?').run(mail());
		ctx.db.sql.prepare("UPDATE outbox SET last_error = '451' WHERE id = ?").run(mail());
		expect(messagesSent(officer, all).messages.map((m) => m.state)).toEqual(['delayed', 'sent', 'given_up', 'queued']);
		expect(messagesSent(officer, { ...all, state: 'open' }).messages).toHaveLength(1);
		expect(messagesGivenUp(ctx)).toBe(1);
	});

	test('goes on where the page before ended, and shows no text', () => {
		for (let i = 0; i < 60; i += 1) mail('a secret text');
		const first = messagesSent(officer, all);
		const second = messagesSent(officer, { ...all, before: first.next ?? '' });
		expect([first.messages.length, second.messages.length, second.next]).toEqual([50, 10, null]);
		expect(JSON.stringify([first, second])).not.toContain('a secret text');
	});

	test('hides the address of someone who wrote to a therapist', () => {
		mail('Hello', 'someone@else.example', 'enquiry.receipt');
		expect(messagesSent(officer, all).messages[0]?.to).toBeNull();
		expect(messagesTo(officer, 'someone@else.example')).toEqual([]);
		mail();
		expect(messagesTo(officer, 'ANN@payer.example')).toHaveLength(1);
	});

	test('is closed to finance, and to a member', () => {
		for (const role of ['finance', 'member', 'external_reviewer'] as const) expect(() => messagesSent(as(ctx, ann, role), all)).toThrow('does not allow');
		expect(() => sendAgain(as(ctx, ann, 'finance'), { id: mail(), to: 'x@y.example', reason: 'x' })).toThrow('does not allow');
	});

	test('of one person holds what was sent about them or to them, not what was sent in a run for everyone', () => {
		mail();
		const bo = putPayer(ctx, 'Bo', 'bo@payer.example');
		commit(ctx, { name: 'run' }, (tx) => {
			for (const [id, to] of [
				[ann, 'ann@payer.example'],
				[bo, 'bo@payer.example'],
			] as const) {
				queueMail(tx, { kind: 'x', to, subject: 'x', text: 'x', dedupeKey: `run:${id}` });
				changePerson(tx, id, {});
			}
		});
		expect(messagesAbout(ctx, ann).map((m) => m.to)).toEqual(['ann@payer.example', 'ann@payer.example']);
	});
});

describe('a message that was given up', () => {
	test('is sent again to a corrected address, once, and the audit knows who and why', () => {
		const id = givenUp(mail());
		sendAgain(officer, { id, to: 'ann.new@payer.example', reason: 'A letter was missing' });
		expect(outbox()).toEqual(['ann.new@payer.example']);
		expect(() => sendAgain(officer, { id, to: 'b@payer.example', reason: 'x' })).toThrow('already');
		expect(messagesGivenUp(ctx)).toBe(0);
		const event = ctx.db.sql.prepare("SELECT reason, actor, data FROM audit_event WHERE kind = 'mail.sent_again'").get() as Record<string, string>;
		expect(event['reason']).toBe('A letter was missing');
		expect(event['data']).not.toContain('@');
	});

	test('with a personal link goes to the address on file only', () => {
		const id = givenUp(mail('https://ipt.example/account/link/abcdefghijklmnopqrstuvwxyz'));
		expect(() => sendAgain(officer, { id, to: 'olu@office.example', reason: 'x' })).toThrow('personal link');
		commit(ctx, { name: 'test' }, (tx) => changePerson(tx, ann, { email: 'ann.new@payer.example' }));
		sendAgain(officer, { id, to: 'ann.new@payer.example', reason: 'Corrected' });
		expect(outbox()).toEqual(['ann.new@payer.example']);
	});

	test('can be set aside, and then waits for nobody', () => {
		const id = givenUp(mail());
		setMessageAside(officer, { id, reason: 'They telephoned' });
		expect(messagesGivenUp(ctx)).toBe(0);
		expect(() => setMessageAside(officer, { id, reason: 'x' })).toThrow('already');
	});

	test('needs a fresh proof of who one is; one that is still being tried, or was deleted, is left alone', () => {
		const stale = { ...officer, actor: { ...officer.actor, provedAt: 0 } as Ctx['actor'] };
		expect(() => sendAgain(stale, { id: givenUp(mail()), to: 'a@b.example', reason: 'x' })).toThrow('Confirm');
		expect(() => sendAgain(officer, { id: mail(), to: 'a@b.example', reason: 'x' })).toThrow('still being tried');
		const gone = givenUp(mail());
		ctx.db.sql.prepare('UPDATE outbox SET body = NULL, to_address = NULL, purged_at = 9 WHERE id = ?').run(gone);
		expect(() => sendAgain(officer, { id: gone, to: 'a@b.example', reason: 'x' })).toThrow('deleted');
		expect(() => sendAgain(officer, { id: 'none', to: 'a@b.example', reason: 'x' })).toThrow('no such');
	});
});
