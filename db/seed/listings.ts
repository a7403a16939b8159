import type { Ago } from './cases.ts';
import { telephone } from './people.ts';
import type { Random } from './random.ts';
import { inventAbout } from './sentences.ts';
import type { Spot } from './where.ts';

const LANGUAGES = ['Polish', 'Urdu', 'Punjabi', 'French', 'Spanish', 'Bengali', 'Hindi', 'Arabic', 'Portuguese', 'Chinese', 'BSL'];
const FOCI = ['loss', 'conflict', 'change', 'alone'];
const OPTIONAL_CONSENT = ['about', 'fees', 'availability', 'practice name', 'gender', 'phone', 'website'];

type About = { spot: Spot; awards: string; isInPerson: boolean; body: string };

/** The columns of a listing that fits the awards and the place. */
export function listingColumns(random: Random, ago: Ago, { spot, awards, isInPerson, body }: About): Record<string, string> {
	const foci = random.some(FOCI, 0.6, 1);
	const young = awards.includes('adolescent');
	const perinatal = awards.includes('perinatal') || random.chance(0.1);
	const who = [
		'adults',
		young ? 'young people' : '',
		perinatal ? 'perinatal' : '',
		random.chance(0.4) ? 'older adults' : '',
		awards.includes('group') || random.chance(0.06) ? 'couples or groups' : '',
	].filter(Boolean);
	const welsh = spot.nation === 'wales' && random.chance(0.35);
	const languages = [...(welsh ? ['Welsh'] : []), ...(random.chance(0.14) ? [random.pick(LANGUAGES)] : [])];
	const supervises = /supervisor|trainer/.test(awards);
	const fee = random.whole(8, 26) * 5;
	const publishedAgo = random.whole(20, 900);
	return {
		publish: 'yes',
		'published on': ago(publishedAgo),
		consent: ['listing', 'places', ...OPTIONAL_CONSENT.filter((field) => random.chance(field === 'phone' || field === 'website' ? 0.45 : 0.93))].join('; '),
		'consent given on': ago(publishedAgo + 2),
		about: inventAbout(random, { town: spot.town, foci, welsh, young, perinatal, supervises, body }),
		website: random.chance(0.4) ? `https://practice-${random.whole(1000, 9999)}.example.org/` : '',
		'public phone': random.chance(0.6) ? telephone(random) : '',
		fees: random.chance(0.3) && fee < 120 ? `£${fee} to £${fee + random.whole(1, 4) * 5}` : `£${fee}`,
		'session minutes': random.pick(['50', '50', '50', '55', '60']),
		online: isInPerson && random.chance(0.4) ? 'no' : 'yes',
		'in person': isInPerson ? 'yes' : 'no',
		'enquiries open': random.chance(0.95) ? 'yes' : 'no',
		...availability(random, ago),
		'listing confirmed on': ago(random.whole(1, 300)),
		'works with': who.join('; '),
		'focal areas': foci.join('; '),
		'also works with': [awards.includes('bipolar') ? 'bipolar' : '', awards.includes('eating') ? 'eating difficulties' : ''].filter(Boolean).join('; '),
		languages: languages.join('; '),
		funding: random.some(['self', 'insurer', 'employer', 'nhs'], 0.3, 1).join('; '),
		concessions: random.chance(0.35) ? 'yes' : 'no',
		supervision: supervises ? 'yes' : 'no',
	};
}

/** Most confirmed it lately; a sixth so long ago that it must fade. */
function availability(random: Random, ago: Ago): Record<string, string> {
	const chance = random.next();
	const confirmed = { 'availability confirmed on': ago(random.chance(0.16) ? random.whole(70, 240) : random.whole(0, 50)) };
	if (chance < 0.48) return { availability: 'taking', ...confirmed };
	if (chance < 0.73) return { availability: 'waiting', 'waiting weeks': String(random.whole(2, 26)), ...confirmed };
	if (chance < 0.88) return { availability: 'full', ...confirmed };
	if (chance < 0.93) return { availability: 'away', 'away until': ago(-random.whole(5, 90)), ...confirmed };
	return {};
}
