import type { Ctx } from '#core/ctx.ts';
import { MEMBERSHIP_HANDLERS } from '#features/directory/index.ts';
import { closeIdleApplications, enforceRetention, remindMembers } from '#features/membership/index.ts';

/** Renewal night: what was paid is granted, fees are reminded of, lapses are told. */
export async function remind(ctx: Ctx): Promise<string> {
	const { granted, reminded, lapseTold, released, unreachable } = await remindMembers(ctx, MEMBERSHIP_HANDLERS);
	return `${granted} granted, ${reminded} reminded, ${lapseTold} told of a lapse, ${released} let go, ${unreachable} without an address`;
}

/** Applications that nobody goes on with: reminded of, then closed. */
export function closeDrafts(ctx: Ctx): string {
	const { reminded, closed } = closeIdleApplications(ctx);
	return `${reminded} reminded, ${closed} closed`;
}

/** Destroys what is over its time in the classes that an officer has confirmed. */
export function destroyDue(ctx: Ctx): string {
	const gone = Object.entries(enforceRetention(ctx)).map(([name, rows]) => `${name} ${rows}`);
	return gone.length === 0 ? 'nothing destroyed' : `destroyed: ${gone.join(', ')}`;
}
