import { createServer, type Server } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { deliverMail } from '#core/deliver.ts';
import { smtpTransport } from '#core/mail-smtp.ts';
import { queueMail } from '#core/outbox.ts';
import { at } from '#tests/helpers/enquiry.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const MINUTE = 60_000;
/** A server that answers is waited for, however busy the machine is; one that is meant to be silent is soon left. */
const PATIENT = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 20_000, dnsTimeout: 20_000 };
const IMPATIENT = { connectionTimeout: 500, greetingTimeout: 300, socketTimeout: 300, dnsTimeout: 500 };
const open: { close(done: () => void): unknown }[] = [];
let register: TestRegister;
let ctx: Ctx;

beforeEach(() => {
	register = registerIn('2026-11-20');
	ctx = register.ctx;
});
afterEach(async () => {
	for (const server of open.splice(0)) await new Promise<void>((done) => void server.close(done));
	register.close();
});

/** A real mail server on a free port; `received` holds whole messages. */
async function mailServer(options: SMTPServerOptions = {}, address = '127.0.0.1'): Promise<{ url: string; received: string[] }> {
	const received: string[] = [];
	const onData: SMTPServerOptions['onData'] = (stream, _session, done) => {
		const pieces: Buffer[] = [];
		stream
			.on('data', (piece: Buffer) => pieces.push(piece))
			.on('end', () => {
				received.push(Buffer.concat(pieces).toString());
				done();
			});
	};
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		disableReverseLookup: true,
		closeTimeout: 50,
		onData,
		...options,
	});
	server.on('error', () => undefined);
	return { url: await listening(server as unknown as Server, address), received };
}

async function listening(server: Server, address = '127.0.0.1'): Promise<string> {
	await new Promise<void>((resolve) => void server.listen(0, address, resolve));
	open.push(server);
	const inner = (server as unknown as { server?: Server }).server ?? server;
	return `smtp://${address}:${(inner.address() as { port: number }).port}`;
}

function queue(to: string, text = 'Hello'): void {
	commit(ctx, { name: 'test' }, (tx) => {
		queueMail(tx, { kind: 'test.kind', to, subject: 'A message (ENQ-1)', text, dedupeKey: to });
		record(tx, 'person.changed', { type: 'person', id: 'p' });
	});
}

async function deliver(smtpUrl: string, minutesLater = 0, patience = PATIENT) {
	const there = { ...at(ctx, ctx.now + minutesLater * MINUTE), settings: { ...ctx.settings, smtpUrl } };
	const transport = smtpTransport(there.settings, patience);
	try {
		return await deliverMail(there, transport);
	} finally {
		transport.close();
	}
}

const lastError = () => ctx.db.sql.prepare('SELECT last_error FROM outbox').pluck().get();
const SENT = { sent: 1, delayed: 0, givenUp: 0 };
const DELAYED = { sent: 0, delayed: 1, givenUp: 0 };

describe('delivery over SMTP', () => {
	it('hands the message over as it was written', async () => {
		const { url, received } = await mailServer();
		const text = `Siân wrote 👋\n.\n..\nFrom here\n${'x'.repeat(1200)}\n`;
		queue('reader@reader.example', text);
		expect(await deliver(url)).toEqual(SENT);
		const mail = await simpleParser(received[0] ?? '');
		expect(mail.text).toBe(text);
		expect(mail.subject).toBe('A message (ENQ-1)');
		expect([mail.from?.text, (mail.to as { text: string }).text]).toEqual(['"IPT UK" <office@example.org>', 'reader@reader.example']);
		expect(mail.messageId).toBe(`<${ctx.db.sql.prepare('SELECT id FROM outbox').pluck().get()}@localhost>`);
		expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
		expect((received[0] ?? '').split('\r\n').every((line) => line.length <= 998)).toBe(true);
	});

	it.each(['a@b.example\r\nBcc: all@c.example', 'a@b.example, all@c.example', 'Al <all@c.example>', '"a b"@c.example\n\nbody'])(
		'never writes to more than the one address, whatever it holds: %j',
		async (address) => {
			const recipients: string[] = [];
			const { url, received } = await mailServer({
				onRcptTo: (to, _session, done) => done(recipients.push(to.address) > 9 ? new Error('too many') : undefined),
			});
			queue(address);
			await deliver(url);
			expect(recipients.length).toBeLessThanOrEqual(1);
			for (const raw of received) expect(raw).not.toMatch(/^Bcc:/im);
		},
	);

	it('a refusal is tried again later, and the next good attempt ends it', async () => {
		let isOpen = false;
		const refuse = (code: number) => Object.assign(new Error('no <reader@reader.example> here'), { responseCode: code });
		const { url, received } = await mailServer({ onRcptTo: (_to, _session, done) => (isOpen ? done() : done(refuse(550))) });
		queue('reader@reader.example');
		expect(await deliver(url)).toEqual(DELAYED);
		expect(lastError()).toBe('EENVELOPE 550');
		isOpen = true;
		expect(await deliver(url, 0.5)).toEqual({ sent: 0, delayed: 0, givenUp: 0 });
		expect(await deliver(url, 2)).toEqual(SENT);
		expect([received.length, lastError()]).toEqual([1, null]);
	});

	it('a server that is busy (4xx) is tried again later', async () => {
		const busy = Object.assign(new Error('greylisted'), { responseCode: 451 });
		const { url } = await mailServer({ onMailFrom: (_from, _session, done) => done(busy) });
		queue('reader@reader.example');
		expect(await deliver(url)).toEqual(DELAYED);
		expect(lastError()).toBe('EENVELOPE 451');
	});

	it('no server at all is tried again later', async () => {
		queue('reader@reader.example');
		expect(await deliver('smtp://127.0.0.1:1')).toEqual(DELAYED);
		expect(lastError()).toBe('ESOCKET');
	});

	it('a server that never speaks is left after a while', async () => {
		const url = await listening(createServer((socket) => void socket.on('error', () => undefined).resume()));
		queue('reader@reader.example');
		expect(await deliver(url, 0, IMPATIENT)).toEqual(DELAYED);
		expect(lastError()).toMatch(/ETIMEDOUT|ESOCKET|ECONNECTION/);
	});

	it('a server that falls silent after the message is left after a while', async () => {
		const { url } = await mailServer({ onData: (stream) => void stream.resume() });
		queue('reader@reader.example');
		expect(await deliver(url, 0, IMPATIENT)).toEqual(DELAYED);
	});

	it('a message that was accepted before the line broke goes out again under the same id', async () => {
		const kept: string[] = [];
		let isBroken = true;
		const { url, received } = await mailServer({
			onData: (stream, session, done) => {
				const pieces: Buffer[] = [];
				stream
					.on('data', (piece: Buffer) => pieces.push(piece))
					.on('end', () => {
						kept.push(Buffer.concat(pieces).toString());
						if (!isBroken) return done();
						(server as unknown as { connections: Set<{ id: string; close(): void; _socket: { destroy(): void } }> }).connections.forEach((c) =>
							c._socket.destroy(),
						);
						void session;
					});
			},
		});
		const server = open.at(-1) as unknown;
		queue('reader@reader.example');
		expect(await deliver(url)).toEqual(DELAYED);
		isBroken = false;
		expect(await deliver(url, 2)).toEqual(SENT);
		expect(received).toEqual([]);
		const ids = await Promise.all(kept.map(async (raw) => (await simpleParser(raw)).messageId));
		expect(ids).toHaveLength(2);
		expect(ids[0]).toBe(ids[1]);
	});

	it('goes unencrypted to this machine only', async () => {
		// Any address that is not one of the names of this machine stands for another machine.
		const elsewhere = await mailServer({}, '127.0.0.2');
		queue('reader@reader.example');
		expect(await deliver(elsewhere.url)).toEqual(DELAYED);
		expect([elsewhere.received, lastError()]).toEqual([[], 'ETLS 500']);
	});

	it('of fifty messages through a failing server each one arrives, none twice without its id', async () => {
		let count = 0;
		const { url, received } = await mailServer({
			onMailFrom: (_from, _session, done) => done((count += 1) % 3 === 0 ? Object.assign(new Error('busy'), { responseCode: 421 }) : undefined),
		});
		for (let i = 0; i < 50; i += 1) queue(`r${i}@reader.example`);
		let minutes = 0;
		for (let sent = 0; sent < 50; minutes += 16) sent += (await deliver(url, minutes)).sent;
		const ids = received.map((raw) => /^Message-ID: (.*)$/im.exec(raw)?.[1]);
		expect([ids.length, new Set(ids).size]).toEqual([50, 50]);
	});
});
