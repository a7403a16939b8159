import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { declareAtGate } from '#features/complaints/gate-commands.ts';
import { listHearing } from '#features/complaints/hearing-commands.ts';
import { askPanel } from '#features/complaints/panel-ask-commands.ts';
import { composePanel, seatMember } from '#features/complaints/panel-commands.ts';
import { subjectsIn } from '#features/complaints/panel-questions.ts';
import { recordDecision } from '#features/complaints/panel-record-commands.ts';
import { roomOf } from '#features/complaints/panel-room.ts';
import { panelsOf, type RoundKind } from '#features/complaints/panel-rows.ts';
import type { PanelKind } from '#features/complaints/panel-rules.ts';
import { castPanelVote, openRound } from '#features/complaints/panel-vote-commands.ts';
import { standingOf } from '#features/complaints/step.ts';
import { onDay, type Someone } from './application.ts';
import { staff } from './committee.ts';
import { disclosedCase, type OrderCase, step } from './sanctions.ts';

/** A case with its people, allegations (their keys), and a secretary who runs its panels. */
export type PanelCase = OrderCase & { secretary: Someone; allegations: string[] };
export type Table = { no: number; chair: Someone; members: Someone[]; all: Someone[] };

/** A case with allegations whose report was handed in: it waits for a screening panel. */
export function reportedCase(ctx: Ctx, { allegations = 2 } = {}): PanelCase {
	const made = disclosedCase(ctx);
	const keys = Array.from({ length: allegations }, (_, n) => anAllegation(ctx, made, n + 1));
	step(ctx, made.id, 'reported', {}, { side: 'office', personId: made.owner.id });
	return { ...made, secretary: made.writer, allegations: keys };
}

/** The same, referred to a hearing without a panel of its own. */
export function referredCase(ctx: Ctx, more: { allegations?: number } = {}): PanelCase {
	const made = reportedCase(ctx, more);
	step(ctx, made.id, 'referred', {}, { side: 'system', personId: null });
	return made;
}

function anAllegation(ctx: Ctx, { id, owner }: OrderCase, no: number): string {
	const key = newId();
	const text = "INSERT INTO concern_allegation (id, concern_id, no, category, added_by, added_at) VALUES (?, ?, ?, 'communication', ?, 0)";
	ctx.db.sql.prepare(text).run(key, id, no, owner.id);
	return key;
}

export const seen = ({ id, owner }: Pick<PanelCase, 'id' | 'owner'>): number => standingOf(owner.ctx.db, id).seen;
export const stateNow = ({ id, owner }: Pick<PanelCase, 'id' | 'owner'>) => standingOf(owner.ctx.db, id).state;
export const lay = (ctx: Ctx, name = 'Lily') => staff(ctx, name, 'lay_panel_member');
export const pro = (ctx: Ctx, name = 'Petra') => staff(ctx, name, 'committee');

/** Composes a panel of new people, a lay chair first unless said otherwise; everybody has said that nothing ties them to it. */
export function aPanel(made: PanelCase, kind: PanelKind, day: string, people = peopleFor(made.owner.ctx, kind)): Table {
	const no = compose(made, kind, day);
	for (const [n, who] of people.entries()) seat(made, no, who, n === 0 ? 'chair' : 'member', day);
	if (kind === 'health') seat(made, no, pro(made.owner.ctx, 'Clara'), 'adviser', day);
	for (const who of people) declare(made, who, day);
	return { no, chair: people[0] as Someone, members: people.slice(1), all: people };
}

function peopleFor(ctx: Ctx, kind: PanelKind): Someone[] {
	return kind === 'appeal' ? [lay(ctx), lay(ctx, 'Lena'), pro(ctx)] : [lay(ctx), pro(ctx), pro(ctx, 'Piet')];
}

/** `day`: the one on which it is composed; it sits on the first day that the rules allow. */
export function compose(made: PanelCase, kind: PanelKind, day: string): number {
	return composePanel(onDay(made.owner.ctx, day), made.reference, { seen: seen(made), kind, sitsOn: sitsOn(day, kind) });
}

const NOTICE: Record<PanelKind, number> = { screening: 7, interim: 2, hearing: 28, health: 28, appeal: 28 };
export function sitsOn(day: string, kind: PanelKind): string {
	return new Date(Date.parse(`${day}T12:00:00Z`) + NOTICE[kind] * 86_400_000).toISOString().slice(0, 10);
}

export function seat(made: PanelCase, no: number, who: Someone, role: 'chair' | 'member' | 'adviser', day: string): void {
	seatMember(onDay(made.owner.ctx, day), { reference: made.reference, no }, { person: who.id, role });
}

export function declare(made: PanelCase, who: Someone, day: string, declared: 'none' | 'recuse' = 'none'): void {
	declareAtGate(onDay(who.ctx, day), made.reference, { declared, words: '' });
}

/** Lists the hearing of a panel for the first day that the rules allow. @returns that day */
export function list(made: PanelCase, no: number, day: string): string {
	const on = sitsOn(day, 'hearing');
	listHearing(
		onDay(made.secretary.ctx, day),
		{ reference: made.reference, no },
		{ seen: seen(made), on, words: '', told: 'It is listed.', toldRespondent: 'It is listed.' },
	);
	return on;
}

/** Puts a question to everybody of a panel. */
export function ask(made: PanelCase, no: number, kind: RoundKind, day: string, motion: Record<string, unknown> = {}, present?: readonly Someone[]): void {
	const ctx = onDay(made.secretary.ctx, day);
	const room = roomOf(ctx, { reference: made.reference, no });
	const seats = room.seats.filter(({ personId }) => !present || present.some(({ id }) => id === personId)).map(({ id }) => id);
	askPanel(ctx, { reference: made.reference, no }, { seen: room.seen, kind, present: seats, motion });
}

/** One vote, the same of every subject unless given by subject. */
export function vote(
	made: PanelCase,
	no: number,
	who: Someone,
	day: string,
	choice: string | Record<string, string>,
	more: { words?: string; isNamed?: boolean } = {},
): void {
	const ctx = onDay(who.ctx, day);
	const round = openRound(roomOf(ctx, { reference: made.reference, no })) ?? roomOf(ctx, { reference: made.reference, no }).rounds.at(-1);
	const choices = typeof choice === 'string' ? Object.fromEntries((round ? subjectsIn(round) : []).map((one) => [one, choice])) : choice;
	castPanelVote(ctx, { reference: made.reference, no }, { choices, words: '', isNamed: false, ...more });
}

/** A question that everybody answers alike. */
export function decide(made: PanelCase, table: Table, kind: RoundKind, day: string, choice: string, motion: Record<string, unknown> = {}): void {
	ask(made, table.no, kind, day, motion);
	for (const who of table.all) vote(made, table.no, who, day, choice);
}

/** Writes down what was decided, with reasons for everything. */
export function writeDown(made: PanelCase, no: number, day: string, who: Someone = made.secretary): void {
	const ctx = onDay(who.ctx, day);
	const reasons = Object.fromEntries(made.allegations.map((id) => [id, 'What was seen and heard.']));
	recordDecision(ctx, { reference: made.reference, no }, { seen: seen(made), words: 'Why.', reasons, told: 'Decided.', toldRespondent: 'Decided.' });
}

/** A hearing that decides in one day: every fact found, a breach or none, and these orders. */
export function hear(made: PanelCase, table: Table, day: string, { fact = 'proved', outcome = 'upheld', orders = [] as object[] } = {}): void {
	decide(made, table, 'facts', day, fact);
	writeDown(made, table.no, day);
	if (fact === 'proved') decide(made, table, 'breach', day, 'breach');
	writeDown(made, table.no, day);
	if (fact === 'proved') decide(made, table, 'sanction', day, 'agree', { outcome, orders });
	writeDown(made, table.no, day);
}

export const panelsIn = (made: PanelCase) => panelsOf(made.owner.ctx.db, made.id);
