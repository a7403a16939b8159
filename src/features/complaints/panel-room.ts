import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { isLead } from './access-commands.ts';
import { type Before, breachIn, isLateAppeal } from './panel-questions.ts';
import { type Panel, panelAt, type Round, roundsOf, type Seat, seatsOf, stateOfPanel } from './panel-rows.ts';
import { type KindRule, type PanelRules, panelRulesOf } from './panel-rules.ts';
import { type Sight, sightOf } from './sight.ts';

/**
 * A panel's room for somebody who may know of it: who sits on it, who runs it (the secretary of the case), who composed it (the owner).
 * `me`: the actor's seat. `findings`: of the case's allegations, `null` where nothing was found yet; those that were withdrawn are not among them.
 */
export type Room = Sight & {
	panel: Panel;
	rules: Sight['rules'];
	panelRules: PanelRules;
	rule: KindRule;
	seats: readonly Seat[];
	rounds: readonly Round[];
	me: Seat | null;
	isSecretary: boolean;
	isOwner: boolean;
	allegations: readonly Allegation[];
};
export type Allegation = { id: string; no: number; category: string; finding: string | null };
export type PanelPlace = { reference: string; no: number };

/** The room of a panel. Members of another panel, and everybody else in the case, learn nothing of it. @throws NotFound */
export function roomOf(ctx: Ctx, { reference, no }: PanelPlace): Room {
	const { personId } = personOf(ctx);
	const sight = sightOf(ctx, reference);
	const panel = panelAt(ctx.db, sight.concern.id, no);
	if (panel === null) throw new NotFound('There is no such panel.');
	const seats = seatsOf(ctx.db, panel.id, ctx.now);
	const me = seats.find((seat) => seat.personId === personId && seat.state !== 'left') ?? null;
	const isSecretary = runsPanels(sight);
	const isOwner = isLead(ctx, sight);
	if (sight.isGateShut || (me === null && !isSecretary && !isOwner)) throw new NotFound('There is no such panel.');
	const panelRules = panelRulesOf(ctx.db, panel.rulesVersion);
	const rounds = roundsOf(ctx.db, panel.id);
	const allegations = allegationRows(ctx, sight.concern.id);
	return { ...sight, panel, panelRules, rule: panelRules.kinds[panel.kind], seats, rounds, me, isSecretary, isOwner, allegations };
}

/** Runs the panels of a case, and has no vote on any. */
export function runsPanels({ accesses, isGateShut }: Pick<Sight, 'accesses' | 'isGateShut'>): boolean {
	return !isGateShut && accesses.some(({ capacity, declared }) => capacity === 'secretary' && declared !== null);
}

/** What the next question depends on. */
export function beforeIn({ panel, state, steps, rounds, rules, allegations }: Room): Before {
	const hasFact = allegations.some(({ finding }) => finding === 'proved' || finding === 'admitted');
	return { kind: panel.kind, state, rounds, isLate: isLateAppeal(state, steps, rules.appealDays), isBreach: breachIn(steps), hasFact };
}

/** Those who vote and are there as far as the record knows: they have said what ties them, and have not left. */
export function votingIn({ seats }: Pick<Room, 'seats'>): Seat[] {
	return seats.filter(({ role, state }) => role !== 'adviser' && state === 'here');
}

/** Those who sit on it or were asked to. */
export function seatedIn({ seats }: Pick<Room, 'seats'>): Seat[] {
	return seats.filter(({ state }) => state !== 'left');
}

/** Refuses what a panel is past. @throws Conflict */
export function refuseUnlessSits({ panel }: Pick<Room, 'panel'>): void {
	const state = stateOfPanel(panel);
	if (state !== 'sits') throw new Conflict(state === 'decided' ? 'This panel has decided, and is over.' : 'This panel was dissolved.');
}

/** May the actor write down what the panel decided? Its chair, or the secretary of the case. */
export function canRecord({ me, isSecretary, panel }: Pick<Room, 'me' | 'isSecretary' | 'panel'>): boolean {
	return stateOfPanel(panel) === 'sits' && (isSecretary || (me?.role === 'chair' && me.state === 'here'));
}

function allegationRows({ db }: Pick<Ctx, 'db'>, concernId: string): Allegation[] {
	const text = "SELECT id, no, category, finding FROM concern_allegation WHERE concern_id = ? AND finding IS NOT 'withdrawn' ORDER BY no";
	return prepared(db.sql, text).all(concernId) as Allegation[];
}
