import { sayDay } from '#core/dates.ts';
import type { WayStage } from '#ui/show/way.ts';
import type { Phase } from './phases.ts';
import { type Step, statesOf } from './state.ts';

/** The stages that are drawn, in their order, with the phases that each stands for. */
const STAGES: readonly { title: string; phases: readonly Phase[] }[] = [
	{ title: 'Received', phases: ['received'] },
	{ title: 'Is it for us?', phases: ['triage'] },
	{ title: 'Prepared', phases: ['preliminary'] },
	{ title: 'Looked into', phases: ['early_resolution', 'investigation'] },
	{ title: 'Panel', phases: ['decision_to_refer', 'hearing'] },
	{ title: 'Decided', phases: ['outcome', 'appeal', 'closed'] },
];

/** Every case comes to these; the others follow where it needs them. */
const SURE: readonly string[] = ['Is it for us?', 'Decided'];

/**
 * The way of a case as it is drawn for everybody who may see it: the stages it came through since it was opened (again), where it is now, and
 * what it left out. A question to the person who raised it stands where it came from. Pure.
 */
export function wayOf(steps: readonly Step[]): WayStage[] {
	const states = statesOf(steps);
	const from = steps.findLastIndex(({ kind }) => kind === 'reopened');
	const since = states.slice(Math.max(from, 0));
	const last = since.at(-1);
	const now = last?.phase === 'awaiting_complainant' ? (last.askedFrom ?? 'triage') : (last?.phase ?? 'received');
	const at = STAGES.findIndex(({ phases }) => phases.includes(now));
	return STAGES.map(({ title, phases }, n) => {
		// That it was received stays true when it is opened again.
		const entered = (n === 0 ? states : since).find(({ phase }) => phases.includes(phase))?.phaseFromOn ?? null;
		const isOver = n === at && now === 'closed';
		if (n === at && !isOver) return { title, state: 'now', words: entered === null ? 'Now' : `Since ${sayDay(last?.phaseFromOn ?? entered)}` };
		if (entered !== null && (n < at || isOver)) return { title, state: 'done', words: sayDay(entered) };
		return n < at ? { title, state: 'off', words: 'Left out' } : { title, state: 'todo', words: SURE.includes(title) ? 'To come' : 'May follow' };
	});
}
