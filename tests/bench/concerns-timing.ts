import { newCaseKey } from '#features/complaints/key-make.ts';
import { become, type Visitor } from '../helpers/person.ts';
import { startServer } from '../helpers/server.ts';
import type { ConcernsPeople } from './concerns-register.ts';
import type { Bench, Row } from './part.ts';
import { REGISTER_NOW } from './registers.ts';
import { likelihoodOfSame, median } from './statistics.ts';

/** One answer of each kind, asked for in turn, in ms. */
type Pairs = { known: number[]; unknown: number[] };
const LEAST_P = 0.01;
const MOST_MS = 5;

/** What the time of a refusal tells: of a case that is there against one that is not, and of a case key that is there with a wrong passphrase. */
export async function timingRows(bench: Bench, dataDir: string, people: ConcernsPeople): Promise<Row[]> {
	bench.say('concerns: what the time of a refusal tells');
	const now = new Date(REGISTER_NOW).toISOString();
	const env = { DEMO: '1', DEMO_NOW: now, JOBS: 'outside', BUILD_DIR: bench.buildDir, LOG_LEVEL: 'silent', TRUSTED_PROXIES: '127.0.0.1,::1' };
	const server = await startServer({ dataDir, env });
	const count = bench.isQuick ? 200 : 1500;
	try {
		const [stranger, tied] = [await become(server, people.stranger), await become(server, people.tied)];
		const refusals = (who: Visitor, references: readonly string[]) =>
			pairs(count, (n) => ({
				known: () => refused(who, references[n % references.length] ?? ''),
				unknown: () => refused(who, `CON-2025-${String(1000 + (n % 9000)).padStart(4, '0')}`),
			}));
		return [
			rowOf('Opening a case one was not let into, against one that is not there', await refusals(stranger, people.open)),
			rowOf('The same for somebody of the therapist’s own circle', await refusals(tied, people.tiedTo)),
			rowOf('A wrong passphrase with a case key that is there, against one that is not', await triedKeys(server.origin, people, bench.isQuick ? 60 : 300)),
		];
	} finally {
		await server.stop();
	}
}

async function pairs(count: number, ask: (n: number) => { known(): Promise<unknown>; unknown(): Promise<unknown> }): Promise<Pairs> {
	const seen: Pairs = { known: [], unknown: [] };
	for (let n = -20; n < count; n += 1) {
		const one = ask(Math.abs(n));
		// Which comes first changes, or the second would gain by what the first has just read.
		for (const kind of n % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)) {
			const startedAt = performance.now();
			await one[kind]();
			if (n >= 0) seen[kind].push(performance.now() - startedAt);
		}
	}
	return seen;
}

async function refused(who: Visitor, reference: string): Promise<void> {
	const answer = await who.get(`/office/concerns/${reference}`);
	await answer.text();
	if (answer.status !== 404) throw new Error(`A case that nobody may know of answered ${answer.status}.`);
}

/** Each try from an address of its own, on a case key of its own: nobody is told to wait. */
function triedKeys(origin: string, { caseKeys }: ConcernsPeople, count: number): Promise<Pairs> {
	let tried = 0;
	const tryKey = async (caseKey: string) => {
		tried += 1;
		const headers = { origin, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': `10.0.${tried >> 8}.${tried & 255}`, connection: 'close' };
		const body = new URLSearchParams({ caseKey, passphrase: 'not the one at all' });
		const answer = await fetch(`${origin}/concerns/open`, { method: 'POST', body, headers, redirect: 'manual' });
		await answer.text();
		if (answer.status !== 422) throw new Error(`A wrong passphrase answered ${answer.status}.`);
	};
	return pairs(count, (n) => ({ known: () => tryKey(caseKeys[n % caseKeys.length] ?? ''), unknown: () => tryKey(newCaseKey()) }));
}

function rowOf(what: string, { known, unknown }: Pairs): Row {
	const p = likelihoodOfSame(known, unknown);
	const between = median(known) - median(unknown);
	const measured = `p = ${p.toFixed(3)}, ${between.toFixed(2)} ms between medians of ${median(unknown).toFixed(1)} ms (${known.length} pairs)`;
	return { what, goal: `p > ${LEAST_P}, < ${MOST_MS} ms`, measured, isMet: p > LEAST_P && Math.abs(between) < MOST_MS };
}
