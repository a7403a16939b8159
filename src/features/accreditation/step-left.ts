import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Phase, Turn } from './phases.ts';

/** What came to an end with a step, and its first day: kept with the step, so that figures over all applications need no replay. */
export type Left = { leftPhase: Phase | null; leftPhaseOn: string | null; leftTurn: Turn | null; leftTurnOn: string | null };

type Stood = { phase: Phase; turn: Turn; phaseFromOn: string };

/** Nothing ends with the beginning. */
export const NOTHING_LEFT: Left = { leftPhase: null, leftPhaseOn: null, leftTurn: null, leftTurnOn: null };

/** Which phase and which turn a step ends, of those an application had before it. */
export function leftBy(db: Db, applicationId: string, before: Stood, after: Pick<Stood, 'phase' | 'turn'>): Left {
	const phase = before.phase === after.phase ? {} : { leftPhase: before.phase, leftPhaseOn: before.phaseFromOn };
	const turn = before.turn === after.turn ? {} : { leftTurn: before.turn, leftTurnOn: turnFromOn(db, applicationId) };
	return { ...NOTHING_LEFT, ...phase, ...turn };
}

/** Since which day it is the present one's turn: since the last step that ended a turn, else since the beginning. */
function turnFromOn(db: Db, applicationId: string): string {
	const text = 'SELECT on_day FROM accreditation_step WHERE application_id = ? AND (left_turn IS NOT NULL OR no = 1) ORDER BY no DESC LIMIT 1';
	return prepared(db.sql, text).pluck().get(applicationId) as string;
}

/** The same for all steps of an application, from what follows from them: what the stored copies are checked against. */
export function leftsOf(steps: readonly { onDay: string }[], states: readonly Pick<Stood, 'phase' | 'phaseFromOn'>[], turns: readonly Turn[]): Left[] {
	let turnFrom = steps[0]?.onDay ?? '';
	return steps.map(({ onDay }, i) => {
		const [before, after, turn] = [states[i - 1], states[i], turns[i - 1]];
		if (!before || !after || turn === undefined) return NOTHING_LEFT;
		const phase = before.phase === after.phase ? {} : { leftPhase: before.phase, leftPhaseOn: before.phaseFromOn };
		const ended = turn === turns[i] ? {} : { leftTurn: turn, leftTurnOn: turnFrom };
		if (turn !== turns[i]) turnFrom = onDay;
		return { ...NOTHING_LEFT, ...phase, ...ended };
	});
}
