import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { personOf, requireProof } from '#core/policy.ts';
import { decideApplication, deferDecision } from './decision-apply.ts';
import type { ResolveInput } from './decision-forms.ts';
import { decideReview } from './decision-review.ts';
import { recuseFound } from './meeting-interest-commands.ts';
import { approveMinutes } from './meeting-minutes-commands.ts';
import { partIn } from './meeting-part.ts';
import { canRun, chairs } from './meeting-policy.ts';
import type { Item, Meeting, Member } from './meeting-rows.ts';
import { advanceItem, allowAtTable, placeFor, refuseItemUnless, refuseUnless } from './meeting-table.ts';
import { refuseStale, standingOf } from './step.ts';
import { refuseTooFewVotes } from './vote-commands.ts';
import { type Choice, carriedIn, choicesFor } from './vote-count.ts';
import { CHOICE_WORDS } from './vote-forms.ts';
import { votesOn } from './vote-reveal.ts';

/**
 * Resolves an item as the votes came out, in one transaction: the decision, the application's step, the award with its period, the register,
 * the finder, and the letters; or, without a vote, what was said. A crash leaves all of it or nothing.
 * @throws NotFound, Forbidden, SignInRequired without a recent proof; Conflict without a quorum, an outcome, or when something moved on;
 * Invalid beside the field
 */
export function resolveItem(ctx: Ctx, place: { reference: string; no: number }, input: ResolveInput): void {
	requireProof(ctx, true);
	commit(ctx, { name: 'resolve item' }, (tx) => {
		const { meeting, members, item } = placeFor(ctx, place);
		refuseUnless(meeting, 'open');
		if (item.version !== input.version) throw new Conflict('Somebody has just done something about this item. Look at it again: what you wrote is still here.');
		if (choicesFor(item.kind).length === 0) return resolveTalk(tx, { meeting, members, item }, input);
		allowAtTable(chairs(ctx.actor, members, item) && partIn(ctx.db, item, personOf(ctx).personId) === 'free');
		refuseItemUnless(item, 'opened');
		recuseFound(tx, item);
		refuseTooFewVotes(tx, item);
		const carried = carriedOn(tx, item);
		const resolution = item.applicationId === null ? settleTalk(carried, input) : decide(tx, { ...item, applicationId: item.applicationId }, carried, input);
		close(tx, item, resolution);
	});
}

/** What the votes on an item came to, the casting vote included. @throws Conflict while nothing is carried */
function carriedOn(tx: Tx, item: Item): Choice {
	const [casting] = votesOn(tx.db, item.id, true);
	const carried = carriedIn(
		votesOn(tx.db, item.id, false).map(({ choice }) => choice),
		casting?.choice ?? null,
	);
	if (carried === null) throw new Conflict('Nothing is carried yet: the votes are even, or everyone abstained.');
	return carried;
}

const OUTCOMES = { award: 'awarded', award_with_conditions: 'awarded_with_conditions', decline: 'declined' } as const;

function decide(tx: Tx, item: Item & { applicationId: string }, carried: Choice, input: ResolveInput): string {
	const standing = standingOf(tx.db, item.applicationId);
	refuseStale(standing, input.steps);
	if (item.kind === 'review') return decideReview(tx, { item, standing }, carried, input);
	if (carried === 'defer') return deferDecision(tx, { item, standing }, input);
	return decideApplication(tx, { item, standing }, OUTCOMES[carried as keyof typeof OUTCOMES], input);
}

function settleTalk(carried: Choice, { words }: ResolveInput): string {
	if (words === '') throw new Invalid('words', 'Write what was resolved.');
	return `${CHOICE_WORDS[carried]}. ${words}`;
}

/** Other business, and the minutes of an earlier meeting: there is no vote, only what was resolved. */
function resolveTalk(tx: Tx, { meeting, members, item }: { meeting: Meeting; members: Member[]; item: Item }, { words }: ResolveInput): void {
	allowAtTable(canRun(tx.ctx.actor, members));
	refuseItemUnless(item, 'coming');
	if (item.kind === 'minutes') approveMinutes(tx, { item, meeting });
	else if (words === '') throw new Invalid('words', 'Write what was resolved.');
	close(tx, item, item.kind === 'minutes' ? `Approved. ${words}`.trim() : words);
}

function close(tx: Tx, item: Item, resolution: string): void {
	advanceItem(tx, item, item.version, { resolvedAt: tx.ctx.now, resolution });
	record(tx, 'meeting.item_resolved', { type: 'meeting', id: item.meetingId }, { item: item.position, kind: item.kind });
}
