import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { canBeWrittenTo, sendEnquiry } from '#features/directory/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { at, enquiryInput } from '#tests/helpers/enquiry.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

const HOUR = 3_600_000;
let folder: ReturnType<typeof temporaryFolder>;
let ctx: Ctx;

beforeEach(() => {
	folder = temporaryFolder();
	ctx = testCtx(emptyRegister(folder.path), '2026-11-20', { kind: 'public' });
	listTherapist(ctx.db, 'ann');
});
afterEach(() => {
	ctx.db.sql.close();
	folder.remove();
});

const count = (table: string) => ctx.db.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const mails = () =>
	ctx.db.sql.prepare('SELECT kind, to_address AS "to", subject, body, purge_on AS purgeOn FROM outbox ORDER BY kind').all() as Record<
		'kind' | 'to' | 'subject' | 'body' | 'purgeOn',
		string
	>[];

describe('sendEnquiry', () => {
	it('stores the message, writes to the therapist and acknowledges', () => {
		const sent = sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		expect(sent).toEqual({ reference: expect.stringMatching(/^ENQ-[A-Z2-9]{4}-[A-Z2-9]{4}$/), answerByOn: '2026-11-27', isToldByMail: true });
		const [acknowledged, therapist] = mails();
		expect(therapist).toMatchObject({ kind: 'enquiry.therapist', to: 'ann@therapist.example', purgeOn: '2026-12-20' });
		expect(therapist?.subject).toBe(`Someone has written to you through the register (${sent.reference})`);
		expect(therapist?.body).toContain('> I would like to talk.');
		expect(therapist?.body).toContain('Safe times: weekday mornings');
		expect(therapist?.body).toMatch(/http:\/\/localhost:4321\/link\/[\w-]{43}/);
		expect(acknowledged).toMatchObject({ kind: 'enquiry.acknowledged', to: 'sam@sender.example' });
		expect(`${acknowledged?.subject}${acknowledged?.body}`).not.toMatch(/talk|Ann|Example|mornings|ann@/);
	});

	it('leaves nothing of what was written in the audit', () => {
		sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		const events = JSON.stringify([ctx.db.sql.prepare('SELECT * FROM audit_event').all(), ctx.db.sql.prepare('SELECT * FROM audit_personal').all()]);
		expect(events).toContain('enquiry.sent');
		expect(events).not.toMatch(/Sam|sender\.example|talk|mornings/);
	});

	it('stores only a hash of the link', () => {
		sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		const token = /\/link\/([\w-]+)/.exec(mails()[1]?.body ?? '')?.[1] ?? '';
		expect(JSON.stringify(ctx.db.sql.prepare('SELECT * FROM enquiry').all())).not.toContain(token);
	});

	it('gives a form that is sent twice the same answer and sends nothing again', () => {
		const input = enquiryInput(ctx);
		expect(sendEnquiry(at(ctx, ctx.now + 5000), 'ann', input)).toEqual(sendEnquiry(ctx, 'ann', input));
		expect([count('enquiry'), count('outbox'), count('audit_event')]).toEqual([1, 2, 1]);
	});

	it('does not swallow a message that was changed after going back', () => {
		const input = enquiryInput(ctx);
		sendEnquiry(ctx, 'ann', input);
		sendEnquiry(ctx, 'ann', { ...input, message: 'I forgot to say: evenings only.' });
		expect(count('enquiry')).toBe(2);
	});

	it('pretends success to a machine and stores nothing', () => {
		expect(sendEnquiry(ctx, 'ann', enquiryInput(ctx, { website: 'http://spam.example' })).reference).toMatch(/^ENQ-/);
		expect([count('enquiry'), count('outbox'), count('audit_event')]).toEqual([0, 0, 0]);
	});

	it.each(['', 'nonsense', '1795262400000.forged', '99999999999999999.x'])('asks gently to send again when the time mark is "%s"', (started) => {
		expect(() => sendEnquiry(ctx, 'ann', enquiryInput(ctx, { started }))).toThrow(Invalid);
		expect(count('enquiry')).toBe(0);
	});

	it('holds back what was filled in under three seconds or after a day, and nothing between', () => {
		const input = { ...enquiryInput(ctx) };
		const shownAt = ctx.now - 60_000;
		for (const [passed, isFine] of [
			[0, false],
			[2999, false],
			[-5000, false],
			[24 * HOUR + 1, false],
			[3000, true],
			[24 * HOUR, true],
		] as const) {
			const attempt = () => sendEnquiry(at(ctx, shownAt + passed, `client ${passed}`), 'ann', { ...input, repeatKey: `repeat-${passed}` });
			if (isFine) expect(attempt().reference).toMatch(/^ENQ/);
			else expect(attempt).toThrow(/send it again/);
		}
	});

	it('lets one sender write five times an hour and twenty times a day', () => {
		const send = (now: number, client: string) =>
			sendEnquiry(at(ctx, now, client), 'ann', enquiryInput(at(ctx, now), { email: '', phone: '01632 960 001', replyBy: 'phone' }));
		for (let i = 0; i < 5; i += 1) send(ctx.now, 'one');
		expect(() => send(ctx.now, 'one')).toThrow(/in the last hour/);
		expect(send(ctx.now, 'another').reference).toMatch(/^ENQ/);
		for (let i = 5; i < 20; i += 1) send(ctx.now + Math.floor(i / 5) * 1.2 * HOUR, 'one');
		expect(() => send(ctx.now + 10 * HOUR, 'one')).toThrow(/today/);
		expect(send(ctx.now + 27 * HOUR, 'one').reference).toMatch(/^ENQ/);
	});

	it('lets one therapist get thirty messages a day', () => {
		listTherapist(ctx.db, 'bo');
		const send = (slug: string, i: number) => sendEnquiry(at(ctx, ctx.now, `client ${i}`), slug, enquiryInput(ctx, { email: `s${i}@sender.example` }));
		for (let i = 0; i < 30; i += 1) send('ann', i);
		expect(() => send('ann', 31)).toThrow(/another therapist/);
		expect(send('bo', 32).reference).toMatch(/^ENQ/);
	});

	it('cannot be used to fill a stranger’s letter box', () => {
		for (let i = 0; i < 10; i += 1) sendEnquiry(at(ctx, ctx.now, `client ${i}`), 'ann', enquiryInput(ctx));
		expect(() => sendEnquiry(at(ctx, ctx.now, 'client x'), 'ann', enquiryInput(ctx, { email: 'SAM@sender.example' }))).toThrow(Invalid);
	});

	it('writes only to someone in good standing today who takes messages', () => {
		listTherapist(ctx.db, 'closed', { enquiriesOpen: false });
		listTherapist(ctx.db, 'no-mail', { email: null });
		listTherapist(ctx.db, 'lapsed', { paidToOn: '2026-10-01' });
		const suspended = listTherapist(ctx.db, 'suspended');
		ctx.db.sql.prepare("INSERT INTO register_order (id, person_id, kind, from_on) VALUES ('o', ?, 'suspension', '2026-11-20')").run(suspended);
		for (const [slug, error] of [
			['nobody', NotFound],
			['lapsed', NotFound],
			['suspended', NotFound],
			['closed', Conflict],
			['no-mail', Conflict],
		] as const) {
			expect(() => sendEnquiry(ctx, slug, enquiryInput(ctx)), slug).toThrow(error);
			expect(canBeWrittenTo(ctx, slug)).toBe(false);
		}
		expect(canBeWrittenTo(ctx, 'ann')).toBe(true);
		expect([count('enquiry'), count('outbox')]).toEqual([0, 0]);
	});
});
