import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { type FormerName, type Membership, putPersonOnFile, recordCoreProfession, recordFormerName, startMembership } from '#features/membership/index.ts';
import { closeOrder, giveAward, imposeOrder, type NewAward, type NewOrder, type OrderFact, registerPerson } from '#features/register/index.ts';

type Order = Partial<NewOrder> & Pick<NewOrder, 'kind' | 'fromOn'> & { outcome?: NonNullable<OrderFact['outcome']>; outcomeOn?: string };
export type Registrant = {
	name: [given: string, family: string];
	title?: string;
	membership?: Partial<Membership>;
	awards?: Partial<NewAward>[];
	orders?: Order[];
	formerName?: FormerName;
	core?: 'registered' | 'could_not_check';
};

/** Registers someone through the real commands: accredited from 1 May 2019, paid to 31 March 2027 unless said otherwise. @returns the register number */
export function registrant(ctx: Ctx, person: Registrant): string {
	return commit(ctx, { name: 'test registration' }, (tx) => {
		const [givenNames, familyName] = person.name;
		const id = putPersonOnFile(
			tx,
			{ givenNames, familyName },
			{ title: person.title ?? null, gender: null, email: null, phone: null, diedOn: null, importKey: null },
		);
		const number = registerPerson(tx, id, { registeredOn: '2019-05-01', number: null });
		startMembership(tx, id, {
			category: 'plus',
			fromOn: '2019-05-01',
			paidToOn: '2027-03-31',
			endedOn: null,
			endReason: null,
			employer: null,
			...person.membership,
		});
		for (const award of person.awards ?? [{}]) giveAward(tx, id, { ...AWARD, ...award });
		for (const order of person.orders ?? []) {
			const orderId = imposeOrder(tx, id, { awardId: null, toOn: null, reviewOn: null, publicText: 'An account.', displayUntilOn: null, ...order });
			if (order.outcome && order.outcomeOn) closeOrder(tx, orderId, { outcome: order.outcome, outcomeOn: order.outcomeOn });
		}
		if (person.formerName) recordFormerName(tx, id, person.formerName);
		const standing = person.core ?? 'registered';
		recordCoreProfession(tx, id, { body: 'HCPC', reference: 'PYL000001', standing, checkedOn: '2026-10-01', fromOn: '2019-05-01' });
		return number;
	});
}

const AWARD: NewAward = {
	level: 'practitioner',
	kind: 'adult',
	awardedOn: '2019-05-01',
	standardsVersion: '2019',
	terms: [{ fromOn: '2019-05-01', toOn: '2029-04-30' }],
};
