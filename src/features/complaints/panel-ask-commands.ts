import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { isQuorate, missingIn } from './panel-composition.ts';
import { type Motion, motionFor } from './panel-motion.ts';
import { nextQuestion, subjectsIn } from './panel-questions.ts';
import { beforeIn, canRecord, type PanelPlace, type Room, refuseUnlessSits, roomOf, seatedIn, votingIn } from './panel-room.ts';
import type { RoundKind } from './panel-rows.ts';
import type { PanelKind } from './panel-rules.ts';
import { count } from './panel-vote-store.ts';
import type { StepKind } from './phases.ts';
import { refusalOf } from './state.ts';
import { refuseStale } from './step.ts';

/** `present`: the seats that are there. `motion`: what is put to them, as far as the question asks for something. */
export type AskInput = { seen: number; kind: RoundKind; present: readonly string[]; motion: Motion };

/**
 * Puts the next question to a panel that is complete and has sat down: those present vote on it. Run by the secretary, or the chair.
 * @throws NotFound, Forbidden, Invalid; Conflict in words before its day, without a quorum, or when another question comes first
 */
export function askPanel(ctx: Ctx, place: PanelPlace, { seen, kind, present, motion }: AskInput): void {
	commit(ctx, { name: 'put a question to a panel' }, (tx) => {
		const room = roomOf(ctx, place);
		allow(canRecord(room));
		refuseUnlessSits(room);
		refuseStale(room, seen);
		const refusal = refusalToSit(room, ctx.today);
		if (refusal !== null) throw new Conflict(refusal);
		if (nextQuestion(beforeIn(room)) !== kind) throw new Conflict('Another question comes first. Open the page again to see where the panel stands.');
		const there = votingIn(room).filter(({ id }) => present.includes(id));
		if (!isQuorate(there, room.rule))
			throw new Invalid('present', `Those present are not enough to decide: ${room.rule.quorum} are needed, lay members among them.`);
		if (kind === 'leave' && !there.some(({ role }) => role === 'chair')) throw new Invalid('present', 'The chair gives leave, or does not, and is not there.');
		const made = motionFor(room, kind, motion);
		const no = 1 + room.rounds.length;
		const text = 'INSERT INTO concern_panel_round (id, panel_id, no, kind, motion, present, opened_by, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
		const seats = JSON.stringify(there.map(({ id }) => id));
		prepared(tx.db.sql, text).run(newId(), room.panel.id, no, kind, JSON.stringify(made), seats, personOf(ctx).personId, ctx.now);
		record(tx, 'concern.panel_asked', { type: 'concern', id: room.concern.id }, { no: room.panel.no, round: no, kind });
		// Everything was admitted: there is nothing to vote on.
		const asked = roomOf(ctx, place).rounds.at(-1);
		if (asked && subjectsIn(asked).length === 0) count(tx, room, asked);
	});
}

/** The step that a panel's decision becomes: a pause or the phase may stand in its way. */
const LEADS_TO: Record<PanelKind, (room: Pick<Room, 'state'>) => StepKind> = {
	screening: () => 'referred',
	interim: ({ state }) => (state.interim === 'in_force' ? 'interim_ended' : 'interim_decided'),
	hearing: hearingStep,
	health: hearingStep,
	appeal: () => 'appeal_decided',
};
const HEARING_STEPS: Partial<Record<Room['state']['hearing'], StepKind>> = { not_begun: 'facts_found', facts: 'breach_found' };

function hearingStep({ state }: Pick<Room, 'state'>): StepKind {
	return HEARING_STEPS[state.hearing] ?? 'sanction_decided';
}

/** Is the hearing listed for this panel, and not for one that was dissolved? Pure. */
export function isListed({ state, steps, panel }: Pick<Room, 'state' | 'steps' | 'panel'>): boolean {
	return state.hearingOn !== null && steps.findLast(({ kind }) => kind === 'listed')?.data.panel === panel.id;
}

/** Why a panel cannot sit today, or null. Pure. */
export function refusalToSit(room: Room, today: string): string | null {
	const { panel, state, rounds, rule } = room;
	const refusal = refusalOf(state, LEADS_TO[panel.kind](room));
	if (refusal !== null) return refusal;
	const isHearing = panel.kind === 'hearing' || panel.kind === 'health';
	if (isHearing && state.hearing === 'not_begun' && !isListed(room)) return 'The hearing is not listed yet.';
	if (today < panel.sitsOn) return `It sits on ${sayDay(panel.sitsOn)}.`;
	const missing = rounds.length === 0 ? missingIn(seatedIn(room), rule) : [];
	if (missing.length > 0) return missing.join(' ');
	if (rounds.length === 0 && panel.kind === 'health' && !room.seats.some(({ role, state: is }) => role === 'adviser' && is === 'here'))
		return 'The clinician who advises it has not said yet what ties them to the case.';
	return isQuorate(votingIn(room), rule) ? null : 'Too few of its members have said that nothing ties them to the case.';
}
