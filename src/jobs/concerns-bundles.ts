import type { Ctx } from '#core/ctx.ts';
import { bundles } from '#features/complaints/index.ts';

/** Makes bundles for panels whose making died with its process. */
export async function makeBundles(ctx: Ctx): Promise<string> {
	return `${await bundles.makeWaitingBundles(ctx)} made`;
}
