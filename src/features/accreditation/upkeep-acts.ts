import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { AUDIT_ACTS } from './audit-acts.ts';
import { declareOnAudit } from './audit-commands.ts';
import { auditSight } from './audit-sight.ts';
import { RENEWAL_ACTS } from './renewal-acts.ts';
import { declareOnRenewal } from './renewal-assess-commands.ts';
import { renewalSight } from './renewal-sight.ts';
import { type ActFile, type ActRow, SHARED, type UpkeepAct } from './upkeep-act-parts.ts';
import type { Subject } from './upkeep-circle.ts';
import { placeOf, type Reviewer, roleFor } from './upkeep-reviewers.ts';
import { fits } from './upkeep-who.ts';

/** The acts that the actor may take on a file now, with their forms. @throws NotFound for those who may not see it */
export function actsOnUpkeep(ctx: Ctx, kind: Subject['kind'], reference: string): UpkeepAct[] {
	if (kind === 'renewal') {
		const sight = renewalSight(ctx, reference);
		const { id, personId } = sight.renewal;
		return actsOn(ctx, reference, { file: { subject: { kind, id }, memberId: personId }, sight, rows: RENEWAL_ACTS, declare: declareOnRenewal });
	}
	const sight = auditSight(ctx, reference);
	const { id, personId } = sight.audit;
	return actsOn(ctx, reference, { file: { subject: { kind, id }, memberId: personId }, sight, rows: AUDIT_ACTS, declare: declareOnAudit });
}

/** One of them by its name. @throws NotFound when it cannot be taken now */
export function upkeepAct(ctx: Ctx, kind: Subject['kind'], reference: string, key: string): UpkeepAct {
	const act = actsOnUpkeep(ctx, kind, reference).find((one) => one.key === key);
	if (!act) throw new NotFound('This cannot be done as it stands now.');
	return act;
}

type Seen = { seen: number; isGateShut: boolean; place: Reviewer | null };
type About<S extends Seen> = { file: ActFile; sight: S; rows: readonly ActRow<S>[]; declare: ActRow<S>['run'] };

function actsOn<S extends Seen>(ctx: Ctx, reference: string, { file, sight, rows, declare }: About<S>): UpkeepAct[] {
	const tie = { memberId: file.memberId, isBarred: false, isGateShut: sight.isGateShut, place: placeOf(sight.place) };
	const may = ({ who, when }: ActRow<S>) => fits(ctx.actor, tie, who, roleFor(file.subject)) && when(sight, ctx.today);
	const gate: ActRow<S> = { key: 'declare', who: 'first', when: () => true, ...SHARED.declare, run: declare };
	return (sight.isGateShut ? [gate] : rows.filter(may)).map((row) => ({
		...row,
		isGrave: row.isGrave ?? false,
		fields: typeof row.fields === 'function' ? row.fields(ctx, file, sight) : row.fields,
		seen: sight.seen,
		run: (input: never) => row.run(ctx, reference, input),
	}));
}
