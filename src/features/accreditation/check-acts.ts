import type { Ctx } from '#core/ctx.ts';
import { countOf } from '#core/text.ts';
import { acceptApplication, type OfficerAct } from './check-commands.ts';
import { putToCommittee } from './check-panel.ts';
import type { Sight } from './gate-sight.ts';
import { releaseApplication } from './hold-commands.ts';
import { lettersPossible } from './letter-office.ts';
import type { StepKind } from './phases.ts';
import { canTake } from './policy.ts';
import { extendRound } from './round-commands.ts';
import { toMend } from './sheet-reconcile.ts';
import { refusalOf } from './state.ts';

/** Something that is done about an application on a page of its own. `words`: the label of the box; null where none is asked. */
export type ActPage = { kind: StepKind; link: string; title: string; says: string; words: string | null; button: string; done: string };

/** What an officer does with at most a word. */
export const WORD_ACTS = {
	accept: {
		kind: 'accepted',
		link: 'It is complete',
		title: 'Find the application complete',
		says: 'It goes to the assessors, and their time begins. The applicant is told. Where the route asks for one assessor, chance decides whether a second one marks blind.',
		words: 'A note for the record; needed when the applicant bears the marks of somebody removed',
		button: 'It is complete',
		done: 'The application is complete. Give it to an assessor now.',
	},
	release: {
		kind: 'released',
		link: 'Take it off hold',
		title: 'Take the application off hold',
		says: 'It goes on where it stood, and its clocks run again. The applicant is told.',
		words: 'A note for the record, if you like',
		button: 'Take it off hold',
		done: 'The application goes on.',
	},
	extend: {
		kind: 'information_extended',
		link: 'Give the applicant more time',
		title: 'Give the applicant more time',
		says: 'This can be done once a round. The applicant is told the new day.',
		words: 'Why, for the record',
		button: 'Give more time',
		done: 'The applicant has more time and has been told.',
	},
	panel: {
		kind: 'put_to_panel',
		link: 'Put it to the committee',
		title: 'Put the application to the committee',
		says: 'It goes to the committee as it is. No answer from the applicant or from somebody else never declines an application by itself: the committee weighs it.',
		words: 'A note for the committee: why it goes on as it is',
		button: 'Put it to the committee',
		done: 'The application is with the committee.',
	},
} as const satisfies Record<string, ActPage>;

export type WordAct = keyof typeof WORD_ACTS;

/** The others, each a page of its own. */
const OTHER_ACTS: readonly { act: string; kind: StepKind; link: string }[] = [
	{ act: 'return', kind: 'returned', link: 'Send it back: something is missing' },
	{ act: 'assign', kind: 'assigned', link: 'Give it to an assessor' },
	{ act: 'replace', kind: 'unassigned', link: 'Take it from an assessor' },
	{ act: 'ask', kind: 'information_requested', link: 'Ask the applicant for more' },
	{ act: 'reconcile', kind: 'reconciled', link: 'Write down what you agree on' },
	{ act: 'hold', kind: 'held', link: 'Put it on hold' },
];

/** What the one who asks may do about an application now, in the order of the work. */
export function actsOf(ctx: Ctx, sight: Sight): { act: string; link: string }[] {
	if (sight.isGateShut) return [];
	const all = [...Object.entries(WORD_ACTS).map(([act, { kind, link }]) => ({ act, kind: kind as StepKind, link })), ...OTHER_ACTS];
	const can = all.filter(({ act, kind }) => isFor(act, sight) && canTake(ctx.actor, sight.tie, kind) && refusalOf(sight.state, kind, sight.route) === null);
	if (lettersPossible(ctx, sight).length > 0) can.push({ act: 'letter', kind: 'withdrawn', link: 'A letter from the applicant came' });
	const mend = sight.assignment?.place === 1 ? toMend(ctx.db, sight) : 0;
	return mend === 0 ? can : can.map(({ act, link }) => ({ act, link: linkToMend(act, mend) ?? link }));
}

/** Where all sheets say that something can be mended, asking is the next step and anything else an exception. */
function linkToMend(act: string, criteria: number): string | null {
	if (act === 'ask') return `Ask the applicant for what can be mended (${countOf(criteria, 'criterion', 'criteria')})`;
	return act === 'reconcile' ? 'Go on without asking, and say why' : null;
}

function isFor(act: string, { isOfficer, assignment, state }: Sight): boolean {
	if (act === 'ask') return isOfficer || assignment?.place === 1;
	if (act === 'reconcile') return assignment?.place === 1;
	if (act === 'replace') return isOfficer && state.assessors.length > 0;
	return isOfficer;
}

/** Does it. @throws NotFound, Conflict, Invalid */
export function doWordAct(ctx: Ctx, act: WordAct, reference: string, input: OfficerAct): void {
	({ accept: acceptApplication, release: releaseApplication, extend: extendRound, panel: putToCommittee })[act](ctx, reference, input);
}
