import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { auditActs } from './audit-acts.ts';
import { renewalActs } from './renewal-acts.ts';
import type { UpkeepAct } from './upkeep-act-parts.ts';

/** The acts that the actor may take on a file now, with their forms. @throws NotFound for those who may not see it */
export function actsOnUpkeep(ctx: Ctx, kind: 'renewal' | 'audit', reference: string): UpkeepAct[] {
	const { specs, seen } = kind === 'renewal' ? renewalActs(ctx, reference) : auditActs(ctx, reference);
	return Object.entries(specs).map(([key, spec]) => ({ key, isGrave: false, ...spec, seen }));
}

/** One of them by its name. @throws NotFound when it cannot be taken now */
export function upkeepAct(ctx: Ctx, kind: 'renewal' | 'audit', reference: string, key: string): { act: UpkeepAct; all: UpkeepAct[] } {
	const all = actsOnUpkeep(ctx, kind, reference);
	const act = all.find((one) => one.key === key);
	if (!act) throw new NotFound('This cannot be done as it stands now.');
	return { act, all };
}
