import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { cpdStandingOf, draftsOf, groupsOf, logOf, standingSummary, standingView } from '#features/cpd/index.ts';
import { readSettings } from '#settings';
import { become } from '../helpers/person.ts';
import { startServer } from '../helpers/server.ts';
import { readyCpdRegister } from './cpd-register.ts';
import { REGISTER_NOW } from './registers.ts';
import { median, quantile } from './statistics.ts';

/** Milliseconds. `of2000` against `of20`: a member with that many entries, the median; `crowded`: 2,000 in one year. */
export type CpdFigures = { p50: number; p99: number; of20: number; of2000: number; crowded: number; ratio: number };
/** `data`: what the pages ask of the database and the rules, in this process. `http`: whole pages, one request after the other. */
export type CpdResult = {
	data: { log: CpdFigures; standing: CpdFigures; summary: CpdFigures };
	http: { my: CpdFigures; log: CpdFigures; standing: CpdFigures };
};
export type CpdOrder = { folder: string; buildDir: string };

const TIMES = 300;
const VISITS = 400;

/** Reads the log and the standing of 2,000 of 20,000 members, and of one with 2,000 entries against one with 20. */
export async function measureCpd({ folder, buildDir }: CpdOrder): Promise<CpdResult> {
	const { dataDir, people } = readyCpdRegister(folder);
	const settings = readSettings({ DATA_DIR: dataDir });
	const db = openDatabase(join(dataDir, 'register.db'), { readonly: true });
	const base = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'public' }, REGISTER_NOW);
	const as = (personId: string): Ctx => ({ ...base, actor: { kind: 'person', personId, accountId: '', roles: ['member'], level: 1, provedAt: 0 } });
	const figures = (read: (ctx: Ctx, personId: string) => unknown): CpdFigures => {
		const time = (id: string) => timed(() => read(as(id), id));
		for (const id of people.all) time(id);
		const all = people.all.map(time);
		const of = (id: string) => median(Array.from({ length: TIMES }, () => time(id)));
		return together(all, { of20: of(people.light), of2000: of(people.heavy), crowded: of(people.crowded) });
	};
	const whole = { year: null, category: null, page: 1 };
	const data = {
		log: figures((ctx, id) => [logOf(ctx, id, whole), draftsOf(ctx, id), groupsOf(ctx, id), standingSummary(ctx, id)]),
		standing: figures((ctx, personId) => standingView(ctx, personId, null)),
		summary: figures(cpdStandingOf),
	};
	db.sql.close();
	return { data, http: await overHttp(dataDir, buildDir, people) };
}

type People = ReturnType<typeof readyCpdRegister>['people'];

async function overHttp(dataDir: string, buildDir: string, people: People): Promise<CpdResult['http']> {
	const env = { DEMO: '1', DEMO_NOW: new Date(REGISTER_NOW).toISOString(), JOBS: 'outside', BUILD_DIR: buildDir, LOG_LEVEL: 'silent' };
	const server = await startServer({ dataDir, env });
	try {
		return { my: await pages(server, people, '/my'), log: await pages(server, people, '/my/cpd'), standing: await pages(server, people, '/my/cpd/standing') };
	} finally {
		await server.stop();
	}
}

async function pages(server: { origin: string }, people: People, path: string): Promise<CpdFigures> {
	const visits = async (personId: string, times: number) => {
		const visitor = await become(server, personId);
		const seen: number[] = [];
		for (let i = 0; i < times; i += 1) {
			const startedAt = performance.now();
			const answer = await visitor.get(path);
			await answer.text();
			if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
			seen.push(performance.now() - startedAt);
		}
		return seen;
	};
	const warm = people.all.slice(0, 40);
	for (const id of warm) await visits(id, 10);
	const all: number[] = [];
	for (const id of people.all.slice(40, 40 + VISITS / 10)) all.push(...(await visits(id, 10)));
	const of = async (id: string) => median((await visits(id, VISITS / 4)).slice(10));
	return together(all, { of20: await of(people.light), of2000: await of(people.heavy), crowded: await of(people.crowded) });
}

function together(all: number[], { of20, of2000, crowded }: { of20: number; of2000: number; crowded: number }): CpdFigures {
	return { p50: quantile(all, 0.5), p99: quantile(all, 0.99), of20, of2000, crowded, ratio: of2000 / of20 };
}

function timed(work: () => unknown): number {
	const startedAt = performance.now();
	work();
	return performance.now() - startedAt;
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await measureCpd(JSON.parse(await text(process.stdin)) as CpdOrder), null, '\t')}\n`);
