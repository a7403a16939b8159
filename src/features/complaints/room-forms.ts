import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import { type CaseAct, seen } from './case-act-parts.ts';
import { isComplaintsOfficer } from './policy.ts';
import { endRoom, enterToSummarise, makeRoom, type RoomInput, reviewersOn, roomForm } from './room-commands.ts';
import { caseInRoom, type Room, roomOf } from './room-rows.ts';

const plain = { isGrave: false, shows: [], fields: [], seen: 0, schema: z.object({ seen }) } as const;

/** Makes a room. @throws Forbidden */
export function newRoomAct(ctx: Ctx): CaseAct {
	allow(isComplaintsOfficer(ctx.actor));
	return {
		...plain,
		key: 'new-room',
		title: 'Make a room for a reviewer',
		says: 'They see a random sample of closed cases: steps, clocks and outcomes, and a summary of each that names nobody, once one has written and another has checked it. They change nothing. What ties you or them is not drawn from.',
		button: 'Draw the cases',
		fields: [
			{
				name: 'reviewer',
				label: 'For whom?',
				kind: 'select',
				hint: 'Whoever holds the role of a reviewer from outside today.',
				options: reviewersOn(ctx, ctx.today),
			},
			{ name: 'fromOn', label: 'From which day?', kind: 'text', hint: `Such as ${sayDay(ctx.today)}.` },
			{ name: 'untilOn', label: 'Until the end of which day?', kind: 'text', hint: 'Thirty days at most.' },
			{ name: 'size', label: 'How many cases?', kind: 'text', hint: 'Fifty at most.' },
		],
		schema: roomForm,
		run: (input: RoomInput) => makeRoom(ctx, input),
	};
}

/** Ends a room early. @throws NotFound */
export function endRoomAct(ctx: Ctx, id: string): CaseAct {
	forOfficer(ctx, id);
	const says = 'The reviewer sees nothing of it any more, from this moment. What they opened stays on record.';
	return { ...plain, key: 'ended', title: 'End this room now', says, button: 'End it', isGrave: true, run: () => endRoom(ctx, id) };
}

/** Lets an officer into a case of a room. @throws NotFound */
export function enterAct(ctx: Ctx, id: string, no: string): CaseAct {
	forOfficer(ctx, id);
	caseInRoom(ctx, id, no);
	return {
		...plain,
		key: 'enter',
		title: 'Open a case to write or check its summary',
		says: 'You are let into it as a caseworker until this room is over. Its page asks first what ties you to it, and whatever you open is recorded.',
		button: 'Let me in',
		run: () => enterToSummarise(ctx, id, no),
	};
}

function forOfficer(ctx: Ctx, id: string): Room {
	const room = roomOf(ctx, id);
	if (room.isOwn || room.isEnded) throw new NotFound('There is no such room.');
	return room;
}
