import { z } from 'zod';
import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import type { OrderKind } from '#features/register/index.ts';

const whole = z.number().int().positive();
const flag = z.boolean();
const schema = z.strictObject({
	/** Per kind: does publication wait until the time for an appeal is over, and an appeal that was made is decided? */
	heldByAppeal: z.strictObject({
		interim_suspension: flag,
		interim_conditions: flag,
		warning: flag,
		undertakings: flag,
		conditions: flag,
		suspension: flag,
		removal: flag,
		voluntary_removal: flag,
		award_withdrawn: flag,
	} satisfies Record<OrderKind, z.ZodBoolean>),
	/** For how many months a warning may be shown: at least, and at most. */
	warningMonths: z.tuple([whole, whole]),
	/** A suspension is looked at again by this many days before its end. */
	reviewBeforeEndDays: whole,
	/** Days before a condition is due on which the therapist is reminded. */
	conditionNoticeDays: z.array(whole),
	/** Within how many days what a therapist showed is judged. */
	judgeDays: whole,
	/** For how many months the public is told that an order was set aside on appeal. */
	correctionMonths: whole,
});

/** How orders reach the register: defaults from workflows.md §6.6 and domain.md §3.4 and §6.8, to be confirmed by the organisation. */
export type OrderRules = z.infer<typeof schema>;

/** The rule set `concern_orders` in force on a day. */
export function orderRulesOn(db: Db, day: string): OrderRules {
	return schema.parse(JSON.parse(ruleSetOn(db, 'concern_orders', day).data));
}
