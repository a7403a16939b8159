import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { deliverMail, transportFor } from '#core/deliver.ts';
import { NotFound } from '#core/errors.ts';
import { answerEnquiry, chaseEnquiries, enquiryFor, sendEnquiry } from '#features/directory/index.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import { at, enquiryInput, tokenOf } from '#tests/helpers/enquiry.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

let register: TestRegister;
let ctx: Ctx;

beforeEach(() => {
	register = registerIn('2026-11-20');
	ctx = register.ctx;
	listTherapist(ctx.db, 'ann');
});
afterEach(() => register.close());

const on = (day: string) => at(ctx, noonOn(day));
const events = (kind: string) => ctx.db.sql.prepare('SELECT count(*) FROM audit_event WHERE kind = ?').pluck().get(kind);
const mailsOf = (kind: string) =>
	ctx.db.sql.prepare('SELECT to_address AS "to", subject, body FROM outbox WHERE kind = ?').all(kind) as Record<'to' | 'subject' | 'body', string>[];

describe('the therapist’s link', () => {
	it('shows the reference and nothing else, and reading it changes nothing', () => {
		const { reference } = sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		const before = ctx.db.sql.prepare('SELECT * FROM enquiry').all();
		for (let i = 0; i < 3; i += 1) expect(enquiryFor(ctx, tokenOf(ctx, reference))).toEqual({ reference, answer: null });
		expect(ctx.db.sql.prepare('SELECT * FROM enquiry').all()).toEqual(before);
		expect(events('enquiry.answered')).toBe(0);
	});

	it('notes an answer once, however often it is tapped, and lets a wrong tap be corrected', () => {
		const { reference } = sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		const token = tokenOf(ctx, reference);
		for (let i = 0; i < 3; i += 1) expect(answerEnquiry(on('2026-11-21'), token, 'replied')).toEqual({ reference, answer: 'replied' });
		expect(events('enquiry.answered')).toBe(1);
		expect(answerEnquiry(on('2026-11-21'), token, 'cannot_help').answer).toBe('cannot_help');
		expect(answerEnquiry(on('2026-11-21'), token, 'replied').answer).toBe('replied');
		expect(mailsOf('enquiry.cannot-help')).toHaveLength(1);
	});

	it('tells the enquirer when the therapist cannot help, without names', () => {
		const { reference } = sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		answerEnquiry(ctx, tokenOf(ctx, reference), 'cannot_help');
		const [mail] = mailsOf('enquiry.cannot-help');
		expect(mail?.to).toBe('sam@sender.example');
		expect(mail?.body).toContain('http://localhost:4321/find');
		expect(`${mail?.subject}${mail?.body}`).not.toMatch(/Ann|Example|Sam|talk/);
	});

	it('works for 30 days and for nobody else', () => {
		const { reference } = sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		const token = tokenOf(ctx, reference);
		expect(enquiryFor(on('2026-12-19'), token).reference).toBe(reference);
		expect(() => enquiryFor(on('2026-12-20'), token)).toThrow(NotFound);
		expect(() => answerEnquiry(on('2026-12-20'), token, 'replied')).toThrow(NotFound);
		for (const wrong of ['', 'x', token.slice(1), `${token}A`, token.toLowerCase(), '%00', "' OR 1=1 --"])
			expect(() => enquiryFor(ctx, wrong)).toThrow(NotFound);
	});
});

describe('after five working days without an answer', () => {
	it('the enquirer is told once, and offered others', () => {
		const { reference, answerByOn } = sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		expect(answerByOn).toBe('2026-11-27');
		expect(chaseEnquiries(on('2026-11-27'))).toEqual({ told: 0, unreachable: 0 });
		expect(chaseEnquiries(on('2026-11-28'))).toEqual({ told: 1, unreachable: 0 });
		expect(chaseEnquiries(on('2026-11-29'))).toEqual({ told: 0, unreachable: 0 });
		const [mail] = mailsOf('enquiry.unanswered');
		expect(mail).toMatchObject({ to: 'sam@sender.example', subject: `About your message (${reference})` });
		expect(mail?.body).toContain('/find');
		expect(`${mail?.subject}${mail?.body}`).not.toMatch(/Ann|Example|talk/);
		expect(events('enquiry.unanswered')).toBe(1);
	});

	it('bank holidays do not count', () => {
		expect(sendEnquiry(on('2026-12-23'), 'ann', enquiryInput(on('2026-12-23'))).answerByOn).toBe('2027-01-04');
	});

	it('nobody is told who was answered', () => {
		const { reference } = sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		answerEnquiry(ctx, tokenOf(ctx, reference), 'replied');
		expect(chaseEnquiries(on('2026-12-01'))).toEqual({ told: 0, unreachable: 0 });
	});

	it('someone without an e-mail address cannot be told, and that is noted', () => {
		sendEnquiry(ctx, 'ann', enquiryInput(ctx, { email: '', phone: '01632 960 001', replyBy: 'phone' }));
		expect(chaseEnquiries(on('2026-12-01'))).toEqual({ told: 0, unreachable: 1 });
		expect(mailsOf('enquiry.unanswered')).toEqual([]);
		expect(events('enquiry.unanswered')).toBe(1);
	});

	it('more than one batch is told', () => {
		for (let i = 0; i < 105; i += 1) {
			const then = at(ctx, ctx.now + i * 60_000, `client ${i}`);
			if (i % 25 === 0) listTherapist(ctx.db, `t${i}`);
			sendEnquiry(then, `t${i - (i % 25)}`, enquiryInput(then, { email: `s${i}@sender.example` }));
		}
		expect(chaseEnquiries(on('2026-12-01'))).toEqual({ told: 105, unreachable: 0 });
	});

	it('mails already queued go out in spite of a therapist who has left meanwhile', async () => {
		sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		ctx.db.sql.exec("UPDATE listing SET withdrawn_on = '2026-11-20'");
		expect(await deliverMail(ctx, transportFor(ctx.settings))).toEqual({ sent: 2, delayed: 0, givenUp: 0 });
	});
});
