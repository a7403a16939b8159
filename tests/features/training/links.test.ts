import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { safePath } from '#core/log.ts';
import { answerByLink, askForSupervision, openSupervisionLink, supervisionLinkInHand } from '#features/cpd/index.ts';
import {
	askToSign,
	changeCase,
	openTrainingLink,
	ownCase,
	rateByLink,
	retractByLink,
	sendOwnLink,
	signByLink,
	signReport,
	trainingLinkAt,
	trainingLinkInHand,
} from '#features/training/index.ts';
import { attendanceDecidedMail, signCaseMail, signedMail } from '#features/training/training-mails.ts';
import { noonOn, testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { agreed, aRegistrant, jar, tokenIn } from '../cpd/supervised.ts';
import { aCase, caseTypedAs, rating, report, signToken, status } from './records.ts';

const OUTSIDER = { name: 'Olu Outside', profession: 'Clinical psychologist', email: 'olu@outside.example' };
let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let nobody: Ctx;
let tess: ReturnType<typeof aRegistrant>;
let relation: string;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	nobody = { ...system, actor: { kind: 'public' } };
	tess = aRegistrant(system, 'Tess');
	relation = askForSupervision(tess.ctx, { mySide: 'supervisee', other: OUTSIDER, fromOn: '2026-01-05' });
	const cookies = jar();
	openSupervisionLink(nobody, cookies, tokenIn(system, 'supervision.asked-outside'));
	answerByLink(nobody, supervisionLinkInHand(nobody, cookies), true);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});
/** A case whose outside supervisor was asked, and their link exchanged. */
function inHand() {
	const code = aCase(tess, relation);
	askToSign(tess.ctx, code);
	const token = signToken(system);
	const cookies = jar();
	openTrainingLink(nobody, cookies, token);
	return { code, token, cookies, link: trainingLinkInHand(nobody, cookies) };
}

describe('a supervisor’s link to a case', () => {
	test('lets somebody without an account rate what they heard, then sign once, and is used up by it', () => {
		const { code, token, cookies, link } = inHand();
		rateByLink(nobody, link, rating(nobody, '2026-02-02'));
		const second = rating(nobody, '2026-03-02');
		rateByLink(nobody, link, second);
		rateByLink(nobody, link, second);
		retractByLink(nobody, link, ownCase(tess.ctx, code).ratings[0]?.id ?? '', 'The wrong day');
		const signed = report(nobody);
		signByLink(nobody, link, signed);
		signByLink(nobody, link, signed);
		const theCase = ownCase(tess.ctx, code);
		expect(theCase).toMatchObject({ decision: 'passed', reportState: 'signed', reports: [{ byLink: true }] });
		expect(theCase.ratings.map(({ byLink, retractedAt }) => [byLink, retractedAt !== null])).toEqual([
			[true, true],
			[true, false],
		]);
		expect([trainingLinkAt(nobody, token), status(() => openTrainingLink(nobody, cookies, token))]).toEqual(['used', 409]);
		const used = trainingLinkInHand(nobody, cookies);
		expect(status(() => rateByLink(nobody, used, rating(nobody, '2026-04-02')))).toBe(409);
		expect(status(() => signByLink(nobody, used, report(nobody, { reason: 'again' })))).toBe(409);
	});

	test('does nothing when a mail scanner opens it, as often as it likes', () => {
		const code = aCase(tess, relation);
		askToSign(tess.ctx, code);
		const token = signToken(system);
		const before = system.db.sql.prepare('SELECT * FROM training_link').all();
		for (let i = 0; i < 5; i += 1) expect(trainingLinkAt(nobody, token)).toBe('live');
		expect(system.db.sql.prepare('SELECT * FROM training_link').all()).toEqual(before);
		expect(ownCase(tess.ctx, code).version).toBe(1);
	});

	test('reaches its own case only, and nothing once the case has moved on', () => {
		const { code, link } = inHand();
		const other = aCase(tess, relation);
		rateByLink(nobody, link, rating(nobody, '2026-02-02'));
		expect(ownCase(tess.ctx, other).ratings).toEqual([]);
		expect(status(() => retractByLink(nobody, link, 'none', 'x'))).toBe(404);
		expect(ownCase(tess.ctx, code).ratings).toHaveLength(1);
		expect(status(() => signByLink(nobody, link, report(nobody, { factsNumber: '2' })))).toBe(409);
		expect(status(() => signByLink(nobody, link, report(nobody, { strengths: 'Mrs Example did well' })))).toBe(422);
		expect(trainingLinkInHand).toBeTypeOf('function');
	});

	test('signs a correction by a new link, after the first was used', () => {
		const { code, link } = inHand();
		signByLink(nobody, link, report(nobody));
		changeCase(tess.ctx, code, caseTypedAs(tess.ctx, relation, { sessionsSupervised: '13' }));
		const now = system.now + 60_000;
		const later: Ctx = { ...nobody, now };
		askToSign({ ...tess.ctx, now }, code);
		const cookies = jar();
		openTrainingLink(later, cookies, signToken(system));
		signByLink(later, trainingLinkInHand(later, cookies), report(nobody, { factsNumber: '2', reason: 'The case was corrected.' }));
		expect(ownCase(tess.ctx, code)).toMatchObject({ reportState: 'signed', factsNumber: 2 });
	});

	test('is worth nothing when expired, replaced, of an older exchange, or not of ours', () => {
		const { token, link } = inHand();
		expect(link.usedAt).toBeNull();
		const late: Ctx = { ...nobody, now: system.now + 14 * 86_400_000 };
		expect(status(() => openTrainingLink(late, jar(), token))).toBe(409);
		const [early, later] = [jar(), jar()];
		openTrainingLink(nobody, early, token);
		openTrainingLink(nobody, later, token);
		expect(status(() => trainingLinkInHand(nobody, early))).toBe(404);
		expect(status(() => trainingLinkInHand({ ...nobody, now: system.now + 30 * 60_000 }, later))).toBe(404);
		for (const wrong of [`${token}A`, token.slice(1), '', '%'.repeat(43)])
			expect(
				status(() => openTrainingLink(nobody, jar(), wrong)),
				wrong,
			).toBe(404);
	});

	test('ends when the supervisor signs from their account instead; they can have one sent to themselves', () => {
		const sue = aRegistrant(system, 'Sue');
		const code = aCase(tess, agreed(tess, sue));
		askToSign(tess.ctx, code);
		const token = signToken(system);
		expect(status(() => sendOwnLink(sue.ctx, code))).toBe(409);
		signReport(sue.ctx, code, report(sue.ctx));
		expect(trainingLinkAt(nobody, token)).toBe('withdrawn');
		expect(status(() => sendOwnLink({ ...sue.ctx, now: sue.ctx.now + 3_600_000 }, code))).toBe('done');
		expect(status(() => sendOwnLink(tess.ctx, code))).toBe(404);
	});

	test('is stored as a hash only, and stands in no log', () => {
		const { token } = inHand();
		const stored =
			JSON.stringify(system.db.sql.prepare('SELECT * FROM training_link').all()) + JSON.stringify(system.db.sql.prepare('SELECT * FROM audit_event').all());
		expect(stored).not.toContain(token);
		expect(safePath(`/training/confirm/${token}`)).toBe('/training/confirm/…');
	});
});

test('the messages read as they should, and subject and first line name nobody', () => {
	const { settings } = system;
	const facts = { caseId: 'c', code: 'CASE-2345-6789', token: 'T'.repeat(43), name: 'Tess Example', sentAt: 1, expiresAt: noonOn('2026-12-06') };
	const all = [
		signCaseMail(settings, facts, 'a@b.example'),
		signedMail(settings, 'r', 'a@b.example'),
		attendanceDecidedMail(settings, 'a', true, 'a@b.example'),
		attendanceDecidedMail(settings, 'a', false, 'a@b.example'),
	];
	for (const mail of all) {
		expectGoldenMail(mail);
		expect(`${mail.subject} ${mail.text.split('\n')[0]}`).not.toMatch(/Tess|Example|CASE/);
	}
});
