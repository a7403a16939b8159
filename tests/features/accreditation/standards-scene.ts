import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import { standardsOn } from '#features/accreditation/index.ts';
import { insertStep } from '#features/accreditation/step.ts';
import { NOTHING_LEFT } from '#features/accreditation/step-left.ts';
import { aMember } from '#tests/features/cpd/members.ts';

/** An application that somebody new has just begun on a route of the set in force. @returns its key */
export function begun(ctx: Ctx, route: string): string {
	const [id, person] = [newId(), aMember(ctx, 'Ann')];
	return commit(ctx, { name: 'test' }, (tx) => {
		const text = `INSERT INTO accreditation_application (id, person_id, route, standards_version, begun_at, phase, turn, phase_from_on, due_on, steps)
			VALUES (?, ?, ?, ?, ?, 'draft', 'applicant', ?, ?, 1)`;
		const { version, standards } = standardsOn(tx.db, ctx.today);
		tx.db.sql.prepare(text).run(id, person, route, version, ctx.now, ctx.today, addMonths(ctx.today, standards.limits.draftMonths));
		insertStep(
			tx,
			id,
			{ no: 1, kind: 'begun', at: ctx.now, onDay: ctx.today, byPerson: person, data: {} },
			{ phase: 'draft', turn: 'applicant', left: NOTHING_LEFT },
		);
		record(tx, 'accreditation.begun', { type: 'application', id }, { route });
		return id;
	});
}
