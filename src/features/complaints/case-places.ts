import type { Ctx } from '#core/ctx.ts';
import { seesBundles } from './bundle-view.ts';
import { seesDocuments } from './file-case.ts';
import { readsLetters } from './letter-commands.ts';
import { mayReadOrders } from './order-policy.ts';
import { seesPacks } from './pack-view.ts';
import { findsPanels } from './panel-view.ts';
import type { Sight } from './sight.ts';

/** A page of its own under a case: `when` says whether the one who asks finds it there. */
export type CasePlace = { key: string; title: string; when(sight: Sight, ctx: Ctx): boolean };

const isOwner = ({ accesses }: Sight) => accesses.some(({ capacity }) => capacity === 'owner');

/** The pages of a case beside its acts, in the order in which they are listed. */
const PLACES: readonly CasePlace[] = [
	{ key: 'documents', title: 'Documents', when: seesDocuments },
	{ key: 'packs', title: 'What is laid before each side', when: seesPacks },
	{ key: 'bundle', title: 'Bundles for panels', when: (sight, ctx) => seesBundles(ctx, sight) },
	{ key: 'letters', title: 'Letters', when: (sight, ctx) => readsLetters(ctx, sight) },
	{ key: 'panels', title: 'Panels', when: (sight, ctx) => findsPanels(ctx, sight) },
	{ key: 'orders', title: 'Orders, and what follows from them', when: (sight, { actor }) => mayReadOrders(actor, sight) },
	{ key: 'access', title: 'Who has access, and who read what', when: isOwner },
];

/** The pages of a case that the actor finds there now; none while the gate is shut. */
export function placesOfCase(ctx: Ctx, sight: Sight): Pick<CasePlace, 'key' | 'title'>[] {
	return sight.isGateShut ? [] : PLACES.filter(({ when }) => when(sight, ctx)).map(({ key, title }) => ({ key, title }));
}
