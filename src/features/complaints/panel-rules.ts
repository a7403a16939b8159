import { z } from 'zod';
import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concernPanel, registerOrder } from '#db/schema/index.ts';

export type PanelKind = (typeof concernPanel.$inferSelect)['kind'];
export type OrderKind = (typeof registerOrder.$inferSelect)['kind'];

const whole = z.number().int().nonnegative();
const kindRule = z.strictObject({
	least: whole,
	most: whole,
	/** How many lay members at least; beyond that any number, more than half, or more than half unless the chair is lay. */
	lay: z.strictObject({ atLeast: whole, rule: z.enum(['some', 'majority', 'majority_or_chair']) }),
	quorum: whole,
	/** From the day it is composed or listed to the day it sits. */
	noticeDays: whole,
	advisers: whole,
	/** Who decides between choices that are even: the chair, or the milder one stands. */
	tie: z.enum(['chair', 'milder']),
});
const months = z.tuple([whole, whole]).nullable();
const schema = z.strictObject({
	kinds: z.strictObject({ screening: kindRule, interim: kindRule, hearing: kindRule, health: kindRule, appeal: kindRule }),
	/** Notice of the next day of a hearing that was adjourned on a day on which it sat. */
	adjournedNoticeDays: whole,
	/** What a panel may order, with the fewest and most months; null: without an end. */
	orders: z.partialRecord(
		z.enum(['warning', 'undertakings', 'conditions', 'suspension', 'removal', 'award_withdrawn', 'interim_suspension', 'interim_conditions']),
		months,
	),
	healthOrders: z.array(z.string()),
});

/** How panels are composed and what they may order: defaults from workflows.md §6.5 and domain.md §3.3, to be confirmed by the organisation. */
export type PanelRules = z.infer<typeof schema>;
export type KindRule = z.infer<typeof kindRule>;

/** The version under which a panel is composed on a day, which it keeps. */
export function panelRulesOn(db: Db, day: string): { version: string; rules: PanelRules } {
	const { version, data } = ruleSetOn(db, 'concern_panels', day);
	return { version, rules: schema.parse(JSON.parse(data)) };
}

/** The rules of a version. @throws Error when there is none */
export function panelRulesOf(db: Db, version: string): PanelRules {
	const data = prepared(db.sql, "SELECT data FROM rule_set WHERE kind = 'concern_panels' AND version = ?").pluck().get(version) as string | undefined;
	if (data === undefined) throw new Error(`There are no rules for panels of version ${version}.`);
	return schema.parse(JSON.parse(data));
}
