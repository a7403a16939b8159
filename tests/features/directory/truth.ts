import { createHash } from 'node:crypto';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { fold, turns } from '#core/text.ts';
import { type FinderQuery, milesBetween, OPTIONS, type Point } from '#features/directory/index.ts';
import { daySeed, rotationOf, turnIn } from '#features/directory/rotation.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';

type Fact = {
	personId: string;
	slug: string;
	online: number;
	inPerson: number;
	gender: string | null;
	feeFromPence: number | null;
	availability: string;
	confirmedOn: string | null;
	publishedOn: string;
	withdrawnOn: string | null;
	name: string;
	no: number | null;
};
type PlaceFact = Point & { stepFree: number; practiceName: string | null };

/** Someone as the facts alone have them on a day: the finder's own tables give nothing but the place in the line (`no`). */
export type True = Fact & { codes: Set<string>; places: PlaceFact[] };

const FACTS = `SELECT l.person_id AS personId, l.slug, l.online, l.in_person AS inPerson, p.gender, l.fee_from_pence AS feeFromPence, l.availability,
	l.availability_confirmed_on AS confirmedOn, l.published_on AS publishedOn, l.withdrawn_on AS withdrawnOn, n.given_names || ' ' || n.family_name AS name, f.no
	FROM listing l JOIN person p ON p.id = l.person_id JOIN person_name n ON n.person_id = l.person_id LEFT JOIN finder f ON f.person_id = l.person_id
	WHERE EXISTS (SELECT 1 FROM listing_consent c WHERE c.person_id = l.person_id AND c.field = 'listing' AND c.withdrawn_at IS NULL)`;

/** Everyone whom the public may find on the day of `ctx`, worked out person by person from the facts. */
export function everyoneInTruth(ctx: Ctx): True[] {
	const { sql } = ctx.db;
	const rules = registerRules(ctx.db, ctx.today);
	return (sql.prepare(FACTS).all() as Fact[]).flatMap((fact) => {
		const facts = factsOf(ctx.db, fact.personId);
		if (!facts || fact.publishedOn > ctx.today || (fact.withdrawnOn !== null && fact.withdrawnOn <= ctx.today)) return [];
		const status = registerStatus(facts, ctx.today, rules);
		if (!status.isInGoodStanding) return [];
		const ticked = sql.prepare('SELECT option FROM listing_option WHERE person_id = ?').pluck().all(fact.personId) as string[];
		const places = sql
			.prepare('SELECT latitude, longitude, step_free AS stepFree, practice_name AS practiceName FROM practice_place WHERE person_id = ? ORDER BY position')
			.all(fact.personId) as PlaceFact[];
		const codes = new Set(ticked);
		if (!status.awards.some((a) => a.kind === 'adolescent')) codes.delete('young');
		if (!status.awards.some((a) => a.level === 'supervisor' || a.level === 'trainer')) codes.delete('supervision');
		if (fact.online) codes.add('online');
		if (fact.inPerson) codes.add('in_person');
		if (fact.gender) codes.add(fact.gender);
		const fresh = fact.confirmedOn !== null && ctx.today <= addDays(fact.confirmedOn, rules.availabilityFadesDays);
		if (fact.availability === 'taking' && fresh) codes.add('taking');
		return [{ ...fact, codes, places }];
	});
}

/** What a search must find, in its order, by looking at everyone. */
export function searchInTruth(ctx: Ctx, everyone: readonly True[], query: FinderQuery, point: Point | null): string[] {
	const [seed, rotation] = [daySeed(ctx.today), rotationOf(ctx.today)];
	if (point && !query.online) {
		const near = everyone.flatMap((one) => {
			const miles = one.inPerson
				? one.places
						.filter((p) => meets(one, query, p.stepFree === 1))
						.map((p) => milesBetween(point, p))
						.filter((m) => m <= query.within)
				: [];
			return miles.length === 0 ? [] : [{ slug: one.slug, mile: Math.round(Math.min(...miles)), turn: turnIn(rotation, one.no ?? -1), no: one.no ?? -1 }];
		});
		return near.sort((a, b) => a.mile - b.mile || a.turn - b.turn || a.no - b.no).map((n) => n.slug);
	}
	const all = everyone.filter(
		(one) =>
			(!query.online || one.online) &&
			meets(
				one,
				query,
				one.places.some((p) => p.stepFree === 1),
			),
	);
	return all
		.map(({ personId, slug }) => ({ slug, turn: createHash('sha256').update(personId).digest().readUInt32BE(0) }))
		.sort((a, b) => Number(a.turn < seed) - Number(b.turn < seed) || a.turn - b.turn)
		.map((one) => one.slug);
}

/** Whose name, or practice, has a word from which the typed text goes on. */
export function namedInTruth(everyone: readonly True[], typed: string): string[] {
	const wanted = fold(typed);
	const names = (one: True) => [one.name, ...one.places.flatMap((p) => p.practiceName ?? [])];
	return everyone.filter((one) => names(one).some((name) => turns(name).some((turn) => turn.startsWith(wanted)))).map((one) => one.slug);
}

/** AND between groups, OR inside one; a fee counts when it is stated. */
function meets(one: True, query: FinderQuery, stepFree: boolean): boolean {
	const has = (code: string) => (code === 'step_free' ? stepFree : one.codes.has(code));
	const groups = Map.groupBy(
		OPTIONS.filter((o) => query.options.has(o.code)),
		(o) => o.group,
	);
	const fee = query.feeUpTo === null || (one.feeFromPence !== null && one.feeFromPence <= query.feeUpTo * 100);
	return fee && [...groups.values()].every((group) => group.some((o) => has(o.code)));
}
