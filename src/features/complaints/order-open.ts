import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import { mayOrder } from './order-policy.ts';
import { type OrderIn, orderIn } from './order-store.ts';
import { type Sight, sightOf } from './sight.ts';
import { refuseStale } from './step.ts';

/** The case for somebody who may write orders, as it was when they saw it. @throws NotFound, Forbidden, Conflict */
export function sightFor(ctx: Ctx, reference: string, seen: number): Sight {
	const sight = sightOf(ctx, reference);
	refuseStale(sight, seen);
	allow(mayOrder(ctx.actor, sight));
	return sight;
}

/** A draft that can still be changed. @throws NotFound, Conflict */
export function openDraft({ db }: Pick<Tx, 'db'>, sight: Sight, key: string): OrderIn {
	const found = orderIn(db, sight, key);
	if (found.row.publishedAt !== null) throw new Conflict('This was published. It is changed by a new version.');
	return found;
}
