import { eq } from 'drizzle-orm';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { attachFile } from '#core/files.ts';
import { newId } from '#core/ids.ts';
import { allow } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { decisionReview } from '#db/schema/index.ts';
import { postTo } from './apply-post.ts';
import { ownStanding } from './apply-queries.ts';
import { mailReviewAsked } from './decision-mails.ts';
import { filesAt } from './evidence-queries.ts';
import { canTake } from './policy.ts';
import type { ReviewInput } from './review-form.ts';
import type { Ground } from './review-words.ts';
import { refusalOf, type Step } from './state.ts';
import { refuseStale, type Standing, takeStep } from './step.ts';

export type Review = Omit<typeof decisionReview.$inferSelect, 'grounds'> & { grounds: Ground[] };

/** The review that was asked for of a decision, or null. Never authorises. */
export function reviewOf(db: Db, decisionId: string | null): Review | null {
	const row = decisionId === null ? undefined : db.orm.select().from(decisionReview).where(eq(decisionReview.decisionId, decisionId)).get();
	return row ? { ...row, grounds: JSON.parse(row.grounds) as Ground[] } : null;
}

/** May a review of the decision in force be asked for, until when, and if not, why not. Never authorises. */
export function reviewChance(db: Db, standing: Standing, today: string): { may: true; untilOn: string } | { may: false; why: string } {
	const { state, route, standards } = standing;
	const refusal = refusalOf(state, 'review_requested', route);
	if (refusal !== null || state.decidedOn === null) return { may: false, why: refusal ?? 'Nothing has been decided yet.' };
	const byReview = "SELECT 1 FROM decision d JOIN meeting_item i ON i.id = d.item_id WHERE d.id = ? AND i.kind = 'review'";
	if (reviewOf(db, state.decisionId) !== null || prepared(db.sql, byReview).get(state.decisionId) !== undefined)
		return { may: false, why: 'This decision has been reviewed. There is no second review.' };
	const untilOn = addDays(state.decidedOn, standards.limits.reviewWithinDays);
	return today <= untilOn ? { may: true, untilOn } : { may: false, why: `A review could be asked for until ${sayDay(untilOn)}.` };
}

/**
 * Asks for a review of the decision on one's own application, on stated grounds, within the days of the standards (28 by default).
 * Sent twice it is asked once. @throws NotFound for anybody else's; Conflict when it is too late or was reviewed; Invalid beside the field
 */
export function requestReview(ctx: Ctx, key: string, input: ReviewInput): void {
	const before = ownStanding(ctx, key);
	if (before.state.phase === 'review') return;
	commit(ctx, { name: 'request review' }, (tx) => {
		const standing = ownStanding(ctx, key);
		refuseStale(standing, input.seen);
		allow(canTake(ctx.actor, { personId: standing.application.personId, state: standing.state, isBarred: false }, 'review_requested'));
		askReview(tx, standing, { ...input, on: ctx.today, data: {} });
	});
}

/** What is asked, and on which day; `data` of the step. */
type Asked = Pick<ReviewInput, 'grounds' | 'words' | 'files'> & { on: string; data: Step['data'] };

/** Asks for a review for an applicant. Joins a transaction and never authorises. @throws Conflict when it is too late or was reviewed, Invalid */
export function askReview(tx: Tx, standing: Standing, { grounds, words, files, on, data }: Asked): void {
	const { ctx } = tx;
	const { application, state } = standing;
	const chance = reviewChance(tx.db, standing, on);
	if (!chance.may) throw new Conflict(chance.why);
	if (files.length > 1) throw new Invalid('files', 'Choose one file only.');
	for (const file of files) attachFile(tx, file, { ...filesAt(application.id), ownerPersonId: application.personId, field: 'files' });
	const row = { id: newId(), applicationId: application.id, decisionId: state.decisionId ?? '', words, fileId: files[0] ?? null, requestedAt: ctx.now };
	tx.db.orm
		.insert(decisionReview)
		.values({ ...row, grounds: JSON.stringify(grounds) })
		.run();
	const after = takeStep(tx, standing, 'review_requested', { review: row.id, decision: row.decisionId, grounds, ...data });
	const about = { key: row.id, reference: application.reference ?? '', dueOn: after.application.dueOn };
	postTo(tx, application.personId, (to) => mailReviewAsked(ctx.settings, about, to));
}
