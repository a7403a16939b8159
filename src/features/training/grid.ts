import { countOf } from '#core/text.ts';
import { type CaseRequirement, type CaseStanding, caseStanding } from './case-standing.ts';
import type { TrainingCase } from './case-types.ts';
import type { TrainingRequirements } from './rules.ts';
import { DECISION_WORDS, FOCAL_WORDS } from './words.ts';

/** A box of the picture: how full, from 0 to 1, and its words. */
export type GridBox = { key: CaseRequirement; have: number; need: number; part: number; isMet: boolean; words: string };
/** A line of the grid: one case, or a place that waits for one. */
export type GridRow = { place: number; trainingCase: TrainingCase | null; title: string; focal: string; boxes: GridBox[]; isComplete: boolean };
export type Grid = { rows: GridRow[]; complete: number; need: number; words: string };

/** Cases against what is asked for, ready to be drawn: as many lines as cases are asked for, more when there are more. Pure. */
export function gridOf(cases: readonly TrainingCase[], requirements: TrainingRequirements): Grid {
	const rows = Array.from({ length: Math.max(cases.length, requirements.cases) }, (_, i) => rowOf(cases[i] ?? null, i + 1, requirements));
	const complete = rows.filter(({ isComplete }) => isComplete).length;
	return { rows, complete, need: requirements.cases, words: `${complete} of ${countOf(requirements.cases, 'case')} complete.` };
}

function rowOf(trainingCase: TrainingCase | null, place: number, requirements: TrainingRequirements): GridRow {
	const title = `Case ${place}`;
	if (trainingCase === null) return { place, trainingCase, title, focal: 'Not begun', boxes: emptyBoxes(requirements), isComplete: false };
	const standing = caseStanding(trainingCase, requirements);
	return {
		place,
		trainingCase,
		title,
		focal: FOCAL_WORDS[trainingCase.facts.focalArea].label,
		boxes: boxesOf(standing, sayReport(trainingCase)),
		isComplete: standing.isComplete,
	};
}

function emptyBoxes({ sessionsSupervised, recordingsRated }: TrainingRequirements): GridBox[] {
	const box = (key: CaseRequirement, need: number) => ({ key, have: 0, need, isMet: need === 0 });
	return boxesOf({ meets: [box('sessions', sessionsSupervised), box('recordings', recordingsRated), box('report', 1)] }, 'None yet');
}

function boxesOf({ meets }: Pick<CaseStanding, 'meets'>, report: string): GridBox[] {
	return meets.map((meet) => ({
		...meet,
		part: meet.need === 0 ? 1 : Math.min(1, meet.have / meet.need),
		words: meet.key === 'report' ? report : `${meet.have} of ${meet.need}`,
	}));
}

/** How a case stands with its report, in words. */
export function sayReport({ reportState, decision }: Pick<TrainingCase, 'reportState' | 'decision'>): string {
	if (reportState === 'none') return 'None yet';
	return reportState === 'outdated' ? 'Corrected since: to be signed again' : DECISION_WORDS[decision].label;
}
