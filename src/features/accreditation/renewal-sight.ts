import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { isOfficer } from './policy.ts';
import { type RenewalStanding, refuseOlderSight, renewalById, renewalByReference } from './renewal-step.ts';
import { circleOf } from './upkeep-circle.ts';
import { ownPlace, type Reviewer } from './upkeep-reviewers.ts';

/** A renewal as somebody of the office or its assessor may see it. While the gate is shut nothing of the file may be shown but whose it is. */
export type RenewalSight = RenewalStanding & { isOfficer: boolean; place: Reviewer | null; isGateShut: boolean };

const NONE = 'There is no such re-accreditation.';

/** A renewal for the one who asks: an officer or the assessor it was given to, never somebody of the member's own circle. @throws NotFound, SignInRequired */
export function renewalSight(ctx: Ctx, reference: string): RenewalSight {
	const { personId } = personOf(ctx);
	const standing = renewalByReference(ctx, reference);
	if (circleOf(ctx.db, standing.renewal.personId, personId).length > 0) throw new NotFound(NONE);
	const place = ownPlace(ctx, { kind: 'renewal', id: standing.renewal.id });
	const officer = isOfficer(ctx.actor);
	if (!officer && place === null) throw new NotFound(NONE);
	return { ...standing, isOfficer: officer, place, isGateShut: place !== null && place.declaredAt === null };
}

/** What an officer may work on, as they saw it. @throws NotFound; Conflict when it has moved on */
export function officerRenewal(ctx: Ctx, reference: string, seen: number): RenewalSight {
	const sight = renewalSight(ctx, reference);
	if (!sight.isOfficer || sight.isGateShut) throw new NotFound(NONE);
	refuseOlderSight(sight, seen);
	return sight;
}

/** What its assessor may work on once they have declared. @throws NotFound; Conflict when it has moved on */
export function assessorRenewal(ctx: Ctx, reference: string, seen: number): RenewalSight & { place: Reviewer } {
	const sight = renewalSight(ctx, reference);
	if (sight.place === null || sight.isGateShut) throw new NotFound(NONE);
	refuseOlderSight(sight, seen);
	return { ...sight, place: sight.place };
}

/** One's own renewal. @throws NotFound for anybody else's */
export function ownRenewalById(ctx: Ctx, id: string): RenewalStanding {
	const standing = renewalById(ctx, id);
	if (standing.renewal.personId !== personOf(ctx).personId) throw new NotFound(NONE);
	return standing;
}

/** Opens a renewal's file; every opening is an event. While the gate is shut nothing is opened and nothing noted. @throws NotFound */
export function readRenewal(ctx: Ctx, reference: string): RenewalSight {
	const sight = renewalSight(ctx, reference);
	if (!sight.isGateShut)
		commit(ctx, { name: 'read a re-accreditation' }, (tx) =>
			record(tx, 'renewal.file_read', { type: 'renewal', id: sight.renewal.id }, { as: sight.place === null ? 'officer' : 'assessor' }),
		);
	return sight;
}
