import { randomBytes } from 'node:crypto';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { drawSample } from './draw-sample.ts';
import { isOfficer } from './policy.ts';
import { refuseUnpaidRenewal } from './renewal-fee.ts';
import { renewalConfirmed } from './renewal-mails.ts';
import { greenReady, riskyAmong, undrawn } from './renewal-queue.ts';
import { renewalRules } from './renewal-rules.ts';
import { nextReference, renewalById, renewalByReference, takeRenewalStep } from './renewal-step.ts';
import { confirmTerms } from './renewal-terms.ts';
import { circleOf } from './upkeep-circle.ts';

export type NewDraw = { purpose: 'audit' | 'renewal'; seed: string; numbers: readonly string[]; percent: number };

/** Draws by a seed and keeps what makes it repeatable. Joins a transaction and never authorises. @returns the draw, and the numbers drawn */
export function keepDraw(tx: Tx, { purpose, seed, numbers, percent }: NewDraw): { id: string; reference: string; numbers: string[] } {
	const drawn = drawSample(seed, numbers, percent);
	const [id, reference] = [newId(), nextReference(tx, 'DRAW', 'sample_draw')];
	const text = `INSERT INTO sample_draw (id, reference, purpose, drawn_on, seed, percent, eligible_count, drawn_count, digest, cut, drawn_by, drawn_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const counts = [new Set(numbers).size, drawn.numbers.length] as const;
	const by = personOf(tx.ctx).personId;
	prepared(tx.db.sql, text).run(id, reference, purpose, tx.ctx.today, seed, percent, ...counts, drawn.digest, drawn.cut, by, tx.ctx.now);
	record(tx, 'sample.drawn', { type: 'draw', id }, { reference, purpose, seed, percent, eligible: counts[0], drawn: counts[1], digest: drawn.digest });
	return { id, reference, numbers: drawn.numbers };
}

/** A seed that nobody chose. */
export function newSeed(): string {
	return randomBytes(16).toString('hex');
}

/**
 * Puts everything that could be confirmed at one look through the draw: some by lot, by a seed that is kept and published, and whoever gives
 * a reason to look closer. @returns how many went through it, and how many were drawn. @throws Forbidden; Conflict when nothing waits
 */
export function drawRenewals(ctx: Ctx): { through: number; drawn: number } {
	allow(isOfficer(ctx.actor));
	const { samplePercent } = renewalRules(ctx.db, ctx.today);
	return commit(ctx, { name: 'drawRenewals' }, (tx) => {
		const waiting = undrawn(ctx);
		if (waiting.length === 0) throw new Conflict('Nothing waits for the draw.');
		const draw = keepDraw(tx, { purpose: 'renewal', seed: newSeed(), numbers: waiting.map(({ number }) => number), percent: samplePercent });
		const chosen = new Set(draw.numbers);
		const risky = riskyAmong(ctx, waiting);
		for (const { id, number } of waiting) {
			const because = chosen.has(number) ? 'random' : risky.has(id) ? 'risk' : 'not_drawn';
			takeRenewalStep(tx, renewalById(ctx, id), 'drawn', { draw: draw.id, sampled: because !== 'not_drawn', because });
		}
		return { through: waiting.length, drawn: waiting.filter(({ id, number }) => chosen.has(number) || risky.has(id)).length };
	});
}

/**
 * Confirms what was sent, is green and was not drawn, at one look: `chosen` says `REN-2026-0001:3` for each, the number of steps that were seen.
 * All or none: when one has moved on nothing is confirmed, and the words say which. Each gets its next period in the same transaction.
 * @throws Forbidden, SignInRequired for a proof, Conflict
 */
export function confirmBatch(ctx: Ctx, { chosen }: { chosen: readonly string[] }): number {
	allow(isOfficer(ctx.actor));
	requireProof(ctx, true);
	const wanted = [...new Set(chosen)].map((one) => one.split(':'));
	const { batchMost } = renewalRules(ctx.db, ctx.today);
	if (wanted.length > batchMost) throw new Invalid('chosen', `Confirm ${batchMost} at most at once.`);
	return commit(ctx, { name: 'confirmBatch', reason: 'green and not drawn' }, (tx) => {
		for (const [reference = '', seen] of wanted) confirmOne(tx, reference, Number(seen));
		return wanted.length;
	});
}

function confirmOne(tx: Tx, reference: string, seen: number): void {
	const { ctx } = tx;
	const standing = renewalByReference(ctx, reference);
	const { personId, id } = standing.renewal;
	if (circleOf(ctx.db, personId, personOf(ctx).personId).length > 0) throw new Conflict(`${reference} is for a colleague: you are too close to confirm it.`);
	if (standing.seen !== seen || !greenReady(standing))
		throw new Conflict(`${reference} has moved on since you opened this list. Nothing was confirmed: look again.`);
	refuseUnpaidRenewal(ctx, standing.renewal);
	const term = confirmTerms(tx, standing);
	takeRenewalStep(tx, standing, 'confirmed', { by: 'batch', ...term });
	postTo(tx, personId, (to) => renewalConfirmed(ctx.settings, { key: id, toOn: term.toOn, tasks: [] }, to));
}
