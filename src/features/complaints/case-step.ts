import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { endOf } from './access-put.ts';
import { isRespondentTold, putMessage, tellSides } from './message-put.ts';
import { giveApproved } from './pack-put.ts';
import { approvedPack } from './pack-store.ts';
import type { StepKind } from './phases.ts';
import { canTake } from './policy.ts';
import { endOffers } from './settle-put.ts';
import { type Sight, sightOf } from './sight.ts';
import { refusalOf } from './state.ts';
import { refuseStale, type Standing, takeStep } from './step.ts';

/**
 * A step of the office with its words. `words`: for the file, at `step:<no>`. `told`, `toldRespondent`: what each side reads as a message.
 * `data`: keys and days only.
 */
export type CaseStep = { kind: StepKind; seen: number; words?: string; told?: string; toldRespondent?: string; data?: Record<string, string> };

/** Takes a step of the office on a case, with its words and what each side is told. @throws NotFound, Forbidden; Conflict in words */
export function takeCaseStep(ctx: Ctx, reference: string, step: CaseStep): void {
	const told = commit(ctx, { name: 'take a step of a case' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, step.seen);
		refuseUnlessMay(ctx, sight, step.kind);
		return putStep(tx, sight, step);
	});
	tellSides(ctx, told);
}

/** Takes a step with its words. Joins a transaction and never authorises. @returns whom to tell once it is written */
export function putStep(tx: Tx, before: Standing, { kind, words = '', told = '', toldRespondent = '', data = {} }: CaseStep): Told {
	const { personId } = personOf(tx.ctx);
	const { id } = before.concern;
	OBSTACLES[kind]?.(tx, before);
	const after = takeStep(tx, before, kind, { side: 'office', personId }, data);
	if (words !== '') sealText(tx, id, `step:${after.seen}`, words);
	if (kind === 'closed') keepOwner(tx, after);
	if (kind === 'disclosed' || kind === 'resolution_begun') giveApproved(tx, id);
	if (kind === 'resolution_failed' || kind === 'closed') endOffers(tx, id);
	const sides = [['complainant', told] as const, ['respondent', toldRespondent] as const].filter(([, text]) => text !== '');
	for (const [side, text] of sides) putMessage(tx, after, { side, words: text, repeatKey: `step:${id}:${after.seen}:${side}` });
	return { concernId: id, respondentId: after.concern.respondentId, sides: sides.map(([side]) => side), about: `step:${after.seen}` };
}

export type Told = { concernId: string; respondentId: string | null; sides: ('complainant' | 'respondent')[]; about: string };

/** Refuses in words what cannot be done now, and plainly what is not theirs to do. @throws Conflict, Forbidden */
export function refuseUnlessMay({ actor }: Pick<Ctx, 'actor'>, sight: Sight, kind: StepKind): void {
	const refusal = refusalOf(sight.state, kind);
	if (refusal !== null) throw new Conflict(refusal);
	allow(canTake(actor, sight, kind));
}

type Obstacle = (tx: Tx, standing: Standing) => void;

const named: Obstacle = (tx, { concern }) => {
	if (concern.respondentId === null) throw new Conflict('Say first who it is about: they have to be on file.');
	const text = 'SELECT 1 FROM concern_allegation WHERE concern_id = ?';
	if (!prepared(tx.db.sql, text).get(concern.id)) throw new Conflict('Write down first what is said to have happened, as allegations.');
};
const withPack: Obstacle = (tx, { concern }) => {
	if (approvedPack(tx.db, concern.id, 'respondent') === null)
		throw new Conflict('Make first what is laid before the therapist, and have a second person check it.');
};
const told: Obstacle = (_, { steps }) => {
	if (!isRespondentTold(steps)) throw new Conflict('The therapist has not been told of this yet.');
};

/** What the record must hold before a step, beyond where the case stands. */
const OBSTACLES: Partial<Record<StepKind, Obstacle>> = {
	disclosed: (tx, standing) => {
		named(tx, standing);
		withPack(tx, standing);
	},
	resolution_begun: (tx, standing) => {
		named(tx, standing);
		if (standing.state.flags.length > 0) throw new Conflict('A case with a mark of a risk is not settled between the sides.');
	},
	replied: told,
	resolution_agreed: () => {
		throw new Conflict('It is settled once both sides have agreed to terms: lay them before both, or record what they said by telephone.');
	},
	reopened: ({ ctx }, { state, rules }) => {
		const last = addMonths(state.closedOn ?? ctx.today, rules.reopenMonths);
		if (ctx.today > last) throw new Conflict(`A case is opened again within ${rules.reopenMonths} months of its end.`);
	},
};

/** Whoever had it at its end may open it again for as long as that can be done. */
function keepOwner({ db, ctx }: Tx, { concern, rules }: Standing): void {
	const text = "UPDATE concern_access SET until_at = max(until_at, ?) WHERE concern_id = ? AND capacity = 'owner' AND ended_at IS NULL";
	prepared(db.sql, text).run(endOf(addMonths(ctx.today, rules.reopenMonths)), concern.id);
}
