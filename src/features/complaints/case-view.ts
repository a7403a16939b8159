import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { holidaysOf } from '#core/working-days.ts';
import { nameOf } from '#features/membership/index.ts';
import { allegationsOf } from './case-allegations.ts';
import { clockBars } from './case-clocks.ts';
import { linesIn } from './case-said.ts';
import { wayOf } from './case-way.ts';
import { FATE_WORDS, FLAG_WORDS, OUTCOME_WORDS, PAUSE_WORDS, PHASE_WORDS, PROMISE_WORDS, SOURCE_WORDS, STEP_WORDS, WAY_WORDS } from './case-words.ts';
import { documentsWaiting } from './file-case.ts';
import { namedIn } from './gate-view.ts';
import { messagesOf } from './message-commands.ts';
import { repliesOf } from './own-reply.ts';
import { onlySits } from './policy.ts';
import { promisesOf } from './promises.ts';
import { openProposals } from './proposal-commands.ts';
import { type OpenCase, openCase, sightOf } from './sight.ts';
import { unreachedIn } from './way-unreached.ts';

/** A case as whoever works on it sees it: everything is opened, and that is noted. @throws NotFound, also while the gate is shut */
export function caseView(ctx: Ctx, reference: string) {
	if (onlySits(sightOf(ctx, reference))) throw new NotFound('There is no such case.');
	const opened = openCase(ctx, reference, 'case');
	return {
		reference,
		rows: rowsOf(ctx, opened),
		way: wayOf(opened.steps),
		promises: promisedIn(ctx, opened),
		named: namedIn(ctx, opened),
		statement: opened.text('statement') ?? (opened.state.isDestroyed ? 'What stood here has been destroyed.' : ''),
		contact: linesIn(opened.text('contact') ?? ''),
		allegations: allegationsOf(ctx, opened),
		messages: messagesOf(ctx, opened),
		replies: repliesOf(ctx, opened.concern.id),
		proposals: openProposals(ctx, opened.concern.id).map(({ kind, by, proposedAt }) => ({ what: STEP_WORDS[kind], by, at: proposedAt })),
		steps: stepsIn(ctx, opened),
		files: documentsWaiting(ctx, opened),
		isGlass: opened.accesses.every(({ capacity }) => capacity === 'break_glass'),
	};
}
export type CaseView = ReturnType<typeof caseView>;

function rowsOf({ db }: Ctx, { concern, state }: OpenCase): { key: string; value: string }[] {
	const paused = state.pauses.find(({ toOn }) => toOn === null);
	return [
		{ key: 'Stage', value: `${PHASE_WORDS[state.phase]}, since ${sayDay(state.phaseFromOn)}` },
		{ key: 'Officer', value: state.ownerId === null ? 'Nobody yet' : (nameOf(db, state.ownerId) ?? '') },
		{
			key: 'Raised',
			value: `${concern.source ? `${SOURCE_WORDS[concern.source]}, ` : ''}${WAY_WORDS[concern.way]}${state.sentOn ? `, ${sayDay(state.sentOn)}` : ''}`,
		},
		...(paused ? [{ key: 'Paused', value: `${pauseWords(paused.because)}, since ${sayDay(paused.fromOn)}` }] : []),
		...(state.flags.length > 0 ? [{ key: 'Risk', value: state.flags.map((flag) => FLAG_WORDS[flag]).join(', ') }] : []),
		...(state.isWithdrawn ? [{ key: 'Withdrawn', value: 'Yes, by who raised it' }] : []),
		...(unreachedIn({ db }, concern.id) > 0 ? [{ key: 'Not delivered', value: 'A message did not reach them: tell them another way' }] : []),
		...(state.hasLegalHold ? [{ key: 'Legal hold', value: 'Nothing is destroyed' }] : []),
		...(state.outcome ? [{ key: 'Outcome', value: `${OUTCOME_WORDS[state.outcome]}${state.outcomeOn ? `, ${sayDay(state.outcomeOn)}` : ''}` }] : []),
	];
}

function pauseWords(because: string): string {
	return PAUSE_WORDS[because as keyof typeof PAUSE_WORDS] ?? PAUSE_WORDS.other;
}

function promisedIn(ctx: Ctx, { steps, rules }: OpenCase) {
	const promises = promisesOf(steps, rules, holidaysOf(ctx.db));
	const bars = clockBars(promises, ctx.today);
	return promises.flatMap((promised, n) => {
		const bar = bars[n];
		const doneOn = promised.keptOn ?? promised.endedOn;
		return bar ? [{ what: PROMISE_WORDS[promised.kind], dueOn: promised.dueOn, doneOn, fate: FATE_WORDS[bar.fate], bar }] : [];
	});
}

function stepsIn({ db }: Ctx, { steps, texts }: OpenCase): { what: string; onDay: string; by: string; words: string | null }[] {
	const words = texts(steps.map(({ no }) => `step:${no}`));
	const by = (personId: string | null, side: string) => (personId && nameOf(db, personId)) || SIDES[side] || side;
	return steps.map(({ no, kind, onDay, byPerson, bySide }) => ({
		what: STEP_WORDS[kind],
		onDay,
		by: by(byPerson, bySide),
		words: words.get(`step:${no}`) ?? null,
	}));
}

const SIDES: Record<string, string> = {
	complainant: 'who raised it',
	respondent: 'the therapist',
	office: 'the office',
	panel: 'the panel',
	system: 'by itself',
};
