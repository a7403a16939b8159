import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { changePerson, putPersonOnFile, startMembership } from '#features/membership/index.ts';
import { registerPerson } from '#features/register/index.ts';
import { as } from '#tests/helpers/payer.ts';

type Facts = {
	given?: string;
	family?: string;
	email?: string | null;
	phone?: string | null;
	importKey?: string | null;
	/** A membership paid to this day; null: none. */
	paidToOn?: string | null;
	category?: 'trainee' | 'basic' | 'plus' | 'organisation';
	isRegistered?: boolean;
};

/** A person on file with a name that can be looked up, and a membership to the end of 2027 unless said otherwise. */
export function putPerson(ctx: Ctx, facts: Facts = {}): string {
	const { given = 'Ann', family = 'Lee', email = null, phone = null, importKey = null, paidToOn = '2027-12-31', category = 'basic' } = facts;
	return commit(ctx, { name: 'test' }, (tx) => {
		const details = { title: null, gender: null, email: null, phone: null, diedOn: null, importKey: null };
		const id = putPersonOnFile(tx, { givenNames: given, familyName: family }, details);
		changePerson(tx, id, { email, phone, importKey });
		if (paidToOn !== null) startMembership(tx, id, { category, fromOn: '2024-01-01', paidToOn, endedOn: null, endReason: null, employer: null });
		if (facts.isRegistered) registerPerson(tx, id, { registeredOn: '2024-01-01', number: null });
		return id;
	});
}

/** Somebody of the office, on file and signed in. */
export function officer(ctx: Ctx, role: Parameters<typeof as>[2] = 'membership_officer', family = 'Officer'): Ctx {
	return as(ctx, putPerson(ctx, { given: 'Olive', family, paidToOn: null }), role);
}
