import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { Told } from './case-step.ts';
import { isRespondentTold, putMessage, tellSides } from './message-put.ts';
import { letOut } from './panel-commands.ts';
import { type Due, dueOf } from './panel-due.ts';
import { canRecord, type PanelPlace, type Room, refuseUnlessSits, roomOf } from './panel-room.ts';
import { refuseStale, type Standing, takeStep } from './step.ts';

/** `words`: the panel's reasons. `reasons`: those of each allegation, by its key, where each has its own. `told`: what the sides read. */
export type RecordInput = { seen: number; words: string; reasons: Record<string, string>; told: string; toldRespondent: string };

/**
 * Writes down what a panel decided by its votes, with its reasons, and tells the sides: the step of the case. Its last one ends the panel.
 * @throws NotFound, Forbidden; Invalid without reasons; Conflict when nothing is decided (any more)
 */
export function recordDecision(ctx: Ctx, place: PanelPlace, input: RecordInput): void {
	const told = commit(ctx, { name: 'write down what a panel decided' }, (tx) => {
		const room = roomOf(ctx, place);
		allow(canRecord(room));
		refuseUnlessSits(room);
		refuseStale(room, input.seen);
		const due = dueOf(room);
		if (due === null) throw new Conflict('There is nothing to write down: the panel votes first.');
		refuseUnsaid(room, due, input);
		const after = due.kind === null ? room : takeIt(tx, room, due);
		sealReasons(tx, room, due, input);
		if (due.isLast) endPanel(tx, room);
		return tellBoth(tx, after, input);
	});
	tellSides(ctx, told);
}

function refuseUnsaid({ steps }: Room, due: Due, { words, reasons, told, toldRespondent }: RecordInput): void {
	if (words === '') throw new Invalid('words', 'Write the reasons of the panel.');
	for (const id of due.each) if (!reasons[id]) throw new Invalid(`reason:${id}`, 'Write the reasons for this one.');
	if (due.isTold && told === '') throw new Invalid('told', 'Write what the person who raised it reads.');
	const isTherapistTold = due.data.imposed === true || (due.isTold && isRespondentTold(steps));
	if (isTherapistTold && toldRespondent === '') throw new Invalid('toldRespondent', 'Write what the therapist reads.');
}

function takeIt(tx: Tx, room: Room, due: Due): Standing {
	for (const [id, finding] of Object.entries(due.findings)) {
		const text = 'UPDATE concern_allegation SET finding = ?, found_at = ? WHERE id = ? AND concern_id = ?';
		prepared(tx.db.sql, text).run(finding, tx.ctx.now, id, room.concern.id);
	}
	return takeStep(tx, room, due.kind as NonNullable<Due['kind']>, { side: 'panel', personId: personOf(tx.ctx).personId }, due.data);
}

function sealReasons(tx: Tx, { concern, panel }: Room, due: Due, { words, reasons }: RecordInput): void {
	sealText(tx, concern.id, `panel:${panel.id}:${due.part}`, words);
	for (const id of due.each) {
		sealText(tx, concern.id, `panel:${panel.id}:${due.part}:${id}`, reasons[id] ?? '');
		if (due.kind === 'facts_found') sealText(tx, concern.id, `finding:${id}`, reasons[id] ?? '');
	}
}

function endPanel(tx: Tx, { concern, panel }: Room): void {
	prepared(tx.db.sql, 'UPDATE concern_panel SET decided_at = ? WHERE id = ?').run(tx.ctx.now, panel.id);
	letOut(tx, panel.id);
	record(tx, 'concern.panel_decided', { type: 'concern', id: concern.id }, { no: panel.no, kind: panel.kind });
}

/** Writes what each side reads, where something is to be read. Joins a transaction and never authorises. @returns whom to tell once it is written */
export function tellBoth(tx: Tx, after: Standing, { told, toldRespondent }: Pick<RecordInput, 'told' | 'toldRespondent'>): Told {
	const { id, respondentId } = after.concern;
	const sides = [['complainant', told] as const, ['respondent', toldRespondent] as const].filter(([, words]) => words !== '');
	for (const [side, words] of sides) putMessage(tx, after, { side, words, repeatKey: `panel:${tx.processId}:${side}` });
	return { concernId: id, respondentId, sides: sides.map(([side]) => side), about: `step:${after.seen}` };
}
