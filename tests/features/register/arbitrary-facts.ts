import fc from 'fast-check';
import { addDays } from '#core/dates.ts';
import type { OrderFact, RegisterFacts } from '#features/register/index.ts';

export const anyDay = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2018-01-01', n));
const anySpan = fc.tuple(anyDay, fc.integer({ min: 0, max: 1500 })).map(([fromOn, days]) => ({ fromOn, toOn: addDays(fromOn, days) }));

const membership = fc.record({
	span: anySpan,
	category: fc.constantFrom('trainee', 'basic', 'plus', 'organisation'),
	end: fc.option(fc.tuple(anyDay, fc.constantFrom('resigned', 'retired', 'lapsed', 'removed'))),
});
const award = fc.record({
	id: fc.uuid(),
	level: fc.constantFrom('practitioner', 'supervisor', 'trainer', 'organisation'),
	kind: fc.constantFrom('adult', 'adolescent', 'counselling'),
	terms: fc.array(anySpan, { minLength: 1, maxLength: 3 }),
	end: fc.option(fc.tuple(anyDay, fc.constantFrom('given_up', 'not_renewed', 'withdrawn'))),
});
const order = fc.record({
	id: fc.uuid(),
	kind: fc.constantFrom<OrderFact['kind'][]>(
		'interim_suspension',
		'interim_conditions',
		'warning',
		'undertakings',
		'conditions',
		'suspension',
		'removal',
		'voluntary_removal',
	),
	span: anySpan,
	isOpen: fc.boolean(),
	outcome: fc.option(fc.tuple(fc.constantFrom('met', 'not_met', 'revoked'), fc.integer({ min: 0, max: 500 }))),
});

/** Any facts a register could hold: overlapping, out of order, contradictory ones too. */
export const anyFacts: fc.Arbitrary<RegisterFacts> = fc
	.record({
		registeredOn: anyDay,
		diedOn: fc.option(anyDay, { freq: 8 }),
		memberships: fc.array(membership, { maxLength: 4 }),
		leaves: fc.array(anySpan, { maxLength: 2 }),
		awards: fc.array(award, { maxLength: 3 }),
		orders: fc.array(order, { maxLength: 3 }),
	})
	.map((r) => ({
		registeredOn: r.registeredOn,
		diedOn: r.diedOn,
		leaves: r.leaves,
		memberships: r.memberships.map((m) => ({
			category: m.category,
			fromOn: m.span.fromOn,
			paidToOn: m.span.toOn,
			endedOn: m.end?.[0] ?? null,
			endReason: m.end?.[1] ?? null,
		})) as RegisterFacts['memberships'],
		awards: r.awards.map((a) => ({
			id: a.id,
			level: a.level,
			kind: a.kind,
			awardedOn: a.terms.map((t) => t.fromOn).sort()[0],
			endedOn: a.end?.[0] ?? null,
			endReason: a.end?.[1] ?? null,
			terms: a.terms,
		})) as RegisterFacts['awards'],
		orders: r.orders.map((o) => ({
			id: o.id,
			kind: o.kind,
			awardId: null,
			fromOn: o.span.fromOn,
			toOn: o.isOpen ? null : o.span.toOn,
			reviewOn: null,
			publicText: '',
			outcome: o.outcome?.[0] ?? null,
			outcomeOn: o.outcome ? addDays(o.span.fromOn, o.outcome[1]) : null,
			displayUntilOn: null,
		})) as RegisterFacts['orders'],
	}));
