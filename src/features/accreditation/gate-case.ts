import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { type CaseSnapshot, caseRows, outcomeMeasures } from '#features/training/index.ts';

type Row = { key: string; value: string };
/** A supervised case as it was sent. `rows`: its facts in words. `earlier`: what was signed before the facts were corrected, each with its number. */
export type CaseEvidence = { rows: Row[]; earlier: { number: number; rows: Row[] }[]; theCase: Pick<CaseSnapshot, 'ratings' | 'reports' | 'factsNumber'> };

/** A case for those who assess, from what was frozen with the application; null where the snapshot is of an older shape. Reads the measures' names only. */
export function caseEvidence(ctx: Ctx, snapshot: object | null): CaseEvidence | null {
	if (!isCase(snapshot)) return null;
	const measures = outcomeMeasures(ctx.db, ctx.today);
	const { facts, factsNumber, ratings, reports, supervisor, versions } = snapshot;
	const supervised = [supervisor.name, supervisor.profession].filter(Boolean).join(', ');
	return {
		rows: [{ key: 'Supervisor', value: supervised }, ...caseRows(facts, measures)],
		earlier: versions
			.filter(({ number }) => number !== factsNumber)
			.map((one) => ({ number: one.number, rows: [{ key: 'Written', value: sayInstant(one.writtenAt) }, ...caseRows(one.facts, measures)] })),
		theCase: { ratings, reports, factsNumber },
	};
}

function isCase(snapshot: object | null): snapshot is CaseSnapshot {
	return snapshot !== null && 'facts' in snapshot && 'ratings' in snapshot && 'reports' in snapshot && 'versions' in snapshot && 'supervisor' in snapshot;
}
