import { commit } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import type { Role } from '#core/roles.ts';
import { putPersonOnFile, startMembership } from '#features/membership/index.ts';
import { giveAward } from '#features/register/index.ts';
import { noonOn } from '#tests/helpers/ctx.ts';

/** A practitioner in good standing since 2020, without any CPD. @returns their key */
export function aMember(ctx: Ctx, givenNames: string): string {
	return commit(ctx, { name: 'test' }, (tx) => {
		const details = { title: null, gender: null, email: null, phone: null, diedOn: null, importKey: null };
		const id = putPersonOnFile(tx, { givenNames, familyName: 'Example' }, details);
		startMembership(tx, id, { category: 'plus', fromOn: '2020-01-01', paidToOn: '2026-12-31', endedOn: null, endReason: null, employer: null });
		giveAward(tx, id, {
			level: 'practitioner',
			kind: 'adult',
			standardsVersion: '2020-1',
			awardedOn: '2020-02-01',
			terms: [{ fromOn: '2020-02-01', toOn: '2028-01-31' }],
		});
		return id;
	});
}

/** The same moment seen by someone who is signed in. */
export function asPerson(ctx: Ctx, personId: string, ...roles: Role[]): Ctx {
	return { ...ctx, actor: { kind: 'person', personId, accountId: personId, roles: roles.length ? roles : ['member'], level: 2, provedAt: ctx.now } };
}

/** The same register on another day. */
export function asOn(ctx: Ctx, day: string): Ctx {
	return ctxFor(ctx, ctx.actor, noonOn(day), { id: ctx.requestId, clientKey: ctx.clientKey });
}

/** What someone types who logs an activity of today. */
export const TYPED: Record<string, string> = {
	title: 'A day on grief',
	on: '2026-11-22',
	'other-day': '',
	'other-month': '',
	'other-year': '',
	long: '2h 30m',
	category: 'ipt_training_event',
	as: 'log',
};
