import fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import type { Ctx } from '#core/ctx.ts';
import {
	askToSign,
	changeCase,
	deleteCase,
	dropCorrection,
	openTrainingLink,
	ownCase,
	rateRecording,
	retractRating,
	signByLink,
	signReport,
	trainingCasesOf,
	trainingLinkInHand,
} from '#features/training/index.ts';
import { registerIn } from '#tests/helpers/register-in.ts';
import { agreed, aRegistrant, jar } from '../cpd/supervised.ts';
import { aCase, caseTypedAs, rating, report, signToken, status } from './records.ts';

/** What a small model knows of one case: the signed and the open version, how often it was signed, ratings that stand and that are taken back. */
type Model = { exists: boolean; lock: number; number: number; signedNumber: number; reports: number; standing: number; retracted: number };
const ACTS = ['change', 'sign', 'sign by link', 'rate', 'retract', 'drop', 'delete', 'trainee signs', 'stale change', 'stale sign'] as const;
type Act = (typeof ACTS)[number];

/** What an act does to the model, and the answer it must give. */
function expected(m: Model, act: Act): { next: Model; answer: unknown } {
	const refuse = (answer: number) => ({ next: m, answer });
	if (!m.exists) return refuse(404);
	const signed = m.number === m.signedNumber;
	if (act === 'change') return { next: { ...m, lock: m.lock + 1, number: signed ? m.number + 1 : m.number }, answer: 'done' };
	if (act === 'sign') return { next: { ...m, signedNumber: m.number, reports: m.reports + 1 }, answer: 'done' };
	// A supervisor is not asked about what they signed as it stands.
	if (act === 'sign by link') return signed ? refuse(409) : { next: { ...m, signedNumber: m.number, reports: m.reports + 1 }, answer: 'done' };
	if (act === 'rate') return { next: { ...m, standing: m.standing + 1 }, answer: 'done' };
	if (act === 'retract') return m.standing === 0 ? refuse(404) : { next: { ...m, standing: m.standing - 1, retracted: m.retracted + 1 }, answer: 'done' };
	if (act === 'drop') return m.reports > 0 && !signed ? { next: { ...m, lock: m.lock + 1, number: m.signedNumber }, answer: 'done' } : refuse(409);
	if (act === 'delete') return m.reports + m.standing + m.retracted === 0 ? { next: { ...m, exists: false }, answer: 'done' } : refuse(409);
	return refuse(act === 'trainee signs' ? 404 : 409);
}

test('whatever trainee and supervisor do in whatever order, what was signed stands as it was signed, and the audit verifies', () => {
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...ACTS), { minLength: 1, maxLength: 14 }), (acts) => {
			const { ctx, close } = registerIn('2026-11-22');
			try {
				play(ctx, acts);
				expect(verifyAudit(ctx.db, ctx.keys.audit).ok).toBe(true);
			} finally {
				close();
			}
		}),
		{ numRuns: 150 },
	);
}, 120_000);

function play(ctx: Ctx, acts: readonly Act[]): void {
	const [tess, sue] = [aRegistrant(ctx, 'Tess'), aRegistrant(ctx, 'Sue')];
	const relation = agreed(tess, sue);
	const code = aCase(tess, relation);
	let model: Model = { exists: true, lock: 1, number: 1, signedNumber: 0, reports: 0, standing: 0, retracted: 0 };
	const frozen = new Map<number, string>();
	for (const [i, act] of acts.entries()) {
		const { next, answer } = expected(model, act);
		const now = ctx.now + i * 60_000;
		const [hers, theirs] = [
			{ ...tess.ctx, now },
			{ ...sue.ctx, now },
		];
		expect([act, status(() => run(act, { hers, theirs, code, relation, model, i }))]).toEqual([act, answer]);
		model = next;
		check(ctx, tess.id, code, { model, frozen });
	}
}

type Moment = { hers: Ctx; theirs: Ctx; code: string; relation: string; model: Model; i: number };

function run(act: Act, { hers, theirs, code, relation, model, i }: Moment): void {
	const form = report(theirs, { factsNumber: String(model.number), reason: 'A newer one.' });
	const typed = (lock: number) => caseTypedAs(hers, relation, { sessionsSupervised: String(i % 13), version: String(lock) });
	const found = () => ownCase(hers, code);
	const acts: Record<Act, () => void> = {
		change: () => changeCase(hers, code, typed(model.lock)),
		sign: () => signReport(theirs, code, form),
		'sign by link': () => {
			// Asked a good week after the last time, as the rules have it.
			const later = { ...hers, now: hers.now + (i + 1) * 8 * 86_400_000 };
			askToSign(later, code);
			const nobody: Ctx = { ...later, actor: { kind: 'public' } };
			const cookies = jar();
			openTrainingLink(nobody, cookies, signToken(hers));
			signByLink(nobody, trainingLinkInHand(nobody, cookies), form);
		},
		rate: () => rateRecording(theirs, code, rating(theirs, `2026-02-${String(i + 1).padStart(2, '0')}`)),
		retract: () => retractRating(theirs, code, found().ratings.find((r) => r.retractedAt === null)?.id ?? 'none', 'Not theirs'),
		drop: () => dropCorrection(hers, code, model.lock),
		delete: () => deleteCase(hers, code, model.lock),
		'trainee signs': () => signReport(hers, code, form),
		'stale change': () => changeCase(hers, code, typed(model.lock + 7)),
		'stale sign': () => signReport(theirs, code, { ...form, factsNumber: model.number + 1 }),
	};
	acts[act]();
}

function check(ctx: Ctx, personId: string, code: string, { model, frozen }: { model: Model; frozen: Map<number, string> }): void {
	const found = trainingCasesOf(ctx.db, personId).find((one) => one.code === code);
	expect(found !== undefined).toBe(model.exists);
	if (!found) return;
	const retracted = found.ratings.filter((r) => r.retractedAt !== null).length;
	expect([found.factsNumber, found.reports.length, found.ratings.length - retracted, retracted, found.version]).toEqual([
		model.number,
		model.reports,
		model.standing,
		model.retracted,
		model.lock,
	]);
	const state = model.reports === 0 ? 'none' : model.number === model.signedNumber ? 'signed' : 'outdated';
	expect([found.reportState, found.decision]).toEqual([state, state === 'signed' ? 'passed' : 'in_progress']);
	const rows = ctx.db.sql.prepare('SELECT * FROM training_case_facts WHERE number <= ? ORDER BY number').all(model.signedNumber) as { number: number }[];
	for (const row of rows) {
		const words = JSON.stringify(row);
		expect(frozen.get(row.number) ?? words).toBe(words);
		frozen.set(row.number, words);
	}
}
