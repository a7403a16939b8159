import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS } from '#server/limits.ts';
import { type RunningServer, startServer } from '../helpers/server.ts';
import { environmentOf, type Place } from './environment.ts';
import { type Encoding, keepPages, rawPage } from './kept-pages.ts';
import { type Program, runLoad, startReference } from './programs.ts';
import { mean, median } from './statistics.ts';

export type HttpOrder = Place & { addresses: string[]; rounds: number; say: (step: string) => void };
/** Requests a second, medians; `ratio` is the median of the ratios of each round. Sizes in bytes. */
export type Duel = { ours: number; theirs: number; ratio: number; oursP50: number; oursP99: number; oursSize: number; theirsSize: number };
export type HttpResult = { uncached: Duel; shared: Duel; sharedBrotli: Duel; rssMb: number; peakMb: number };

const CONNECTIONS = 32;
const HOT = 50;
const HOT_REQUESTS = 40_000;

type Side = { port: number; addresses: string[]; requests: number; encoding: Encoding };

/** Our server against the two reference servers, turn and turn about, everything in programs of its own. */
export async function measureHttp(order: HttpOrder): Promise<HttpResult> {
	const { dataDir, say } = order;
	const ours = await startServer({ dataDir, env: environmentOf(order) });
	const references: Program[] = [];
	try {
		say('starting the reference servers');
		const { hand, bytes, brotli } = await startAll(Number(new URL(ours.origin).port), order);
		references.push(hand.program, bytes.program, brotli.program);
		const uncached = await duel(order, 'uncached', hand.ours, hand.theirs);
		const shared = await duel(order, 'shared', bytes.ours, bytes.theirs);
		const sharedBrotli = await duel(order, 'shared, brotli', brotli.ours, brotli.theirs);
		requireMisses(order, uncached);
		return { uncached, shared, sharedBrotli, ...memoryOf(ours) };
	} finally {
		await Promise.all([ours.stop(), ...references.map((program) => program.stop())]);
	}
}

async function startAll(port: number, { dataDir, now, addresses }: HttpOrder) {
	const hot = addresses.filter((address) => !address.includes('page=')).slice(0, HOT);
	const sample = join(dataDir, 'page.html');
	writeFileSync(sample, await rawPage(port, hot[0] ?? '', 'identity'));
	const program = await startReference('hand.ts', [dataDir, String(now), sample]);
	const all = { addresses, requests: addresses.length, encoding: 'identity' as const };
	const kept = async (encoding: Encoding) => {
		const file = join(dataDir, `pages-${encoding}.json`);
		await keepPages(port, hot, encoding, file);
		const reference = await startReference('bytes.ts', [file]);
		const side = { addresses: hot, requests: HOT_REQUESTS, encoding };
		return { program: reference, ours: { ...side, port }, theirs: { ...side, port: reference.port } };
	};
	return { hand: { program, ours: { ...all, port }, theirs: { ...all, port: program.port } }, bytes: await kept('identity'), brotli: await kept('br') };
}

/** Once each to warm up, then in turns. */
async function duel(order: HttpOrder, name: string, ours: Side, theirs: Side): Promise<Duel> {
	const [mine, other] = [[], []] as Awaited<ReturnType<typeof runLoad>>[][];
	for (let round = 0; round <= order.rounds; round += 1) {
		order.say(`${name}: ${round === 0 ? 'warming up' : `round ${round} of ${order.rounds}`}`);
		const [b, a] = [await run(theirs, round), await run(ours, round)];
		if (round === 0) continue;
		mine?.push(a);
		other?.push(b);
	}
	const ratios = mine?.map((a, i) => a.perSecond / (other?.[i]?.perSecond ?? Number.NaN)) ?? [];
	const of = (all: typeof mine, what: 'perSecond' | 'p50' | 'p99') => median(all?.map((one) => one[what]) ?? []);
	return {
		ours: of(mine, 'perSecond'),
		theirs: of(other, 'perSecond'),
		ratio: median(ratios),
		oursP50: of(mine, 'p50'),
		oursP99: of(mine, 'p99'),
		oursSize: mean(mine?.map((one) => one.bytes / ours.requests) ?? []),
		theirsSize: mean(other?.map((one) => one.bytes / theirs.requests) ?? []),
	};
}

function run({ port, addresses, requests, encoding }: Side, round: number): ReturnType<typeof runLoad> {
	// Warming up with few connections: a cold server under a crowd rightly turns people away.
	return runLoad({ port, addresses, requests, connections: round === 0 ? 4 : CONNECTIONS, acceptEncoding: encoding });
}

/** The addresses are asked for in a circle, least recently used pages go first: when they cannot all be kept, none is ever found. */
function requireMisses({ addresses }: HttpOrder, { oursSize }: Duel): void {
	if (oursSize * addresses.length < LIMITS.pageCacheBytes * 1.1) throw new Error('The page cache could hold all pages of the uncached run: use more searches.');
}

function memoryOf({ pid }: RunningServer): { rssMb: number; peakMb: number } {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const megabytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
	return { rssMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') };
}
