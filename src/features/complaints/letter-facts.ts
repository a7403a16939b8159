import type { Ctx } from '#core/ctx.ts';
import { openTexts, placesOf } from '#core/vault.ts';
import { holidaysOf } from '#core/working-days.ts';
import { nameOf } from '#features/membership/index.ts';
import { allegationsOf } from './case-allegations.ts';
import { nameIn } from './case-said.ts';
import type { Letter, LetterFacts, LetterSide } from './letter-template.ts';
import { templateOf } from './letter-words.ts';
import { toldOnIn } from './own-door.ts';
import type { StepKind } from './phases.ts';
import { promisesOf } from './promises.ts';
import { type Step, stateOf } from './state.ts';
import type { Standing } from './step.ts';
import { appealUntil } from './tracker-appeal.ts';

type Ground = Pick<Ctx, 'db' | 'keys' | 'settings' | 'today' | 'now'>;
/** Which letter: to whom, about which step. */
export type LetterAbout = { step: Step; side: LetterSide };

/** The letters in which a reader is told what is said to have happened: whoever raised it, as the scope; the therapist, to reply to. */
const WITH_ALLEGATIONS: Record<LetterSide, StepKind> = { complainant: 'accepted', respondent: 'disclosed' };

/** Which letters the steps of a case call for: the newest step first. The therapist gets none before they were told. Pure. */
export function lettersThatFit({ concern, steps }: Pick<Standing, 'concern' | 'steps'>): LetterAbout[] {
	return [...steps].reverse().flatMap((step) => {
		const isTold = concern.respondentId !== null && (toldOnIn(steps.slice(0, step.no)) !== null || step.kind === 'interim_asked');
		const sides = isTold ? (['complainant', 'respondent'] as const) : (['complainant'] as const);
		return sides.filter((side) => templateOf(step.kind, side) !== null).map((side) => ({ step, side }));
	});
}

/** A letter as its template makes it from the facts of a case. Never authorises: whoever asks holds the case open. @throws Error for no template */
export function letterFrom(ctx: Ground, standing: Standing, about: LetterAbout): Letter {
	const template = templateOf(about.step.kind, about.side);
	if (template === null) throw new Error(`Nobody is told of ${about.step.kind} by a letter.`);
	return template(factsOf(ctx, standing, about));
}

/** What a letter may know of a case: dates are those that hold today, what came of it is as the step left it. */
export function factsOf(ctx: Ground, standing: Standing, { step, side }: LetterAbout): LetterFacts {
	const { rules, state } = standing;
	const then = stateOf(standing.steps.slice(0, step.no));
	const { name: organisation, phone } = ctx.settings.organisation;
	return {
		organisation,
		phone,
		officer: state.ownerId === null ? null : (nameOf(ctx.db, state.ownerId) ?? null),
		name: readerOf(ctx, standing, side),
		step,
		due: dueIn(ctx, standing),
		days: { reply: rules.replyDays, appeal: rules.appealDays, hearingNotice: rules.hearingNoticeDays, update: rules.updateDays },
		appealBy: appealUntil(ctx, { state: then, rules }, side),
		allegations: step.kind === WITH_ALLEGATIONS[side] ? allegationsOf(ctx as Ctx, standing).map(({ words }) => words) : [],
		outcome: then.outcome,
		orders: ordersIn(step),
		reasons: reasonsOf(ctx, standing, step),
		own: null,
		isRespondentTold: toldOnIn(standing.steps) !== null,
	};
}

/**
 * The same for a step that nobody has taken yet: what is offered where its words are asked for. Its own page shows it, so it notes nothing.
 * @returns null when no letter tells that side of such a step, or the step cannot be taken
 */
export function letterBefore(ctx: Ground, before: Standing, kind: StepKind, side: LetterSide, data: Step['data']): Letter | null {
	if (templateOf(kind, side) === null) return null;
	const step: Step = { no: before.steps.length + 1, kind, at: ctx.now, onDay: ctx.today, byPerson: null, bySide: 'office', data };
	const steps = [...before.steps, step];
	return letterFrom(ctx, { ...before, steps, state: stateOf(steps), seen: steps.length }, { step, side });
}

function readerOf(ctx: Ground, { concern }: Standing, side: LetterSide): string | null {
	const { id, respondentId, complainantId } = concern;
	if (side === 'respondent') return respondentId === null ? null : (nameOf(ctx.db, respondentId) ?? null);
	return nameIn(openTexts(ctx, id, ['contact']).get('contact')) ?? (complainantId === null ? null : (nameOf(ctx.db, complainantId) ?? null));
}

function dueIn({ db }: Ground, { steps, rules }: Standing): LetterFacts['due'] {
	const open = promisesOf(steps, rules, holidaysOf(db)).filter(({ keptOn, endedOn }) => keptOn === null && endedOn === null);
	return Object.fromEntries(open.map(({ kind, dueOn }) => [kind, dueOn]));
}

/** What the panel wrote down of the decision that the step is, part by part in the order in which it decided. Of an interim order: never. */
const PARTS: Partial<Record<StepKind, readonly string[]>> = {
	referred: ['screening'],
	no_case: ['screening'],
	advised: ['screening'],
	sanction_decided: ['facts', 'breach', 'sanction'],
	appeal_decided: ['appeal'],
};

function reasonsOf(ctx: Ground, { concern }: Standing, { kind, data }: Step): string | null {
	const parts = PARTS[kind];
	if (parts === undefined || typeof data.panel !== 'string') return null;
	const prefix = `panel:${data.panel}:`;
	const texts = [...openTexts(ctx, concern.id, placesOf(ctx.db, concern.id, prefix))].map(([place, words]) => ({ part: place.slice(prefix.length), words }));
	const written = parts.flatMap((part) => texts.filter((one) => one.part === part || one.part.startsWith(`${part}:`)).map(({ words }) => words));
	return written.length === 0 ? null : written.join('\n\n');
}

function ordersIn({ data }: Step): LetterFacts['orders'] {
	const orders = Array.isArray(data.orders) ? (data.orders as { kind: unknown; months?: unknown }[]) : [];
	return orders.map(({ kind, months }) => ({ kind: String(kind), months: typeof months === 'number' ? months : null }));
}
