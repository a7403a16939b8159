import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { checkDraft, draftOrder } from '#features/complaints/order-draft.ts';
import { publishOrder } from '#features/complaints/order-publish.ts';
import type { StepKind } from '#features/complaints/phases.ts';
import type { By } from '#features/complaints/step.ts';
import { standingOf, takeStep } from '#features/complaints/step.ts';
import type { OrderKind } from '#features/register/index.ts';
import { registrant } from '#tests/features/register/registrants.ts';
import { onDay, type Someone } from './application.ts';
import { staff } from './committee.ts';
import { aConcern, letIn } from './concerns.ts';

export type Decided = { kind: OrderKind; months: number | null };
/** A case with the people who work on its orders. `writer` drafts, `publisher` checks and publishes. */
export type OrderCase = {
	id: string;
	reference: string;
	therapist: Someone;
	number: string;
	owner: Someone;
	writer: Someone;
	publisher: Someone;
	monitor: Someone;
};

const PANEL: By = { side: 'panel', personId: null };
const YEARS = 20 * 365;

/** Takes a step of a case on a day, as a panel unless said otherwise. @returns its number */
export function step(ctx: Ctx, id: string, kind: StepKind, data: Record<string, unknown> = {}, by: By = PANEL): number {
	return commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => takeStep(tx, standingOf(tx.db, id), kind, by, data).seen);
}

/** Somebody on the register, as they act themselves. */
export function aTherapist(ctx: Ctx, given = 'Tess', family = `Therapist${newId().slice(-6)}`): { number: string; therapist: Someone } {
	const number = registrant(
		{ ...ctx, actor: { kind: 'system', name: 'test' } },
		{
			name: [given, family],
			membership: { paidToOn: '2045-03-31' },
			awards: [{ terms: [{ fromOn: '2019-05-01', toOn: '2045-04-30' }] }],
		},
	);
	const id = ctx.db.sql.prepare('SELECT person_id FROM registration WHERE number = ?').pluck().get(number) as string;
	const actor = { kind: 'person', personId: id, roles: ['member'], level: 1, provedAt: ctx.now } as unknown as Ctx['actor'];
	return { number, therapist: { id, ctx: { ...ctx, actor } } };
}

/** A case that was laid before the therapist and waits for whatever comes next: investigation. */
export function disclosedCase(ctx: Ctx, about = aTherapist(ctx)): OrderCase {
	const { id, reference } = aConcern(ctx, { about: about.therapist });
	const owner = staff(ctx, 'Olga', 'complaints_officer');
	const [writer, publisher, monitor, lay] = [
		staff(ctx, 'Wanda', 'registrar'),
		staff(ctx, 'Paul', 'registrar'),
		staff(ctx, 'Mona', 'registrar'),
		staff(ctx, 'Lars', 'lay_panel_member'),
	];
	const days = { days: YEARS };
	for (const [who, as] of [
		[owner, 'owner'],
		[writer, 'secretary'],
		[publisher, 'secretary'],
		[monitor, 'monitor'],
		[lay, 'lay_screener'],
	] as const)
		letIn(ctx, id, who, as, days);
	step(ctx, id, 'assigned', { owner: owner.id }, { side: 'office', personId: owner.id });
	const text = `INSERT INTO concern_proposal (id, concern_id, kind, data, proposed_by, proposed_at, settled_by, settled_at, result)
		VALUES (?, ?, 'accepted', '{}', ?, 1, ?, 2, 'agreed')`;
	ctx.db.sql.prepare(text).run(newId(), id, owner.id, lay.id);
	for (const kind of ['accepted', 'disclosed'] as const) step(ctx, id, kind, {}, { side: 'office', personId: owner.id });
	return { id, reference, ...about, owner, writer, publisher, monitor };
}

/** A case in which a hearing decided these orders today. `step`: the step that holds them. */
export function decidedCase(ctx: Ctx, orders: readonly Decided[], about = aTherapist(ctx)): OrderCase & { step: number } {
	const made = disclosedCase(ctx, about);
	step(ctx, made.id, 'reported', {}, { side: 'office', personId: made.owner.id });
	for (const [kind, data] of [
		['referred', {}],
		['facts_found', {}],
		['breach_found', {}],
	] as const)
		step(ctx, made.id, kind, data);
	return { ...made, step: step(ctx, made.id, 'sanction_decided', { outcome: 'upheld', orders }) };
}

/** A case with an interim order that a panel imposed today. */
export function interimCase(
	ctx: Ctx,
	kind: OrderKind = 'interim_suspension',
	months: number | null = 6,
	about = aTherapist(ctx),
): OrderCase & { step: number } {
	const made = disclosedCase(ctx, about);
	step(ctx, made.id, 'interim_asked', {}, { side: 'office', personId: made.owner.id });
	return { ...made, step: step(ctx, made.id, 'interim_decided', { imposed: true, kind, months }) };
}

export const seen = (made: OrderCase) => standingOf(made.owner.ctx.db, made.id).seen;

type Draft = { months?: number | null; reviewMonths?: number | null; words?: string; award?: string | null; item?: number };

/** Drafts an order, or the next version of it, on a day. @returns its key */
export function draft(made: OrderCase & { step: number }, day: string, { item = 0, ...typed }: Draft = {}): string {
	const input = { months: null, reviewMonths: null, words: 'What the panel found, in short.', award: null, reasons: 'As decided.', ...typed };
	return draftOrder(onDay(made.writer.ctx, day), made.reference, { seen: seen(made), decision: `${made.step}-${item}`, ...input });
}

/** Checks it, unless it is an interim one, and publishes it. */
export function publish(made: OrderCase, key: string, day: string, { check = true } = {}): void {
	if (check) checkDraft(onDay(made.owner.ctx, day), made.reference, key, { seen: seen(made) });
	publishOrder(onDay(made.publisher.ctx, day), made.reference, key, { seen: seen(made) });
}

/** The whole way in one. `day`: of publication. @returns its key */
export function published(made: OrderCase & { step: number }, day: string, typed: Draft & { check?: boolean } = {}): string {
	const { check = true, ...more } = typed;
	const key = draft(made, day, more);
	publish(made, key, day, { check });
	return key;
}
