import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { openTexts } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { nameOf } from '#features/membership/index.ts';
import { nameIn } from './case-said.ts';
import { noteRead, type Sight, sightOf } from './sight.ts';

/** Whom a case names, and as what: all that is shown while the gate is shut. */
export type NamedParty = { name: string; as: string };

/** The names of a case before it opens; that they were shown is noted. @throws NotFound; Conflict when it is open already */
export function gateView(ctx: Ctx, reference: string): Sight & { named: NamedParty[] } {
	const sight = sightOf(ctx, reference);
	if (!sight.isGateShut) throw new Conflict('You have said already what ties you to this case.');
	const capacity = sight.accesses[0]?.capacity ?? 'caseworker';
	noteRead(ctx, { concernId: sight.concern.id, personId: personOf(ctx).personId, capacity, what: 'names' });
	return { ...sight, named: namedIn(ctx, sight) };
}

/** Everybody a case names, the person it is about first. Never authorises, and notes nothing. */
export function namedIn(ctx: Pick<Ctx, 'db' | 'keys'>, { concern }: Pick<Sight, 'concern'>): NamedParty[] {
	const { id, respondentId, complainantId } = concern;
	const text = 'SELECT id, kind, person_id AS personId FROM concern_party WHERE concern_id = ? AND left_at IS NULL ORDER BY added_at, id';
	const parties = prepared(ctx.db.sql, text).all(id) as { id: string; kind: string; personId: string | null }[];
	const texts = openTexts(ctx, id, ['party:about', 'contact', ...parties.map((party) => `party:${party.id}`)]);
	const named = (personId: string | null, said: string | null, as: string) => {
		const name = (personId && nameOf(ctx.db, personId)) || said;
		return name ? [{ name, as }] : [];
	};
	return [
		...named(respondentId, nameIn(texts.get('party:about')), respondentId ? 'the person it is about' : 'the person it is about, as described'),
		...named(complainantId, nameIn(texts.get('contact')), 'raised it'),
		...parties.flatMap((party) => named(party.personId, nameIn(texts.get(`party:${party.id}`)), party.kind.replaceAll('_', ' '))),
	];
}
