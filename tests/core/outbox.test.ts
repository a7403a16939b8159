import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { record } from '#core/audit.ts';
import { bookkeep, commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { BACK_OFF_MINUTES, deliverMail } from '#core/deliver.ts';
import { deliveredMails, fileTransport, rawMail } from '#core/mail-files.ts';
import type { Letter, Transport } from '#core/mail-message.ts';
import { readMail } from '#core/mail-reading.ts';
import { queueMail } from '#core/outbox.ts';
import { openDatabase } from '#db/client.ts';
import { at } from '#tests/helpers/enquiry.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const MINUTE = 60_000;
let register: TestRegister;
let ctx: Ctx;

beforeEach(() => {
	register = registerIn('2026-11-20');
	ctx = register.ctx;
});
afterEach(() => register.close());

function queue(key: string, text = 'Hello', subject = 'A message'): void {
	commit(ctx, { name: 'test' }, (tx) => {
		queueMail(tx, { kind: 'test.kind', to: `${key}@reader.example`, subject, text, dedupeKey: key });
		record(tx, 'person.changed', { type: 'person', id: 'p' });
	});
}

/** A way out that a test holds in its hand. */
function recorder(send: (letter: Letter) => Promise<void> = async () => undefined) {
	const letters: Letter[] = [];
	const transport: Transport = {
		name: 'smtp',
		close: () => undefined,
		send: async (letter) => {
			letters.push(letter);
			await send(letter);
		},
	};
	return { letters, transport };
}

const rows = () => ctx.db.sql.prepare('SELECT attempts, due_at AS dueAt, sent_at AS sentAt, failed_at AS failedAt, last_error AS lastError FROM outbox').all();
const failing = (code: string, responseCode?: number) => async () => {
	throw Object.assign(new Error('550 <secret@reader.example> unknown'), { code, responseCode });
};

describe('the outbox', () => {
	it('holds a message only if the act it tells of is kept, and one per event', () => {
		expect(() =>
			commit(ctx, { name: 'test' }, (tx) => {
				queueMail(tx, { kind: 'k', to: 'a@b.example', subject: 's', text: 't', dedupeKey: 'd' });
				throw new Error('no');
			}),
		).toThrow('no');
		expect(rows()).toEqual([]);
		queue('one');
		queue('one');
		expect(rows()).toHaveLength(1);
	});
});

describe('deliverMail', () => {
	it('sends what is due, once, oldest first', async () => {
		for (const key of ['one', 'two', 'three']) queue(key);
		const { letters, transport } = recorder();
		expect(await deliverMail(ctx, transport)).toEqual({ sent: 3, delayed: 0, givenUp: 0 });
		expect(await deliverMail(at(ctx, ctx.now + 60 * MINUTE), transport)).toEqual({ sent: 0, delayed: 0, givenUp: 0 });
		expect(letters.map((l) => l.to)).toEqual(['one@reader.example', 'two@reader.example', 'three@reader.example']);
	});

	it('tries again after 1, 5, 15, 60 … minutes and gives up after 24 hours, noting no address', async () => {
		queue('one');
		const { letters, transport } = recorder(failing('EENVELOPE', 550));
		let now = ctx.now;
		for (const wait of BACK_OFF_MINUTES) {
			expect(await deliverMail(at(ctx, now), transport)).toEqual({ sent: 0, delayed: 1, givenUp: 0 });
			expect((await deliverMail(at(ctx, now + wait * MINUTE - 2000), transport)).delayed).toBe(0);
			now += wait * MINUTE + 1000;
		}
		expect(BACK_OFF_MINUTES.reduce<number>((sum, m) => sum + m, 0)).toBe(24 * 60);
		expect(await deliverMail(at(ctx, now), transport)).toEqual({ sent: 0, delayed: 0, givenUp: 1 });
		expect(await deliverMail(at(ctx, now + 9000 * MINUTE), transport)).toEqual({ sent: 0, delayed: 0, givenUp: 0 });
		expect(letters).toHaveLength(BACK_OFF_MINUTES.length + 1);
		expect(new Set(letters.map((l) => l.id)).size).toBe(1);
		expect(rows()[0]).toMatchObject({ lastError: 'EENVELOPE 550', sentAt: null });
		const event = ctx.db.sql.prepare("SELECT data FROM audit_event WHERE kind = 'mail.given_up'").pluck().all();
		expect(event).toEqual([expect.stringContaining('EENVELOPE 550')]);
		expect(JSON.stringify(event)).not.toContain('reader.example');
	});

	it('one message that fails holds up no other', async () => {
		for (const key of ['one', 'two', 'three']) queue(key);
		const { transport } = recorder(async (letter) => {
			if (letter.to.startsWith('two')) throw new Error('no');
		});
		expect(await deliverMail(ctx, transport)).toEqual({ sent: 2, delayed: 1, givenUp: 0 });
	});

	it('two workers with connections of their own never send one message twice', async () => {
		for (let i = 0; i < 40; i += 1) queue(`m${i}`);
		const other = { ...ctx, db: openDatabase(`${register.folder}/register.db`) };
		const slow = recorder(() => new Promise((resolve) => setTimeout(resolve, 1)));
		const sums = await Promise.all([deliverMail(ctx, slow.transport), deliverMail(other, slow.transport), deliverMail(ctx, slow.transport)]);
		other.db.sql.close();
		expect(sums.reduce((sum, s) => sum + s.sent, 0)).toBe(40);
		expect(new Set(slow.letters.map((l) => l.id)).size).toBe(40);
		expect(sums.filter((s) => s.sent > 0).length).toBeGreaterThan(1);
	});

	it('a message whose worker died is sent by another, but not before its claim has run out', async () => {
		queue('one');
		const dead = recorder(() => new Promise(() => undefined));
		void deliverMail(ctx, dead.transport);
		const living = recorder();
		expect((await deliverMail(at(ctx, ctx.now + 4 * MINUTE), living.transport)).sent).toBe(0);
		expect((await deliverMail(at(ctx, ctx.now + 6 * MINUTE), living.transport)).sent).toBe(1);
		expect(living.letters[0]?.id).toBe(dead.letters[0]?.id);
	});
});

describe('delivery into files', () => {
	it('writes one file per message, once, even when the note of it was lost', async () => {
		queue('one', `Grüße, 👋\n.\nFrom here =3D ${'long '.repeat(60)}\nhttp://localhost:4321/link/abc_def-123=`, 'Ŵythnos – 5 of 6');
		const send = () => deliverMail(ctx, fileTransport(ctx.settings));
		await send();
		const [mail] = deliveredMails(register.folder);
		expect(mail?.name).toMatch(/^20261120T120000Z-[0-9a-f-]{36}\.eml$/);
		expect(mail?.at).toBe(ctx.now);
		const first = rawMail(register.folder, mail?.name ?? '');
		bookkeep(ctx.db, () => ctx.db.sql.exec('UPDATE outbox SET sent_at = NULL'));
		await send();
		expect(deliveredMails(register.folder)).toHaveLength(1);
		expect(rawMail(register.folder, mail?.name ?? '')).toEqual(first);
		const read = readMail(register.folder, mail?.name ?? '');
		expect(read).toMatchObject({ to: 'one@reader.example', subject: 'Ŵythnos – 5 of 6', messageId: `<${mail?.id}@localhost>` });
		expect(read?.text.trimEnd()).toBe(`Grüße, 👋\n.\nFrom here =3D ${'long '.repeat(60)}\nhttp://localhost:4321/link/abc_def-123=`);
	});

	it('reads only what it wrote: no name leads out of the folder', async () => {
		queue('one');
		await deliverMail(ctx, fileTransport(ctx.settings));
		for (const name of [
			'../register.db',
			'..',
			'',
			'/etc/passwd',
			'..%2fregister.db',
			'20261120T120000Z-../../x.eml',
			`x\0${deliveredMails(register.folder)[0]?.name}`,
		]) {
			expect(rawMail(register.folder, name)).toBeNull();
			expect(readMail(register.folder, name)).toBeNull();
		}
	});
});
