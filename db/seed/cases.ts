import type { Random } from './random.ts';
import { EMPLOYERS } from './sentences.ts';

/** A day some days before (or after, when negative) the day that the register is made for. */
export type Ago = (days: number) => string;
/** The columns of a row that make someone's status. */
export type Case = { name: string; columns: Record<string, string>; isListed: boolean };
type Make = (random: Random, ago: Ago) => Omit<Case, 'name'>;

const YEAR = 365;

/** Every standing that the register can show; how many of each in 400. The rest are accredited in the ordinary ways. */
const SPECIAL: readonly [name: string, count: number, make: Make][] = [
	['in grace after the membership ran out', 3, (r, ago) => held(r, ago, { membership: `plus ${ago(3 * YEAR)} to ${ago(12)}` })],
	['in grace after the award ran out', 2, (r, ago) => held(r, ago, { awards: `practitioner adult ${ago(5 * YEAR)} to ${ago(14)}` })],
	['conditions', 4, (r, ago) => ordered(r, ago, `conditions ${ago(200)} to ${ago(-165)} review ${ago(-130)}: ${r.pick(CONDITIONS)}`)],
	[
		'suspended',
		2,
		(r, ago) =>
			ordered(
				r,
				ago,
				`suspension ${ago(60)} to ${ago(-120)} review ${ago(-90)}: Suspended by a panel after a hearing. A review is due before the suspension ends.`,
			),
	],
	[
		'interim suspension',
		2,
		(r, ago) => ordered(r, ago, `interim suspension ${ago(40)} review ${ago(-50)}: A temporary measure while facts are established. It is not a finding.`),
	],
	[
		'interim conditions',
		2,
		(r, ago) =>
			ordered(
				r,
				ago,
				`interim conditions ${ago(70)} review ${ago(-20)}: Works only under weekly supervision for now. This is a temporary measure and not a finding.`,
			),
	],
	[
		'warning',
		3,
		(r, ago) =>
			ordered(r, ago, `warning ${ago(300)} to ${ago(-800)}: Kept records that were not complete enough. Warned to keep full and timely records.`, true),
	],
	[
		'undertakings',
		2,
		(r, ago) =>
			ordered(
				r,
				ago,
				`undertakings ${ago(150)} to ${ago(-215)}: Agreed to see no more than eight clients a week and to report to a supervisor each month.`,
				true,
			),
	],
	['removed', 3, (r, ago) => removed(r, ago, 'removal', r.whole(100, 1400))],
	['removed long ago', 2, (r, ago) => removed(r, ago, 'removal', r.whole(6 * YEAR, 8 * YEAR))],
	['voluntary removal', 2, (r, ago) => removed(r, ago, 'voluntary removal', r.whole(100, 1000))],
	['lapsed', 4, (_, ago) => gone(ago, `plus ${ago(4 * YEAR)} to ${ago(130)} ended ${ago(100)} lapsed`, 4 * YEAR)],
	['lapsed long ago', 3, (_, ago) => gone(ago, `basic ${ago(9 * YEAR)} to ${ago(4 * YEAR)} ended ${ago(4 * YEAR - 30)} lapsed`, 9 * YEAR)],
	['resigned', 3, (r, ago) => gone(ago, `plus ${ago(6 * YEAR)} to ${ago(-60)} ended ${ago(r.whole(30, 900))} resigned`, 6 * YEAR)],
	['retired', 3, (r, ago) => gone(ago, `plus ${ago(12 * YEAR)} to ${ago(-60)} ended ${ago(r.whole(30, 900))} retired`, 12 * YEAR)],
	[
		'died',
		2,
		(_, ago) => ({
			...gone(ago, `plus ${ago(10 * YEAR)} to ${ago(-90)} ended ${ago(250)} died`, 10 * YEAR),
			columns: { ...gone(ago, `plus ${ago(10 * YEAR)} to ${ago(-90)} ended ${ago(250)} died`, 10 * YEAR).columns, 'died on': ago(250) },
		}),
	],
	[
		'on leave',
		4,
		(r, ago) => ({ ...held(r, ago, {}), columns: { ...held(r, ago, {}).columns, leave: `${ago(r.whole(30, 200))} to ${ago(-r.whole(60, 400))}` } }),
	],
	[
		'registered through an organisation',
		8,
		(r, ago) => ({
			isListed: false,
			columns: {
				memberships: `organisation ${ago(2 * YEAR)} to ${ago(-200)}`,
				employer: r.pick(EMPLOYERS),
				awards: `organisation counselling ${ago(2 * YEAR)} to ${ago(-200)}`,
			},
		}),
	],
	['trainee, not on the register', 12, (r, ago) => ({ isListed: false, columns: { memberships: `trainee ${ago(r.whole(60, 600))} to ${ago(-120)}` } })],
	[
		'former name shown',
		3,
		(r, ago) => ({ ...held(r, ago, {}), columns: { ...held(r, ago, {}).columns, 'former names': `{former} until ${ago(r.whole(300, 3000))} shown` } }),
	],
	[
		'former name kept back',
		2,
		(r, ago) => ({ ...held(r, ago, {}), columns: { ...held(r, ago, {}).columns, 'former names': `{former} until ${ago(r.whole(300, 3000))}` } }),
	],
	[
		'supervisor award withdrawn',
		2,
		(r, ago) => ({
			...held(r, ago, {}),
			columns: {
				...held(r, ago, {}).columns,
				awards: `practitioner adult ${ago(7 * YEAR)} to ${ago(-400)}; supervisor adult ${ago(3 * YEAR)} to ${ago(-400)}`,
				orders: `award withdrawn (supervisor adult) ${ago(90)} to ${ago(-640)}: No longer accredited as a supervisor. Accreditation as a practitioner is not touched.`,
			},
		}),
	],
	[
		'sanction met',
		3,
		(r, ago) => ordered(r, ago, `conditions ${ago(500)} to ${ago(60)} met ${ago(75)}: Completed further training in keeping boundaries.`, true),
	],
	[
		'sanction met and no longer shown',
		1,
		(r, ago) => ordered(r, ago, `conditions ${ago(1500)} to ${ago(1100)} met ${ago(1120)}: Completed further training.`, true),
	],
	[
		'sanction not met',
		2,
		(_, ago) => ({
			...gone(ago, `plus ${ago(6 * YEAR)} to ${ago(420)} ended ${ago(400)} lapsed`, 6 * YEAR),
			columns: {
				...gone(ago, `plus ${ago(6 * YEAR)} to ${ago(420)} ended ${ago(400)} lapsed`, 6 * YEAR).columns,
				orders: `conditions ${ago(700)} to ${ago(420)} not met ${ago(400)}: Did not complete the supervision that the panel asked for.`,
			},
		}),
	],
	['interim order revoked', 1, (r, ago) => ordered(r, ago, `interim suspension ${ago(400)} revoked ${ago(310)}: A temporary measure, which has ended.`, true)],
	[
		'came back after a lapse',
		2,
		(r, ago) =>
			held(r, ago, {
				membership: `basic ${ago(8 * YEAR)} to ${ago(5 * YEAR)} ended ${ago(5 * YEAR - 30)} lapsed; plus ${ago(2 * YEAR)} to ${ago(-150)}`,
				awards: `practitioner adult ${ago(8 * YEAR)} to ${ago(5 * YEAR)}, ${ago(2 * YEAR)} to ${ago(-3 * YEAR)}`,
			}),
	],
	[
		'gave up an award',
		2,
		(r, ago) =>
			held(r, ago, {
				awards: `practitioner adult ${ago(6 * YEAR)} to ${ago(-300)}; trainer adult ${ago(5 * YEAR)} to ${ago(-300)} ended ${ago(200)} given up`,
			}),
	],
	[
		'several conditions at once',
		1,
		(r, ago) =>
			ordered(r, ago, `conditions ${ago(120)} to ${ago(-245)}: ${CONDITIONS[0]}\nwarning ${ago(120)} to ${ago(-600)}: Warned to answer complaints in time.`),
	],
];

const CONDITIONS = [
	'Works under weekly supervision and sends a supervisor’s report every three months.',
	'Sees adults only. Does not supervise others until the panel has reviewed this condition.',
	'Completes a course on confidentiality within six months and keeps records that an auditor may see.',
];

const CYCLE = 400;
const SLOTS: string[] = SPECIAL.flatMap(([name, count]) => Array.from({ length: count }, () => name));
const BY_NAME = new Map(SPECIAL.map(([name, , make]) => [name, make]));
/** Has no factor in common with 400: special cases are strewn over the whole file. */
const STRIDE = 149;

/** The names of all special cases. */
export const CASE_NAMES: readonly string[] = [...BY_NAME.keys()];

/** The case of the person at an index; every 400 people hold all of them. */
export function caseAt(index: number, random: Random, ago: Ago): Case {
	const name = SLOTS[(index * STRIDE) % CYCLE] ?? 'accredited';
	return { name, ...(BY_NAME.get(name) ?? ((r, a) => held(r, a, {})))(random, ago) };
}

function held(random: Random, ago: Ago, own: { membership?: string; awards?: string }): Omit<Case, 'name'> {
	const since = random.whole(60, 4200);
	const joined = ago(Math.max(since, 8 * YEAR) + random.whole(100, 700));
	const memberships =
		own.membership ?? `${random.chance(0.7) ? 'plus' : 'basic'} ${own.awards ? joined : ago(since + random.whole(100, 700))} to ${ago(-random.whole(20, 364))}`;
	return { isListed: true, columns: { memberships, awards: own.awards ?? ordinaryAwards(random, ago, Math.min(since, own.membership ? 3 * YEAR : since)) } };
}

function ordinaryAwards(random: Random, ago: Ago, since: number): string {
	const to = ago(-random.whole(60, 4 * YEAR));
	const terms = (from: number) => (from > 5 * YEAR ? `${ago(from)} to ${ago(from - 5 * YEAR)}, ${ago(from - 5 * YEAR)} to ${to}` : `${ago(from)} to ${to}`);
	const awards = [`practitioner adult ${terms(since)}`];
	if (random.chance(0.16)) awards.push(`practitioner adolescent ${terms(Math.round(since * 0.8))}`);
	if (random.chance(0.08)) awards.push(`practitioner bipolar ${terms(Math.round(since * 0.6))}`);
	if (random.chance(0.1)) awards.push(`practitioner perinatal ${terms(Math.round(since * 0.7))}`);
	if (random.chance(0.05)) awards.push(`practitioner eating ${terms(Math.round(since * 0.6))}`);
	if (random.chance(0.05)) awards.push(`practitioner group ${terms(Math.round(since * 0.5))}`);
	if (since > 900 && random.chance(0.2)) awards.push(`supervisor adult ${terms(since - 800)}`);
	if (since > 2000 && random.chance(0.12)) awards.push(`supervisor adolescent ${terms(since - 1600)}`);
	if (since > 1600 && random.chance(0.09)) awards.push(`trainer adult ${terms(since - 1500)}`);
	return awards.join('; ');
}

function ordered(random: Random, ago: Ago, orders: string, isListed = false): Omit<Case, 'name'> {
	const base = held(random, ago, { awards: `practitioner adult ${ago(4 * YEAR)} to ${ago(-YEAR)}`, membership: `plus ${ago(5 * YEAR)} to ${ago(-180)}` });
	return { isListed: isListed || random.chance(0.5), columns: { ...base.columns, orders } };
}

function removed(_: Random, ago: Ago, kind: string, days: number): Omit<Case, 'name'> {
	return {
		isListed: false,
		columns: {
			memberships: `plus ${ago(days + 4 * YEAR)} to ${ago(days - 100)} ended ${ago(days)} removed`,
			awards: `practitioner adult ${ago(days + 4 * YEAR)} to ${ago(days - YEAR)}`,
			orders: `${kind} ${ago(days)}: ${kind === 'removal' ? 'Removed from the register after a hearing.' : 'Left the register by agreement after a hearing.'}`,
		},
	};
}

function gone(ago: Ago, memberships: string, since: number): Omit<Case, 'name'> {
	return { isListed: false, columns: { memberships, awards: `practitioner adult ${ago(since)} to ${ago(-100)}` } };
}
