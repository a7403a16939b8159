import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { recuseFound } from './meeting-interest-commands.ts';
import { partIn } from './meeting-part.ts';
import { chairs, seatOf } from './meeting-policy.ts';
import { type Item, itemAt } from './meeting-rows.ts';
import { allowAtTable, placeFor, refuseItemUnless, refuseUnless } from './meeting-table.ts';
import { standingOf } from './step.ts';
import { type Choice, choicesFor, isQuorate, leadingIn, quorumFor } from './vote-count.ts';
import type { VoteInput } from './vote-forms.ts';
import { castersOn, revealVotes, revealWhenAllVoted, votesOn } from './vote-reveal.ts';

type Place = { reference: string; no: number };

/**
 * Casts a sealed vote: nobody sees it before all are opened together, and nobody changes it. The last one who is present opens them.
 * The same vote sent twice is one. @throws NotFound, Forbidden, Invalid; Conflict once the votes are opened, or for a second, other vote
 */
export function castVote(ctx: Ctx, place: Place, input: VoteInput): void {
	const { personId } = personOf(ctx);
	if (hasVotedAlready(ctx.db, placeFor(ctx, place).item.id, personId, input)) return;
	commit(ctx, { name: 'cast vote' }, (tx) => {
		const { meeting, members, item } = placeFor(ctx, place);
		const seat = seatOf(ctx.actor, members);
		allowAtTable(seat !== null && seat !== 'secretary');
		refuseUnless(meeting, 'open');
		refuseItemUnless(item, 'voting');
		recuseFound(tx, item);
		allowAtTable(partIn(tx.db, item, personId) !== 'recused');
		if (partIn(tx.db, item, personId) === 'undeclared') throw new Conflict('Say first whether you have an interest in this item.');
		if (members.find((member) => member.personId === personId)?.attended !== true)
			throw new Conflict('You are noted as not present. Ask whoever keeps the record to note that you came.');
		if (!choicesFor(item.kind).includes(input.choice)) throw new Invalid('choice', 'Choose how you vote.');
		put(tx, item.id, { ...input, personId, isCasting: false });
		record(tx, 'meeting.voted', { type: 'meeting', id: meeting.id }, { item: item.position, person: personId });
		revealWhenAllVoted(tx, itemAt(tx.db, meeting.id, item.position));
	});
}

function hasVotedAlready(db: Db, itemId: string, personId: string, input: VoteInput): boolean {
	const choice = prepared(db.sql, 'SELECT choice FROM vote WHERE item_id = ? AND person_id = ? AND is_casting = 0').pluck().get(itemId, personId);
	if (choice === undefined) return false;
	if (choice !== input.choice) throw new Conflict('You have voted on this item already. A sealed vote is never changed.');
	return true;
}

/** The chair closes the vote before everyone present has voted. @throws NotFound, Forbidden; Conflict without a quorum of votes, or when it is closed */
export function closeVote(ctx: Ctx, place: Place, { version }: { version: number }): void {
	commit(ctx, { name: 'close vote' }, (tx) => {
		const { meeting, members, item } = placeFor(ctx, place);
		allowAtTable(chairs(ctx.actor, members, item) && partIn(tx.db, item, personOf(ctx).personId) === 'free');
		refuseUnless(meeting, 'open');
		refuseItemUnless(item, 'voting');
		recuseFound(tx, item);
		refuseTooFewVotes(tx, item);
		if (item.version !== version) throw new Conflict('Somebody has just done something about this item. Look at it again.');
		revealVotes(tx, item);
	});
}

/** Refuses what too few, or no lay member, voted on. @throws Conflict */
export function refuseTooFewVotes(tx: Tx, item: Item): void {
	if (item.applicationId === null) return;
	const quorum = quorumFor(item.kind, standingOf(tx.db, item.applicationId).standards);
	const casters = castersOn(tx.db, item.id);
	if (!isQuorate(casters, quorum))
		throw new Conflict(`${casters.length} have voted who take part. A decision needs ${quorum.members}, ${quorum.lay} of them lay.`);
}

/** The casting vote of whoever chairs, between choices that are even: a vote of its own. @throws NotFound, Forbidden, Conflict, Invalid */
export function giveCastingVote(ctx: Ctx, place: Place, input: VoteInput): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'casting vote' }, (tx) => {
		const { meeting, members, item } = placeFor(ctx, place);
		allowAtTable(chairs(ctx.actor, members, item) && partIn(tx.db, item, personId) === 'free');
		refuseUnless(meeting, 'open');
		refuseItemUnless(item, 'opened');
		if (votesOn(tx.db, item.id, true).length > 0) throw new Conflict('The casting vote has been given already.');
		const leading = leadingIn(votesOn(tx.db, item.id, false).map(({ choice }) => choice));
		if (leading.length < 2) throw new Conflict('The votes are not even. No casting vote is needed.');
		if (!leading.includes(input.choice)) throw new Invalid('choice', 'Choose one of those that are even.');
		put(tx, item.id, { ...input, personId, isCasting: true });
		record(tx, 'meeting.casting_vote', { type: 'meeting', id: meeting.id }, { item: item.position, choice: input.choice });
	});
}

function put(tx: Tx, itemId: string, vote: { personId: string; isCasting: boolean; choice: Choice; reasons: readonly string[]; words: string }): void {
	const text = 'INSERT INTO vote (item_id, person_id, is_casting, choice, reasons, words, cast_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(itemId, vote.personId, vote.isCasting ? 1 : 0, vote.choice, JSON.stringify(vote.reasons), vote.words, tx.ctx.now);
}
