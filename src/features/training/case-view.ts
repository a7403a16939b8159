import { sayDay } from '#core/dates.ts';
import type { CaseFacts, CaseRating, TrainingCase } from './case-types.ts';
import { sayAverage } from './rating-scale.ts';
import type { OutcomeMeasure } from './rules.ts';
import { AGE_WORDS, ENDING_WORDS, FOCAL_WORDS, PHASE_WORDS, SETTING_WORDS } from './words.ts';

type Row = { key: string; value: string };

/** The facts of a case in words, for whoever may read it. @param measures whose names are known */
export function caseRows(facts: CaseFacts, measures: readonly OutcomeMeasure[]): Row[] {
	return [
		{ key: 'Setting', value: SETTING_WORDS[facts.setting] },
		{ key: 'Age', value: AGE_WORDS[facts.ageBand] },
		{ key: 'Focal area', value: FOCAL_WORDS[facts.focalArea].label },
		{ key: 'First session', value: sayDay(facts.beganOn) },
		{ key: 'Last session', value: facts.endedOn === null ? 'It goes on' : sayDay(facts.endedOn) },
		{ key: 'Sessions', value: `${facts.sessionsPlanned} planned, ${facts.sessionsHeld} held, ${facts.sessionsSupervised} supervised` },
		{ key: 'Recordings made', value: String(facts.recordingsMade) },
		...facts.measures.map((m) => ({ key: measures.find(({ key }) => key === m.key)?.name ?? m.key, value: sayMeasure(m) })),
		...(facts.ending === null ? [] : [{ key: 'Ending', value: ENDING_WORDS[facts.ending] }]),
		...(facts.note === '' ? [] : [{ key: 'Focus', value: facts.note }]),
	];
}

function sayMeasure({ first, last }: { first: number; last: number | null }): string {
	return last === null ? `${first} at the beginning` : `${first} at the beginning, ${last} at the end`;
}

/** A rated recording in one line: `Early, heard 3 March 2026: 3.25, passed`. */
export function sayRating({ sessionOn, phase, atRandom, averageHundredths, isPass }: CaseRating): string {
	const chosen = atRandom ? 'chosen at random' : 'not chosen at random';
	return `Session of ${sayDay(sessionOn)}, ${PHASE_WORDS[phase].toLowerCase()}, ${chosen}: ${sayAverage(averageHundredths)}, ${isPass ? 'passed' : 'not passed'}`;
}

/** A case named for lists and titles: `Case 2, CASE-7KQ4-M2XD`. */
export function sayCase({ place, code }: Pick<TrainingCase, 'place' | 'code'>): string {
	return `Case ${place}, ${code}`;
}
