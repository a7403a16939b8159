import type { Ctx } from '#core/ctx.ts';
import { removeFromAgenda } from './meeting-agenda-commands.ts';
import { callOffMeeting } from './meeting-call-commands.ts';
import { closeMeeting, openItem, putOver, takeChair } from './meeting-room-commands.ts';
import { closeVote } from './vote-commands.ts';

type Input = { version: number; reason: string };
type Words = { title: string; says: string; button: string; asksReason: boolean };

type MeetingAct = Words & { run(ctx: Ctx, reference: string, input: Input): void };

const MEETING_ACTS: Readonly<Record<string, MeetingAct>> = {
	close: {
		title: 'Close the meeting',
		says: 'What was not reached waits for another meeting. Minutes are drafted from what happened; the secretary edits them, and the next meeting approves them.',
		button: 'Close the meeting',
		asksReason: false,
		run: closeMeeting,
	},
	'call-off': {
		title: 'Call the meeting off',
		says: 'Everyone who has a seat is told. What is on the agenda waits for another meeting.',
		button: 'Call it off',
		asksReason: true,
		run: callOffMeeting,
	},
};

type Place = { reference: string; no: number };

/** `isGone`: afterwards the item is on this agenda no more. */
type ItemAct = Words & { isGone?: true; run(ctx: Ctx, place: Place, input: Input): void };

const ITEM_ACTS: Readonly<Record<string, ItemAct>> = {
	open: {
		title: 'Open voting',
		says: 'Those present who take part can vote. Votes are sealed; they are opened together when everyone has voted, or when the chair closes the vote.',
		button: 'Open voting',
		asksReason: false,
		run: openItem,
	},
	'close-vote': {
		title: 'Close the vote',
		says: 'The votes cast so far are opened together. Whoever has not voted cannot do so any more.',
		button: 'Close the vote',
		asksReason: false,
		run: closeVote,
	},
	chair: {
		title: 'Take the chair for this item',
		says: 'The chair takes no part in this item, or is away. You chair it: you close the vote, give a casting vote if the votes are even, and resolve the item.',
		button: 'Take the chair',
		asksReason: false,
		run: takeChair,
	},
	'put-over': {
		title: 'Put this item over',
		says: 'It waits for another meeting. Votes that were cast are kept and decide nothing.',
		button: 'Put it over',
		asksReason: true,
		isGone: true,
		run: putOver,
	},
	remove: {
		title: 'Take this item off the agenda',
		says: 'It waits for another meeting.',
		button: 'Take it off',
		asksReason: true,
		isGone: true,
		run: removeFromAgenda,
	},
};

/** An act on a meeting that asks only whether to go on, or why, by the last part of its address: one page shows them all. */
export function meetingAct(name: string | undefined): MeetingAct | null {
	return name !== undefined && Object.hasOwn(MEETING_ACTS, name) ? (MEETING_ACTS[name] ?? null) : null;
}

/** The same on one item. */
export function itemAct(name: string | undefined): ItemAct | null {
	return name !== undefined && Object.hasOwn(ITEM_ACTS, name) ? (ITEM_ACTS[name] ?? null) : null;
}
