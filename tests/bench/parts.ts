import { applicationsPart, reportPart } from './assessing.ts';
import { concernsPart } from './concerns.ts';
import { measureCpd } from './cpd.ts';
import { measureFirstVisit } from './first-visit.ts';
import { measureHttp } from './http.ts';
import type { InProcessOrder, InProcessResult } from './in-process.ts';
import { cpdRows, renewalRow, signInRow } from './members-rows.ts';
import type { Bench, Part } from './part.ts';
import { ask } from './programs.ts';
import { REGISTER_NOW } from './registers.ts';
import { measureRenewal } from './renewal.ts';
import { measureSignIn } from './sign-in.ts';
import { databaseRows, httpRows, startRow, visitRows } from './site-rows.ts';
import { measureStart } from './start-time.ts';
import { median } from './statistics.ts';
import { upkeepPart } from './upkeep.ts';

const SEARCHES = 4000;
const DATABASE_ROUNDS = 3;

/** Everything that is measured, in the order of the README's table. */
export const PARTS: readonly Part[] = [
	{
		name: 'pages',
		says: 'pages of results under load, against the reference servers',
		run: async (bench) => {
			const order = { ...(await bench.place('middle')), addresses: await bench.searches(), rounds: bench.rounds, say: bench.say };
			return httpRows(await measureHttp(order), bench.sizes);
		},
	},
	{ name: 'searches', says: 'searches in the database', run: async (bench) => databaseRows(await measureDatabase(bench), bench.sizes) },
	{
		name: 'start',
		says: 'starting the server several times',
		run: async (bench) => [startRow(await measureStart({ ...(await bench.place('large')), times: bench.rounds }), bench.sizes)],
	},
	{ name: 'visit', says: 'a first visit in a browser', run: async (bench) => visitRows(await measureFirstVisit(await bench.place('middle'))) },
	{ name: 'members', says: 'my page and the CPD log', run: async ({ folder, buildDir }) => cpdRows(await measureCpd({ folder, buildDir })) },
	{
		name: 'sign-in',
		says: 'searches while people sign in',
		run: async (bench) => {
			const order = { ...(await bench.place('middle')), addresses: await bench.searches(), rounds: bench.rounds, say: bench.say };
			return [signInRow(await measureSignIn(order))];
		},
	},
	{
		name: 'renewal-night',
		says: 'renewal night, killed ten times',
		run: async ({ folder, isQuick }) => [renewalRow(await measureRenewal(folder, isQuick ? 2000 : 20_000))],
	},
	applicationsPart,
	reportPart,
	upkeepPart,
	concernsPart,
];

/** In turns, each in a process of its own; of every figure the median. */
async function measureDatabase(bench: Bench): Promise<{ small: InProcessResult; large: InProcessResult }> {
	const all = { small: [] as InProcessResult[], large: [] as InProcessResult[] };
	for (let round = 1; round <= DATABASE_ROUNDS; round += 1) {
		for (const size of ['small', 'large'] as const) {
			bench.say(`searches in the database of ${bench.sizes[size].toLocaleString('en-GB')}: round ${round} of ${DATABASE_ROUNDS}`);
			const order: InProcessOrder = { dataDir: await bench.register(size), now: REGISTER_NOW, searches: SEARCHES };
			all[size].push(await ask<InProcessResult>('in-process.ts', order));
		}
	}
	return { small: medians(all.small), large: medians(all.large) };
}

function medians(all: InProcessResult[]): InProcessResult {
	const of = (what: keyof InProcessResult) => ({ p50: median(all.map((one) => one[what].p50)), p99: median(all.map((one) => one[what].p99)) });
	return { search: of('search'), searchAndFacets: of('searchAndFacets'), byNumber: of('byNumber'), entry: of('entry'), byName: of('byName') };
}
