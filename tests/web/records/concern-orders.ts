import { showCondition } from '#features/complaints/condition-acts.ts';
import { addCondition } from '#features/complaints/condition-draft.ts';
import { checkDraft } from '#features/complaints/order-draft.ts';
import { onDay } from '#tests/helpers/application.ts';
import { decidedCase, draft, publish, seen } from '#tests/helpers/sanctions.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import type { Maker } from './scene.ts';

type Made = { reference: string; step: number; writer: string; owner: string; publisher: string; monitor: string; therapist: string };

/** A case with four orders: one to be drafted, a draft, one that is checked, and conditions in force of which the first was shown. */
const everything: Maker<Made> = ({ site }) => {
	const ctx = siteCtx(site);
	const text = `SELECT f.person_id AS id, r.number FROM finder f JOIN registration r USING (person_id)
		WHERE f.shown_to_on > '2027-06-30' AND f.person_id NOT IN (SELECT person_id FROM role_grant) ORDER BY f.slug DESC LIMIT 1`;
	const { id, number } = ctx.db.sql.prepare(text).get() as { id: string; number: string };
	const conditions = { kind: 'conditions', months: 12 } as const;
	const decided = [{ kind: 'suspension', months: 1 }, conditions, { kind: 'warning', months: 12 }, conditions] as const;
	const made = decidedCase(onDay(ctx, '2026-10-01'), decided, { number, therapist: { id, ctx } });
	const [written, checked, out] = [1, 2, 3].map((item) => draft(made, TODAY, { item })) as [string, string, string];
	const input = { isHealth: false, publicText: 'They take a course.', monitor: made.monitor.id, dueOn: '2027-02-01' };
	for (const [key, words] of [
		[written, 'A course.'],
		[out, 'A course.'],
		[out, 'Weekly supervision.'],
	] as const)
		addCondition(onDay(made.writer.ctx, TODAY), made.reference, key, { seen: seen(made), words, ...input });
	checkDraft(onDay(made.owner.ctx, TODAY), made.reference, checked, { seen: seen(made) });
	publish(made, out, TODAY);
	const actor = { ...made.writer.ctx.actor, personId: id, roles: ['member'] } as typeof ctx.actor;
	showCondition(onDay({ ...ctx, actor }, TODAY), made.reference, { order: out, condition: 1, done: 0, words: 'Done.', documents: [] });
	ctx.db.sql.close();
	const { writer, owner, publisher, monitor } = made;
	return { reference: made.reference, step: made.step, writer: writer.id, owner: owner.id, publisher: publisher.id, monitor: monitor.id, therapist: id };
};

const of =
	(key: keyof Omit<Made, 'step'>): Maker<string> =>
	async (scene) =>
		(await scene.made(everything))[key];

export const [reference, writer, owner, publisher, monitor, therapist] = [
	of('reference'),
	of('writer'),
	of('owner'),
	of('publisher'),
	of('monitor'),
	of('therapist'),
];

/** The reference with an order, `1-1`: its place in what was decided and its version; and what follows in the address. */
export const order =
	(key: string, ...more: string[]): Maker<string[]> =>
	async (scene) => {
		const made = await scene.made(everything);
		return [made.reference, `${made.step}-${key}`, ...more];
	};
