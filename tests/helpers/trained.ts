import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { confirmSessions, logSupervision, waitingIn } from '#features/cpd/index.ts';
import { putPersonOnFile, startMembership } from '#features/membership/index.ts';
import { registerPerson } from '#features/register/index.ts';
import { rateRecording, recordAttendance, signReport } from '#features/training/index.ts';
import { agreed, session } from '../features/cpd/supervised.ts';
import { aCase, aCourse, list, rating, report } from '../features/training/records.ts';
import { aPerson, type Someone } from './application.ts';
import { staff } from './committee.ts';

export type Name = { given: string; family: string };
export type Registered = Someone & { number: string };

/** A member in training, with an address and nothing on record. */
export function aTrainee(ctx: Ctx, { given, family }: Name): Someone {
	const email = `${given}.${family}@trainee.example`.toLowerCase();
	const id = commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => {
		const details = { title: null, gender: null, email, phone: null, diedOn: null, importKey: null };
		const personId = putPersonOnFile(tx, { givenNames: given, familyName: family }, details);
		const paid = { category: 'trainee', fromOn: '2025-01-01', paidToOn: '2027-12-31', endedOn: null, endReason: null, employer: null } as const;
		startMembership(tx, personId, paid);
		return personId;
	});
	return { id, ctx: { ...ctx, actor: { kind: 'person', personId: id, accountId: id, roles: ['member'], level: 2, provedAt: ctx.now } } };
}

/** An accredited supervisor in the register. */
export function aSupervisor(ctx: Ctx, name: string): Registered {
	const someone = aPerson(ctx, name, { award: 'supervisor' });
	commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => {
		registerPerson(tx, someone.id, { registeredOn: '2020-02-01', number: null });
	});
	const number = ctx.db.sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(someone.id) as string;
	return { ...someone, number };
}

const AREAS = ['grief', 'role_transition', 'role_dispute', 'role_transition'];
const HEARD = ['2026-02-02', '2026-03-02', '2026-04-13'];

/** A whole training on record: the course attended, four cases rated and passed, sixteen hours of supervision confirmed. */
export function train(ctx: Ctx, trainee: Someone, supervisor: Registered): void {
	const office = staff(ctx, 'Corinna', 'membership_officer');
	const course = aCourse(office.ctx, supervisor.number);
	const email = ctx.db.sql.prepare('SELECT email FROM person WHERE id = ?').pluck().get(trainee.id) as string;
	recordAttendance(supervisor.ctx, course, list(email));
	const relation = agreed(trainee, supervisor);
	for (const focalArea of AREAS) {
		const code = aCase(trainee, relation, { focalArea });
		for (const day of HEARD) rateRecording(supervisor.ctx, code, rating(supervisor.ctx, day));
		signReport(supervisor.ctx, code, report(supervisor.ctx));
	}
	for (const heldOn of ['2026-02-16', '2026-03-16', '2026-04-20', '2026-05-18']) logSupervision(trainee.ctx, session(relation, { heldOn, minutes: '4h' }));
	const decisions = waitingIn(ctx.db, relation).map(({ id, version }) => ({ id, version, dispute: null }));
	confirmSessions(supervisor.ctx, relation, decisions);
}
