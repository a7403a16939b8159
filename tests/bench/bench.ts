import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineClock } from '#core/clock.ts';
import { londonDay } from '#core/dates.ts';
import { readSettings } from '#settings';
import { measureAssessing } from './assessing.ts';
import { measureCpd } from './cpd.ts';
import { measureFirstVisit } from './first-visit.ts';
import { measureHttp } from './http.ts';
import type { InProcessOrder, InProcessResult } from './in-process.ts';
import { ask } from './programs.ts';
import { REGISTER_NOW, readyRegister } from './registers.ts';
import { measureRenewal } from './renewal.ts';
import { foundAddresses } from './searches.ts';
import { measureSignIn } from './sign-in.ts';
import { measureStart } from './start-time.ts';
import { median } from './statistics.ts';
import { type Sizes, tableOf } from './table.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const SIZES: Sizes = values.quick ? { small: 2000, middle: 10_000, large: 100_000 } : { small: 10_000, middle: 100_000, large: 1_000_000 };
const ROUNDS = values.quick ? 3 : 5;
const SEARCHES = 4000;

const startedAt = performance.now();
const { dataDir, buildDir } = readSettings(process.env);
const folder = join(dataDir, 'bench');
mkdirSync(folder, { recursive: true });
const folders = {
	small: await readyRegister(folder, SIZES.small),
	middle: await readyRegister(folder, SIZES.middle),
	large: await readyRegister(folder, SIZES.large),
};
const addresses = foundAddresses(folders.middle, REGISTER_NOW, SEARCHES);
const place = { buildDir, now: REGISTER_NOW, address: addresses[0] ?? '' };

const database = await measureDatabase();
const http = await measureHttp({ dataDir: folders.middle, buildDir, now: REGISTER_NOW, addresses, rounds: ROUNDS, say });
say('starting the server several times');
const startMs = await measureStart({ ...place, dataDir: folders.large, times: ROUNDS });
say('a first visit in a browser');
const visit = await measureFirstVisit({ ...place, dataDir: folders.middle });
say('my page and the CPD log');
const cpd = await measureCpd({ folder, buildDir });
const signIn = await measureSignIn({ ...place, dataDir: folders.middle, addresses, rounds: ROUNDS, say });
say('renewal night, killed ten times');
const renewal = await measureRenewal(folder, values.quick ? 2000 : 20_000);
say('applications for accreditation');
const assessing = await measureAssessing({ folder, buildDir, applications: values.quick ? 2000 : 20_000 });
const members = { cpd, signIn, renewal };
const table = tableOf({ day: londonDay(machineClock.now()), sizes: SIZES, ...database, http, startMs, visit, members, assessing });
writeFileSync(join(folder, 'result.md'), table);
process.stdout.write(`\n${table}`);

/** In turns, each in a process of its own; of every figure the median. */
async function measureDatabase(): Promise<{ small: InProcessResult; large: InProcessResult }> {
	const all = { small: [] as InProcessResult[], large: [] as InProcessResult[] };
	for (let round = 1; round <= 3; round += 1) {
		for (const size of ['small', 'large'] as const) {
			say(`searches in the database of ${SIZES[size].toLocaleString('en-GB')}: round ${round} of 3`);
			all[size].push(await ask<InProcessResult>('in-process.ts', { dataDir: folders[size], now: REGISTER_NOW, searches: SEARCHES } satisfies InProcessOrder));
		}
	}
	return { small: medians(all.small), large: medians(all.large) };
}

function medians(all: InProcessResult[]): InProcessResult {
	const of = (what: keyof InProcessResult) => ({ p50: median(all.map((one) => one[what].p50)), p99: median(all.map((one) => one[what].p99)) });
	return { search: of('search'), searchAndFacets: of('searchAndFacets'), byNumber: of('byNumber'), entry: of('entry'), byName: of('byName') };
}

function say(step: string): void {
	process.stderr.write(`${Math.round((performance.now() - startedAt) / 1000)} s: ${step}\n`);
}
