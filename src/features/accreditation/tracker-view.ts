import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { sayPence } from '#core/money.ts';
import { countOf } from '#core/text.ts';
import { holidaysOf, workingDaysBetween } from '#core/working-days.ts';
import { paths } from '#paths';
import { type FeeStanding, feeStanding } from './apply-fee.ts';
import { keyOf } from './apply-queries.ts';
import { lettersOn } from './decision-letter.ts';
import { holdOf } from './hold-commands.ts';
import type { Phase, StepKind } from './phases.ts';
import { canTake } from './policy.ts';
import type { Standing } from './step.ts';
import { recentTimes, sayTimes } from './tracker-times.ts';
import { OUTCOME_FOR_APPLICANT, PHASE_FOR_APPLICANT, sayStep, TURN_FOR_APPLICANT } from './tracker-words.ts';

/** One stage of the way, as it is drawn: what it is, whether it is behind, and when. */
export type Stage = { key: string; title: string; state: 'done' | 'now' | 'todo' | 'off'; words: string };
export type Tracker = {
	stages: Stage[];
	/** Where it stands, in one line, and whose turn it is. */
	headline: string;
	turn: string;
	rows: { key: string; value: string; action?: { href: string; label: string } }[];
	/** What is paused, since when and why; null while the clock runs. */
	pause: string | null;
	history: { on: string; words: string }[];
	times: string | null;
	acts: { label: string; href: string; isMain: boolean }[];
};

/** The way of an application for whoever made it: nothing of who assesses, nor of what others wrote. Never authorises. */
export function trackerOf(ctx: Ctx, standing: Standing): Tracker {
	const { application, state, steps } = standing;
	const fee = feeStanding(ctx, application.id);
	const times = recentTimes(ctx.db, application.route, ctx.today);
	return {
		stages: stagesOf(standing),
		headline: state.outcome !== null && state.phase === 'decided' ? OUTCOME_FOR_APPLICANT[state.outcome] : PHASE_FOR_APPLICANT[state.phase],
		turn: TURN_FOR_APPLICANT[application.turn],
		rows: rowsOf(ctx, standing, fee),
		pause: pauseOf(ctx, standing),
		history: steps.map((step) => ({ on: sayDay(step.onDay), words: sayStep(step) })).reverse(),
		times: times === null ? null : sayTimes(times),
		acts: actsFor(ctx, standing, fee),
	};
}

const WAY: readonly { key: string; title: string; phases: readonly Phase[]; ends: readonly StepKind[] }[] = [
	{ key: 'sent', title: 'You send it', phases: ['draft'], ends: ['submitted'] },
	{ key: 'checks', title: 'We see that it is complete', phases: ['checks'], ends: ['accepted'] },
	{ key: 'assessment', title: 'It is assessed', phases: ['assessment', 'waiting_on_applicant', 'verification'], ends: ['reconciled', 'put_to_panel'] },
	{ key: 'panel', title: 'The committee decides', phases: ['panel'], ends: ['decided'] },
	{ key: 'decided', title: 'You hear from us', phases: ['decided', 'review'], ends: ['decided'] },
];

function stagesOf({ state, steps }: Standing): Stage[] {
	const last = steps.at(-1);
	const isOff = state.phase === 'withdrawn' || state.phase === 'closed';
	const reached = isOff ? reachedBefore(steps) : WAY.findIndex(({ phases }) => phases.includes(state.phase));
	return WAY.map(({ key, title, ends }, index) => {
		const isOver = state.phase === 'decided' && index === reached;
		const stage = isOff && index >= reached ? 'off' : index < reached || isOver ? 'done' : index === reached ? 'now' : 'todo';
		const end = steps.findLast(({ kind }) => ends.includes(kind));
		const words = stage === 'done' ? (end ? `Done, ${sayDay(end.onDay)}` : 'Done') : stage === 'now' ? `Now, since ${sayDay(state.phaseFromOn)}` : LATER[stage];
		return { key, title, state: stage, words: isOff && index === reached && last ? `Ended, ${sayDay(last.onDay)}` : words };
	});
}

const LATER = { todo: 'To come', off: 'Not reached' } as const;

/** How far an application had come before it was taken back or closed. */
function reachedBefore(steps: Standing['steps']): number {
	const done = WAY.findIndex(({ ends }) => !steps.some(({ kind }) => ends.includes(kind)));
	return done === -1 ? WAY.length - 1 : done;
}

function rowsOf(ctx: Ctx, { application, route, state }: Standing, fee: FeeStanding): Tracker['rows'] {
	const row = (key: string, value: string | null, action?: { href: string; label: string }) =>
		value === null ? [] : [{ key, value, ...(action && { action }) }];
	const isUnder = state.phase !== 'draft' && state.phase !== 'withdrawn' && state.phase !== 'closed';
	const pay = fee.state === 'owed' && fee.number !== null ? { href: paths.payInvoice(fee.number), label: 'Pay' } : undefined;
	return [
		...row('For', route.title),
		...row('Reference', application.reference),
		...row('Fee', sayFee(fee), pay),
		...row(DUE[state.phase] ?? 'Due', isUnder ? sayDue(ctx, application.dueOn) : null),
		...row('Standards', `${application.standardsVersion}, which it keeps`),
	];
}

const DUE: Partial<Record<Phase, string>> = {
	checks: 'Looked at by',
	assessment: 'Assessed by',
	waiting_on_applicant: 'Your answer by',
	verification: 'Assessed by',
	panel: 'Decided by',
	decided: 'Condition due by',
	review: 'Reviewed by',
};

function sayDue(ctx: Ctx, dueOn: string | null): string | null {
	if (dueOn === null) return null;
	if (dueOn < ctx.today) return `${sayDay(dueOn)}. That day has passed: we are sorry, and are still at it.`;
	return `${sayDay(dueOn)}, in ${countOf(workingDaysBetween(holidaysOf(ctx.db), ctx.today, dueOn), 'working day')}`;
}

function sayFee({ state, pence, number, dueOn }: FeeStanding): string | null {
	if (state === 'none') return null;
	if (state === 'waived') return 'Not asked for any more';
	return state === 'paid' ? `${sayPence(pence)}, paid (${number})` : `${sayPence(pence)}, to be paid by ${sayDay(dueOn ?? '')} (${number})`;
}

function pauseOf(ctx: Ctx, { application, state }: Standing): string | null {
	if (state.hold !== null) {
		const { fromOn, untilOn } = state.hold;
		const why = holdOf(ctx.db, application.id)?.words ?? null;
		return `It has been on hold since ${sayDay(fromOn)}, until ${sayDay(untilOn)} at the latest. The clock stands still, and nothing is held against you.${why === null ? '' : ` Why: ${why}`}`;
	}
	const pause = state.pauses.find(({ toOn }) => toOn === null);
	return pause ? `The clock has stood still since ${sayDay(pause.fromOn)}, as we wait for your answer.` : null;
}

/** What the applicant can do now, the likeliest first. */
function actsFor(ctx: Ctx, standing: Standing, fee: FeeStanding): Tracker['acts'] {
	const { application, state } = standing;
	const key = keyOf(application);
	const hasLetter = lettersOn(ctx, standing).length > 0;
	const may = (kind: StepKind) => canTake(ctx.actor, { personId: application.personId, state, isBarred: false }, kind);
	return [
		...(state.phase === 'waiting_on_applicant' ? [{ label: 'Answer what we asked', href: paths.myApplication(key, 'answers'), isMain: true }] : []),
		...(state.wantsAnother.length > 0 ? [{ label: 'Name somebody else', href: paths.myApplication(key, 'requests'), isMain: true }] : []),
		...(fee.state === 'owed' && fee.number !== null ? [{ label: 'Pay the fee', href: paths.payInvoice(fee.number), isMain: true }] : []),
		...(hasLetter ? [{ label: 'Read the decision', href: paths.myApplication(key, 'letter'), isMain: state.phase === 'decided' }] : []),
		...(state.openConditions.length > 0 ? [{ label: 'Show how you meet the conditions', href: paths.myApplication(key, 'conditions'), isMain: true }] : []),
		...(state.submissions > 0 ? [{ label: 'See what you sent', href: paths.myApplication(key, 'sent'), isMain: false }] : []),
		...(may('withdrawn') ? [{ label: 'Take it back', href: paths.myApplication(key, 'withdraw'), isMain: false }] : []),
	];
}
