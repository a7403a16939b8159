import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import { openText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { isQuorate } from './panel-composition.ts';
import { ABSTAIN, choicesIn, subjectsIn } from './panel-questions.ts';
import { type PanelPlace, type Room, refuseUnlessSits, roomOf } from './panel-room.ts';
import type { Round } from './panel-rows.ts';
import { carriedBy, evenIn, type Vote } from './panel-vote-count.ts';
import { count, putVote, votersIn } from './panel-vote-store.ts';

/** The round that is open, or counted and even. */
export function openRound({ rounds }: Pick<Room, 'rounds'>): Round | null {
	return rounds.find(({ carried }) => carried === null) ?? null;
}

/**
 * Casts a sealed vote: nobody reads it before all who are present have voted, or the chair has closed the vote; the last one who is present has
 * them counted. The same vote twice is one. @throws NotFound, Forbidden, Invalid; Conflict once it is counted, or for a second, other vote
 */
export function castPanelVote(ctx: Ctx, place: PanelPlace, input: Vote): void {
	if (hasVotedAlready(ctx, roomOf(ctx, place), input)) return;
	commit(ctx, { name: 'vote on a panel' }, (tx) => {
		const room = roomOf(ctx, place);
		const { me } = room;
		refuseUnlessSits(room);
		const round = openRound(room);
		if (round === null || round.countedAt !== null) throw new Conflict('Nothing is open to be voted on.');
		allow(me !== null && votersIn(room, round).some(({ id }) => id === me.id), 'You do not vote on this.');
		refuseUnlessChosen(round, input.choices);
		putVote(tx, room, round, me, { ...input, choices: onlyAsked(round, input.choices) }, false);
		record(tx, 'concern.panel_voted', { type: 'concern', id: room.concern.id }, { no: room.panel.no, round: round.no });
		const after = roomOf(ctx, place);
		const now = openRound(after) as Round;
		if (votersIn(after, now).every(({ id }) => now.voted.includes(id))) count(tx, after, now);
	});
}

function hasVotedAlready(ctx: Ctx, room: Room, input: Vote): boolean {
	const round = room.rounds.findLast(({ voted }) => room.me !== null && voted.includes(room.me.id));
	const open = openRound(room);
	if (!round || (open !== null && open.id !== round.id)) return false;
	const before = JSON.parse(openText(ctx, room.concern.id, `vote:${room.panel.id}:${room.me?.id}:${round.no}`) ?? '{}') as Vote;
	const isSame = JSON.stringify(before.choices) === JSON.stringify(onlyAsked(round, input.choices));
	if (!isSame) throw new Conflict('You have voted on this already. A sealed vote is never changed.');
	return true;
}

function onlyAsked(round: Round, choices: Vote['choices']): Vote['choices'] {
	return Object.fromEntries(subjectsIn(round).map((subject) => [subject, choices[subject] ?? '']));
}

function refuseUnlessChosen(round: Round, choices: Vote['choices']): void {
	const may = [...choicesIn(round), ABSTAIN];
	for (const subject of subjectsIn(round)) if (!may.includes(choices[subject] ?? '')) throw new Invalid(`choice:${subject}`, 'Choose how you vote.');
}

/** The chair closes a vote before everybody present has voted. @throws NotFound, Forbidden; Conflict without a quorum of votes, or when it is counted */
export function closePanelVote(ctx: Ctx, place: PanelPlace, { round: no }: { round: number }): void {
	commit(ctx, { name: 'close the vote of a panel' }, (tx) => {
		const room = roomOf(ctx, place);
		refuseUnlessSits(room);
		allow(room.me?.role === 'chair' && room.me.state === 'here');
		const round = openRound(room);
		if (round === null || round.no !== no || round.countedAt !== null) throw new Conflict('This vote is counted already.');
		const voted = votersIn(room, round).filter(({ id }) => round.voted.includes(id));
		if (!isQuorate(voted, room.rule)) throw new Conflict(`${voted.length} have voted. That is not enough to decide: wait for the others, or sit again.`);
		count(tx, room, round);
	});
}

/** The chair decides what is even, with a vote of its own. @throws NotFound, Forbidden, Invalid; Conflict when nothing is even */
export function castChairVote(ctx: Ctx, place: PanelPlace, { choices }: Pick<Vote, 'choices'>): void {
	commit(ctx, { name: 'decide what is even' }, (tx) => {
		const room = roomOf(ctx, place);
		const { me } = room;
		refuseUnlessSits(room);
		allow(me?.role === 'chair' && me.state === 'here');
		const round = openRound(room);
		if (round === null || round.countedAt === null) throw new Conflict('Nothing is even, so there is nothing to decide.');
		const counts = round.counts ?? {};
		for (const [subject, even] of Object.entries(evenIn(round, counts)))
			if (!even.includes(choices[subject] ?? '')) throw new Invalid(`choice:${subject}`, 'Choose one of those that are even.');
		const carried = carriedBy(round, counts, room.rule.tie, choices);
		if (carried === null) throw new Conflict('Decide everything that is even.');
		putVote(tx, room, round, me, { choices, words: '', isNamed: false }, true);
		prepared(tx.db.sql, 'UPDATE concern_panel_round SET carried = ? WHERE id = ?').run(JSON.stringify(carried), round.id);
		record(tx, 'concern.panel_cast', { type: 'concern', id: room.concern.id }, { no: room.panel.no, round: round.no });
	});
}
