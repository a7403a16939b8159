import type { Gazetteer } from '#db/gazetteer/index.ts';
import { type Ago, caseAt } from './cases.ts';
import { listingColumns } from './listings.ts';
import { inventName } from './names.ts';
import { type Random, seededRandom } from './random.ts';
import { inventPractice } from './sentences.ts';
import { type Spot, type Spots, spotsOf } from './where.ts';

/** Every column of the file, in its order. */
export const SEED_COLUMNS = [
	'member id',
	'title',
	'given names',
	'family name',
	'former names',
	'email',
	'phone',
	'gender',
	'died on',
	'memberships',
	'employer',
	'leave',
	'awards',
	'orders',
	'core body',
	'core number',
	'core checked on',
	'core standing',
	'publish',
	'published on',
	'consent',
	'consent given on',
	'about',
	'website',
	'public phone',
	'fees',
	'session minutes',
	'online',
	'in person',
	'enquiries open',
	'availability',
	'waiting weeks',
	'away until',
	'availability confirmed on',
	'listing confirmed on',
	'works with',
	'focal areas',
	'also works with',
	'languages',
	'funding',
	'concessions',
	'supervision',
	...[1, 2, 3, 4].flatMap((n) => ['practice', 'town', 'postcode', 'step free'].map((part) => `place ${n} ${part}`)),
] as const;

export type SeedRow = Record<string, string>;
export type PeopleOptions = { count: number /** The day that statuses are made for. */; asAt: string; seed: number; gazetteer: Gazetteer };

/**
 * Invents people, all of them fictional, as rows of an import file. The same options and gazetteer give the same people.
 * Every 400 hold every standing there is (`CASE_NAMES`); homes follow the population of the four nations.
 */
export function* makePeople({ count, asAt, seed, gazetteer }: PeopleOptions): Generator<SeedRow> {
	const random = seededRandom(seed);
	const spots = spotsOf(gazetteer);
	const ago = dayBefore(asAt);
	for (let index = 0; index < count; index += 1) yield person(index, random, spots, ago);
}

function person(index: number, random: Random, spots: Spots, ago: Ago): SeedRow {
	const spot = spots.pick(random);
	const name = inventName(random, spot.nation);
	const { columns, isListed } = caseAt(index, random, ago);
	const row: SeedRow = {
		'member id': `M${String(index + 1).padStart(6, '0')}`,
		title: random.chance(0.15) ? 'Dr' : '',
		'given names': name.givenNames,
		'family name': name.familyName,
		email: `${ascii(`${name.givenNames}.${name.familyName}`)}.${index + 1}@example.org`,
		phone: telephone(random),
		gender: name.gender,
		...columns,
		...coreProfession(random, ago),
	};
	if (columns['former names'])
		row['former names'] = columns['former names'].replace(
			'{former}',
			`${name.givenNames} / ${name.otherFamilyName === name.familyName ? 'Ashgrove' : name.otherFamilyName}`,
		);
	if (!columns['awards']) return row;
	const { places, isInPerson } = placeColumns(random, spots, spot);
	Object.assign(row, places);
	if (isListed && random.chance(0.9))
		Object.assign(row, listingColumns(random, ago, { spot, awards: columns['awards'], isInPerson, body: row['core body'] ?? '' }));
	return row;
}

const BODIES = ['HCPC', 'HCPC', 'NMC', 'NMC', 'BABCP', 'BACP', 'UKCP', 'GMC', 'SWE', 'BPS', 'COSCA', 'NCPS', 'ACP'];

function coreProfession(random: Random, ago: Ago): SeedRow {
	const body = random.pick(BODIES);
	const standing = random.chance(0.03) ? 'could not check' : 'registered';
	return {
		'core body': body,
		'core number': `${body.slice(0, 2)}${random.whole(100_000, 999_999)}`,
		'core checked on': ago(random.whole(3, 360)),
		'core standing': standing,
	};
}

function placeColumns(random: Random, spots: Spots, first: Spot): { places: SeedRow; isInPerson: boolean } {
	const isInPerson = random.chance(0.88);
	const count = isInPerson ? (random.chance(0.82) ? 1 : random.chance(0.75) ? 2 : random.whole(3, 4)) : 1;
	const places: SeedRow = {};
	let spot = first;
	for (let n = 1; n <= count; n += 1) {
		Object.assign(places, {
			[`place ${n} practice`]: isInPerson && random.chance(0.5) ? inventPractice(random) : '',
			[`place ${n} town`]: spot.town,
			[`place ${n} postcode`]: spot.district,
			[`place ${n} step free`]: random.chance(0.45) ? 'yes' : 'no',
		});
		spot = spots.near(random, spot);
	}
	return { places, isInPerson };
}

/** Numbers that Ofcom keeps free for drama: nobody answers. */
export function telephone(random: Random): string {
	const last = String(random.whole(0, 999)).padStart(3, '0');
	return random.chance(0.5) ? `020 7946 0${last}` : `07700 900${last}`;
}

function ascii(text: string): string {
	return text
		.toLowerCase()
		.replace(/ł/g, 'l')
		.normalize('NFKD')
		.replace(/[^a-z.-]+/g, '');
}

function dayBefore(asAt: string): Ago {
	const start = Date.parse(`${asAt}T00:00:00Z`);
	return (days) => new Date(start - days * 86_400_000).toISOString().slice(0, 10);
}
