import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay, sayInstant } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { nameOf } from '#features/membership/index.ts';
import { endedAssignments } from './assign-queries.ts';
import { actsOf, WORD_ACTS } from './check-acts.ts';
import { type Sight, sightOf } from './gate-sight.ts';
import { extendedDay } from './round-commands.ts';
import type { NewItem } from './round-form.ts';
import { nextRoundDueOn, suggestedItems } from './round-queries.ts';
import { areSheetsOpen, sealedSheets, sheetOf } from './sheet-queries.ts';

/** What an assessor is shown before the file opens: whose it is and what for. @throws NotFound unless they were given it */
export function gateView(ctx: Ctx, reference: string): { name: string; route: string; hasDeclared: boolean } {
	const { application, route, assignment } = sightOf(ctx, reference);
	if (assignment === null) throw new NotFound('There is no such application.');
	return { name: nameOf(ctx.db, application.personId) ?? 'Somebody', route: route.title, hasDeclared: assignment.declaredAt !== null };
}

export type AskView = { sight: Sight; dueOn: string | null; suggested: NewItem[]; mayNow: boolean };

/**
 * What the lead or an officer may ask for, with questions that follow from marks: from all sheets once they are open, before that from one's own.
 * @throws NotFound
 */
export function askView(ctx: Ctx, reference: string): AskView {
	const sight = sightOf(ctx, reference);
	if (sight.isGateShut) throw new NotFound('There is no such application.');
	const { assignment } = sight;
	const own = assignment === null ? [] : [sheetOf(ctx.db, assignment)];
	const suggested = suggestedItems(areSheetsOpen(sight) ? sealedSheets(ctx.db, sight.application.id) : own);
	return { sight, dueOn: nextRoundDueOn(sight, ctx.today), suggested, mayNow: actsOf(ctx, sight).some(({ act }) => act === 'ask') };
}

/** The day to which a round would be moved, in a sentence. */
export function extendedSays(ctx: Ctx, sight: Sight): string {
	return `The new day is ${sayDay(extendedDay(sight, ctx.today))}.`;
}

/** The last day until which an application may be held from today. */
export function lastHoldDay(ctx: Ctx, { standards }: Sight): string {
	return addDays(ctx.today, standards.limits.holdMostDays);
}

const ENDED = { recused: 'stepped back', replaced: 'was replaced', left: 'could not go on', superseded: '' } as const;

/** Who assessed it and does not any more, in sentences for the office. */
export function endedLines(ctx: Ctx, { application }: Sight): string[] {
	return endedAssignments(ctx, application.id).map(
		({ personId, endReason, endedAt }) => `${nameOf(ctx.db, personId) ?? 'Somebody'} ${ENDED[endReason ?? 'left']} on ${sayInstant(endedAt ?? 0)}.`,
	);
}

/** The words of a coded reason of an application's standards. */
export function reasonText({ standards }: Pick<Sight, 'standards'>, key: string): string {
	return standards.reasons.find((reason) => reason.key === key)?.text ?? key;
}

const DONE: Record<string, string> = {
	...Object.fromEntries(Object.entries(WORD_ACTS).map(([act, { done }]) => [act, done])),
	return: 'The application is back with the applicant, who has been told what is missing.',
	hold: 'The application is on hold. The applicant has been told.',
	assign: 'The assessor has been asked.',
	replace: 'Their place is free again.',
	letter: 'The letter is noted. The applicant has been told.',
	ask: 'The applicant has been asked. The clock stands still.',
	seal: 'Your sheet is sealed.',
	reconcile: 'What you agree on is written down.',
};

/** What is said after something was done. */
export function officeDone(word: string): string | undefined {
	return DONE[word];
}
