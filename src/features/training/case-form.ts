import { z } from 'zod';
import { last, line, text } from '#core/fields.ts';
import type { CaseFacts, MeasureValues } from './case-types.ts';
import { choice, dayNeeded, dayOrNone, dayTyped, repeatKey, version, whole } from './form-fields.ts';
import type { OutcomeMeasure } from './rules.ts';
import { AGE_BANDS, CASE_ENDINGS, CASE_SETTINGS, FOCAL_AREAS } from './words.ts';

export const CASE_NOTE_LIMIT = 1000;
/** How many outcome measures the form has room for. */
export const MEASURE_ROWS = 3;

/** What a form says of a case. `relation`: the key of the supervision. */
export type CaseInput = { facts: CaseFacts; relation: string; repeatKey: string; version: number };

const fields = {
	relation: line(40, 'Choose who supervises this case.').refine((id) => id !== '', 'Choose who supervises this case.'),
	setting: choice(CASE_SETTINGS, 'Choose where you saw the client.'),
	ageBand: choice(AGE_BANDS, 'Choose an age band.'),
	focalArea: choice(FOCAL_AREAS, 'Choose the focal area.'),
	beganOn: dayNeeded('Enter the day of the first session, such as 22/11/2026.'),
	sessionsPlanned: whole(1, 60, 'Enter how many sessions are planned: 1 to 60.'),
	sessionsHeld: whole(0, 100, 'Enter how many sessions were held: 0 to 100.'),
	sessionsSupervised: whole(0, 100, 'Enter how many of them were supervised: 0 to 100.'),
	recordingsMade: whole(0, 100, 'Enter how many recordings you made: 0 to 100.'),
	endedOn: dayOrNone,
	ending: z.preprocess((value) => last(value) || null, z.enum(CASE_ENDINGS, 'Choose how it ended.').nullable()),
	note: text(CASE_NOTE_LIMIT, `Shorten the note to ${CASE_NOTE_LIMIT.toLocaleString('en-GB')} characters.`),
};

type Raw = Record<string, unknown>;

/** The form of a case. @param measures those that may be named @param today the last day that can be entered */
export function caseForm(measures: readonly OutcomeMeasure[], today: string) {
	const shape = z.looseObject({ ...fields, repeatKey, version }).superRefine((f, check) => {
		const tell = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
		if (f.beganOn > today) tell('beganOn', 'That day is still to come.');
		if (f.sessionsSupervised > f.sessionsHeld) tell('sessionsSupervised', 'More cannot have been supervised than were held.');
		if (f.recordingsMade > f.sessionsHeld) tell('recordingsMade', 'Count one recording for each session at most.');
		if (f.endedOn !== null && f.endedOn > today) tell('endedOn', 'That day is still to come. Leave it empty while the case goes on.');
		if (f.endedOn !== null && f.endedOn < f.beganOn) tell('endedOn', 'The last session cannot be before the first.');
		if (f.endedOn !== null && f.ending === null) tell('ending', 'Choose how it ended.');
		if (f.endedOn === null && f.ending !== null) tell('endedOn', 'Enter the day of the last session.');
	});
	return shape.transform((f, check): CaseInput => {
		const { setting, ageBand, focalArea, beganOn, endedOn, sessionsPlanned, sessionsHeld, sessionsSupervised, recordingsMade, ending, note } = f;
		const counted = { sessionsPlanned, sessionsHeld, sessionsSupervised, recordingsMade };
		const tell = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
		const facts = { setting, ageBand, focalArea, beganOn, endedOn, ...counted, measures: readMeasures(f, measures, tell), ending, note };
		return { facts, relation: f.relation, repeatKey: f.repeatKey, version: f.version };
	});
}

function readMeasures(raw: Raw, known: readonly OutcomeMeasure[], tell: (field: string, message: string) => void): MeasureValues[] {
	const read: MeasureValues[] = [];
	for (let row = 1; row <= MEASURE_ROWS; row += 1) {
		const [key, first, latest] = [`measure${row}`, `first${row}`, `last${row}`].map((name) => String(last(raw[name]) ?? '').trim()) as [string, string, string];
		if (key === '' && first === '' && latest === '') continue;
		const measure = known.find((m) => m.key === key);
		if (!measure) tell(`measure${row}`, 'Choose the measure that these values belong to.');
		else if (read.some((other) => other.key === key)) tell(`measure${row}`, `${measure.name} stands there twice.`);
		else if (!isWithin(first, measure)) tell(`first${row}`, `Enter the first ${measure.name}: ${measure.from} to ${measure.to}.`);
		else if (latest !== '' && !isWithin(latest, measure))
			tell(`last${row}`, `Enter the last ${measure.name}, ${measure.from} to ${measure.to}, or leave it empty.`);
		else read.push({ key, first: Number(first), last: latest === '' ? null : Number(latest) });
	}
	return read;
}

function isWithin(typed: string, { from, to }: OutcomeMeasure): boolean {
	return /^\d{1,3}$/.test(typed) && Number(typed) >= from && Number(typed) <= to;
}

/** The fields of the form as they stand for a case. */
export function caseTyped(facts: CaseFacts, relationId: string): Record<string, string> {
	const rows = facts.measures.flatMap((m, i) => [
		[`measure${i + 1}`, m.key],
		[`first${i + 1}`, String(m.first)],
		[`last${i + 1}`, m.last === null ? '' : String(m.last)],
	]);
	const { measures, beganOn, endedOn, ending, ...plain } = facts;
	const texts = Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, String(value)]));
	return { ...texts, relation: relationId, beganOn: dayTyped(beganOn), endedOn: dayTyped(endedOn), ending: ending ?? '', ...Object.fromEntries(rows) };
}

/** Taking a case away, or a correction that was not signed yet. */
export const dropCaseForm = z.object({ version });
