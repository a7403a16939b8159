import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { typedDay } from '#features/membership/index.ts';
import { area, type CaseAct, choice, key, needed, oneOf, seen } from './case-act-parts.ts';
import { adjournHearing, type ListInput, listHearing, noticeFor } from './hearing-commands.ts';
import { labelOf, type PanelRow, ticked, toldFields, toldShape, under } from './panel-act-parts.ts';
import { PANEL_ASK_ACTS } from './panel-ask-acts.ts';
import { canDissolve, dissolvePanel, type SeatInput, seatMember } from './panel-commands.ts';
import { missingIn } from './panel-composition.ts';
import { dueOf } from './panel-due.ts';
import { sittersFor } from './panel-people.ts';
import { ABSTAIN, choicesIn, subjectsIn } from './panel-questions.ts';
import { type RecordInput, recordDecision } from './panel-record-commands.ts';
import { canRecord, type PanelPlace, type Room, roomOf, seatedIn } from './panel-room.ts';
import { type Round, stateOfPanel } from './panel-rows.ts';
import { castChairVote, castPanelVote, closePanelVote, openRound } from './panel-vote-commands.ts';
import { evenIn } from './panel-vote-count.ts';
import { votersIn } from './panel-vote-store.ts';
import { CHOICE_WORDS, QUESTION_WORDS, SEAT_WORDS } from './panel-words.ts';
import { refusalOf } from './state.ts';

const sits = ({ panel }: Room) => stateOfPanel(panel) === 'sits';
const composes = (room: Room) => room.isOwner || room.isSecretary;
const isChair = ({ me }: Room) => me?.role === 'chair' && me.state === 'here';
const votes = (room: Room): Round | null => {
	const round = openRound(room);
	const isVoter = round !== null && round.countedAt === null && votersIn(room, round).some(({ id }) => id === room.me?.id);
	return isVoter && !round.voted.includes(room.me?.id ?? '') ? round : null;
};
const choiceFields = (room: Room, round: Round, of: (subject: string) => readonly string[]) =>
	subjectsIn(round)
		.filter((subject) => of(subject).length > 0)
		.map((subject) =>
			choice(
				`choice:${subject}`,
				labelOf(room, subject, QUESTION_WORDS[round.kind]),
				Object.fromEntries(of(subject).map((one) => [one, CHOICE_WORDS[one] ?? one])),
			),
		);

const SEAT: PanelRow = {
	key: 'seat',
	title: 'Ask somebody to sit',
	says: 'They are asked first what ties them to anybody in it, and see the case from then on until the panel has decided.',
	button: 'Ask them',
	when: (room) => composes(room) && sits(room) && room.rounds.length === 0,
	fields: (room, ctx) => [
		{
			name: 'person',
			label: 'Whom?',
			kind: 'select',
			hint: 'Whoever the record ties to the case, or who had to do with an earlier stage of it, is not listed.',
			options: sittersFor(ctx, room.concern.id).map(({ personId, name, isLay }) => ({ value: personId, label: `${name}${isLay ? ' (lay)' : ''}` })),
		},
		choice('role', 'As what?', SEAT_WORDS),
	],
	schema: z.object({ person: key('Choose somebody.'), role: oneOf(SEAT_WORDS, 'Choose one.') }),
	run: (ctx, place, input: SeatInput) => seatMember(ctx, place, input),
};

const DISSOLVE: PanelRow = {
	key: 'dissolve',
	title: 'Dissolve this panel',
	says: 'Its members are let out, and another panel of other people can be composed.',
	button: 'Dissolve it',
	isGrave: true,
	when: (room) => composes(room) && sits(room) && canDissolve(room),
	fields: () => [area('words', 'Why?', 'For the file.')],
	schema: z.object({ words: needed('Say why.') }),
	run: dissolvePanel,
};

const mayList = (room: Room) => room.isSecretary && sits(room) && ['hearing', 'health'].includes(room.panel.kind) && room.rounds.length === 0;

const LIST: PanelRow = {
	key: 'list',
	title: 'List the hearing',
	says: 'Both sides are told the day, the place, and whom they may bring.',
	button: 'List it',
	when: (room) => mayList(room) && refusalOf(room.state, 'listed') === null && missingIn(seatedIn(room), room.rule).length === 0,
	fields: (room) => [
		{ name: 'on', label: 'On which day?', kind: 'text', hint: `Such as 22/11/2027. At least ${noticeFor(room)} days from today.` },
		...toldFields(room, true),
		area('words', 'Words for the file'),
	],
	schema: z.object({ seen, on: typedDay('Enter the day').pipe(z.string('Enter the day.')), ...toldShape, told: needed('Write what they read.') }),
	run: (ctx, place, input: ListInput) => listHearing(ctx, place, input),
};

const ADJOURN: PanelRow = {
	key: 'adjourn',
	title: 'Adjourn the hearing',
	says: 'It is listed again for another day. Both sides are told.',
	button: 'Adjourn it',
	when: (room) => mayList(room) && refusalOf(room.state, 'adjourned') === null,
	fields: (room) => [...toldFields(room, true), area('words', 'Words for the file')],
	schema: z.object({ seen, ...toldShape, told: needed('Write what they read.') }),
	run: adjournHearing,
};

const VOTE: PanelRow = {
	key: 'vote',
	title: 'Vote',
	says: 'Your vote is sealed. Nobody reads it before everybody has voted; then they are counted, without names. It cannot be changed.',
	button: 'Cast your vote',
	isGrave: true,
	when: (room) => sits(room) && votes(room) !== null,
	fields: (room) => {
		const round = votes(room) as Round;
		return [
			...choiceFields(room, round, () => [...choicesIn(round), ABSTAIN]),
			area('words', 'If you see it differently from the others: why?', 'You need not. It stands in the record without your name, unless you want it there.'),
			{ name: 'isNamed', label: 'Your name', kind: 'ticks', options: [{ value: 'yes', label: 'Put my name to it' }] },
		];
	},
	schema: z.looseObject({ words: toldShape.words, isNamed: ticked }),
	run: (ctx, place, { words, isNamed, ...typed }: { words: string; isNamed: boolean }) =>
		castPanelVote(ctx, place, { choices: under(typed, 'choice:'), words, isNamed }),
};

const CLOSE: PanelRow = {
	key: 'close-vote',
	title: 'Close the vote',
	says: 'Somebody who is present has not voted. What was cast is counted, where it is enough to decide.',
	button: 'Close it and count',
	isGrave: true,
	when: (room) => sits(room) && isChair(room) && openRound(room) !== null && openRound(room)?.countedAt === null,
	fields: () => [],
	schema: z.object({}),
	run: (ctx, place) => closePanelVote(ctx, place, { round: openRound(roomOf(ctx, place))?.no ?? 0 }),
};

const CASTING: PanelRow = {
	key: 'casting',
	title: 'Decide what is even',
	says: 'As chair you have a second vote where the votes are even.',
	button: 'Decide it',
	isGrave: true,
	when: (room) => sits(room) && isChair(room) && (openRound(room)?.countedAt ?? null) !== null,
	fields: (room) => {
		const round = openRound(room) as Round;
		const even = evenIn(round, round.counts ?? {});
		return choiceFields(room, round, (subject) => even[subject] ?? []);
	},
	schema: z.looseObject({}),
	run: (ctx, place, typed: Record<string, unknown>) => castChairVote(ctx, place, { choices: under(typed, 'choice:') }),
};

const RECORD: PanelRow = {
	key: 'record',
	title: 'Write down what was decided',
	says: 'With its reasons. The case goes on from there, and whoever is to know is told.',
	button: 'Write it down',
	isGrave: true,
	when: (room) => canRecord(room) && dueOf(room) !== null,
	fields: (room) => {
		const due = dueOf(room);
		const own = (due?.each ?? []).map((id) => area(`reason:${id}`, `Reasons: ${labelOf(room, id, '')}`));
		return [...own, area('words', 'Reasons of the panel'), ...(due?.isTold || due?.part === 'interim' ? toldFields(room, due.data.imposed === true) : [])];
	},
	schema: z.looseObject({ seen, ...toldShape }),
	run: (ctx, place, { seen: saw, words, told, toldRespondent, ...typed }: Omit<RecordInput, 'reasons'>) =>
		recordDecision(ctx, place, { seen: saw, words, told, toldRespondent, reasons: under(typed, 'reason:') }),
	leaves: (room) => !room.isSecretary && (dueOf(room)?.isLast ?? false),
};

/** What can be done in the room of a panel. */
export const PANEL_ACTS: readonly PanelRow[] = [VOTE, CASTING, RECORD, CLOSE, ...PANEL_ASK_ACTS, SEAT, LIST, ADJOURN, DISSOLVE];

/** The acts that the actor may take in the room now. */
export function actsInRoom(room: Room, today: string): Pick<PanelRow, 'key' | 'title'>[] {
	return PANEL_ACTS.filter(({ when }) => when(room, today)).map(({ key: name, title }) => ({ key: name, title }));
}

/** One of them with its form. @throws NotFound when it cannot be taken now */
export function panelAct(ctx: Ctx, place: PanelPlace, name: string): CaseAct {
	const room = roomOf(ctx, place);
	const row = PANEL_ACTS.find((one) => one.key === name && one.when(room, ctx.today));
	if (!row) throw new NotFound('There is no such panel.');
	const { key: act, title, says, button, isGrave = false, schema } = row;
	const run = (input: never) => row.run(ctx, place, input);
	return {
		key: act,
		title,
		says,
		button,
		isGrave,
		schema,
		fields: row.fields(room, ctx),
		shows: [],
		seen: room.seen,
		run,
		leaves: row.leaves?.(room) ?? false,
	};
}
