import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { placesOf } from '#core/vault.ts';
import { allegationsOf } from './case-allegations.ts';
import { maySeeFile } from './file-case.ts';
import { filesIn } from './file-list.ts';
import { repliesOf } from './own-reply.ts';
import { labelOf } from './panel-act-parts.ts';
import { actsInRoom } from './panel-acts.ts';
import { isListed, refusalToSit } from './panel-ask-commands.ts';
import { canCompose, openKinds } from './panel-commands.ts';
import { missingIn } from './panel-composition.ts';
import { ALL, subjectsIn } from './panel-questions.ts';
import { type PanelPlace, type Room, roomOf, seatedIn } from './panel-room.ts';
import { panelsOf, type Round, stateOfPanel } from './panel-rows.ts';
import { sayMotion } from './panel-said.ts';
import { votersIn, votesIn } from './panel-vote-store.ts';
import { CHOICE_WORDS, PANEL_STATE_WORDS, PANEL_WORDS, PART_WORDS, QUESTION_WORDS, SEAT_STATE_WORDS, SEAT_WORDS } from './panel-words.ts';
import { type OpenCase, openCase, sightOf } from './sight.ts';

/** The panels of a case, for who composes and runs them, and for a member their own only. @throws NotFound */
export function panelList(ctx: Ctx, reference: string) {
	const sight = sightOf(ctx, reference);
	if (sight.isGateShut) throw new NotFound('There is no such case.');
	const mayCompose = canCompose(ctx, sight);
	const lines = panelsOf(ctx.db, sight.concern.id).filter(({ no }) => mayCompose || sitsOn(ctx, { reference, no }));
	if (!mayCompose && lines.length === 0) throw new NotFound('There is no such case.');
	return {
		canCompose: mayCompose && openKinds(ctx, sight).length > 0,
		lines: lines.map(({ no, kind, state, sitsOn: day }) => ({ no, title: PANEL_WORDS[kind], state: PANEL_STATE_WORDS[state], day: sayDay(day) })),
	};
}

/** Does the actor find a page of panels in this case? */
export function findsPanels(ctx: Ctx, sight: ReturnType<typeof sightOf>): boolean {
	const numbers = panelsOf(ctx.db, sight.concern.id).map(({ no }) => no);
	return canCompose(ctx, sight) || numbers.some((no) => sitsOn(ctx, { reference: sight.concern.reference ?? '', no }));
}

function sitsOn(ctx: Ctx, place: PanelPlace): boolean {
	try {
		return roomOf(ctx, place).me !== null;
	} catch (error) {
		if (error instanceof NotFound) return false;
		throw error;
	}
}

/** A panel's room with its papers, its question, its votes as far as they are counted, and what it wrote down. Noted as opened. @throws NotFound */
export function panelView(ctx: Ctx, place: PanelPlace) {
	const room = roomOf(ctx, place);
	const opened = openCase(ctx, place.reference, `panel:${place.no}`);
	const { panel } = room;
	return {
		title: PANEL_WORDS[panel.kind],
		rows: rowsOf(room, ctx.today),
		seats: room.seats.map(({ name, role, isLay, state }) => [name, `${SEAT_WORDS[role]}${isLay ? ', lay' : ''}`, SEAT_STATE_WORDS[state]]),
		isMember: room.me !== null,
		rounds: room.rounds.map((round) => roundView(ctx, room, round)),
		parts: decisionReasons(ctx, opened, panel.id).map(({ part, words }) => ({ title: partTitle(room, part), words })),
		before: beforeIt(ctx, room, opened),
		allegations: allegationsOf(ctx, opened),
		replies: repliesOf(ctx, opened.concern.id),
		files: filesIn(ctx, opened.concern.id).filter((file) => maySeeFile(opened, file)),
		acts: actsInRoom(room, ctx.today),
	};
}

/**
 * What a panel wrote down of its decisions, part by part, of an opened case: `screening`, `interim`, `facts`, `breach`, `sanction` or `appeal`, and
 * of an allegation `facts:<allegation>`.
 */
export function decisionReasons(ctx: Ctx, { concern, texts }: Pick<OpenCase, 'concern' | 'texts'>, panelId: string): { part: string; words: string }[] {
	const prefix = `panel:${panelId}:`;
	const parts = [...texts(placesOf(ctx.db, concern.id, prefix))].map(([place, words]) => ({ part: place.slice(prefix.length), words }));
	return parts.sort((a, b) => orderOf(a.part) - orderOf(b.part));
}

/** Facts before breach before what follows: as a panel writes them. */
const ORDER = Object.keys(PART_WORDS);
const orderOf = (part: string) => ORDER.indexOf(part.split(':')[0] ?? '');

/** What comes before a panel beside the papers of the case: the risk, or the grounds of an appeal with the reasons of those who decided. */
function beforeIt(ctx: Ctx, { panel, concern }: Room, opened: OpenCase): { title: string; words: string }[] {
	if (panel.kind !== 'interim' && panel.kind !== 'appeal') return [];
	const prefix = panel.kind === 'interim' ? 'interim:' : 'appeal:';
	const title = panel.kind === 'interim' ? 'The risk that was described' : 'Grounds of the appeal';
	const words = [...opened.texts(placesOf(ctx.db, concern.id, prefix)).values()].map((one) => ({ title, words: one }));
	const decided = panel.kind === 'interim' ? [] : panelsOf(ctx.db, concern.id).filter(({ state, kind }) => state === 'decided' && kind !== 'interim');
	const reasons = decided.flatMap(({ id, kind }) =>
		decisionReasons(ctx, opened, id).map(({ part, words: said }) => ({
			title: `${PANEL_WORDS[kind]}: ${(PART_WORDS[part.split(':')[0] ?? ''] ?? part).toLowerCase()}`,
			words: said,
		})),
	);
	return [...words, ...reasons];
}

function partTitle(room: Room, part: string): string {
	const [name = '', subject] = part.split(':');
	const title = PART_WORDS[name] ?? name;
	return subject === undefined ? title : `${title}: ${labelOf(room, subject, '')}`;
}

function rowsOf(room: Room, today: string): { key: string; value: string }[] {
	const { panel, rule } = room;
	const state = stateOfPanel(panel);
	const why = state === 'sits' ? refusalToSit(room, today) : null;
	const missing = state === 'sits' && room.rounds.length === 0 ? missingIn(seatedIn(room), rule) : [];
	const hasDay = !['hearing', 'health'].includes(panel.kind) || room.state.hearing !== 'not_begun' || isListed(room);
	return [
		{ key: 'State', value: PANEL_STATE_WORDS[state] },
		{ key: 'Sits', value: hasDay ? sayDay(panel.sitsOn) : 'The hearing is not listed yet' },
		{ key: 'Members', value: `${rule.least === rule.most ? rule.most : `${rule.least} to ${rule.most}`}; ${rule.quorum} are enough to decide` },
		...(missing.length > 0 ? [{ key: 'Missing', value: missing.join(' ') }] : []),
		...(why !== null && missing.length === 0 ? [{ key: 'Not yet', value: why }] : []),
	];
}

function roundView(ctx: Ctx, room: Room, round: Round) {
	const voters = votersIn(room, round);
	return {
		no: round.no,
		question: QUESTION_WORDS[round.kind],
		motion: sayMotion(round.motion),
		// Who has voted, never what: votes are counted without names.
		voted: voters.map(({ id, name }) => [name, round.voted.includes(id) ? 'Has voted' : 'Has not voted yet']),
		isOpen: round.countedAt === null,
		isEven: round.countedAt !== null && round.carried === null,
		results: round.countedAt === null ? [] : resultsOf(room, round),
		dissents: round.carried === null ? [] : dissentsIn(ctx, room, round),
	};
}

function resultsOf(room: Room, { kind, motion, counts, carried }: Round): string[][] {
	const admitted = ((motion.admitted as string[] | undefined) ?? []).map((id) => [labelOf(room, id, ''), CHOICE_WORDS.admitted ?? '', 'Not voted on']);
	const voted = subjectsIn({ kind, motion }).map((subject) => [
		labelOf(room, subject, QUESTION_WORDS[kind]),
		carried === null ? 'Even' : (CHOICE_WORDS[carried[subject] ?? ''] ?? ''),
		Object.entries(counts?.[subject] ?? {})
			.sort(([a], [b]) => a.localeCompare(b))
			.map(([choice, number]) => `${CHOICE_WORDS[choice] ?? choice}: ${number}`)
			.join(', '),
	]);
	return [...voted, ...admitted];
}

/** What those wrote who saw it differently: with their name only where they wanted it there. */
function dissentsIn(ctx: Ctx, room: Room, round: Round): { by: string; words: string }[] {
	const votes = votesIn(ctx, room, round).filter(({ vote }) => vote.words !== '' && differs(round, vote.choices));
	return votes.map(({ seat, vote }) => ({ by: vote.isNamed ? seat.name : 'A member', words: vote.words })).sort((a, b) => a.words.localeCompare(b.words));
}

function differs(round: Round, choices: Record<string, string>): boolean {
	return Object.entries(round.carried ?? {}).some(([subject, carried]) => (choices[subject] ?? choices[ALL]) !== carried);
}
