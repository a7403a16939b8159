import { join } from 'node:path';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { checkApplications, queueCounts, queueFilterFrom, queueOf, queueQuery } from '#features/accreditation/index.ts';
import { readSettings } from '#settings';
import { become } from '../helpers/person.ts';
import { startServer } from '../helpers/server.ts';
import { type AssessingPeople, readyAssessingRegister } from './assessing-register.ts';
import { REGISTER_NOW } from './registers.ts';
import { median, quantile, randomFrom } from './statistics.ts';
import type { Row } from './table.ts';

/** Milliseconds; `checkSeconds` of one check of all applications, `differences` of it. `data`: the queue's own queries, `http`: whole pages. */
export type AssessingResult = {
	applications: number;
	steps: number;
	data: { p50: number; p99: number };
	http: { p50: number; p99: number };
	longMs: number;
	checkSeconds: number;
	differences: number;
};

const TIMES = 1500;
const VISITS = 600;

/** The work queue with every filter and some way down its pages, an application with 500 steps, and the nightly check of all. */
export async function measureAssessing({
	folder,
	buildDir,
	applications,
}: {
	folder: string;
	buildDir: string;
	applications: number;
}): Promise<AssessingResult> {
	const { dataDir, people } = readyAssessingRegister(folder, applications);
	const settings = readSettings({ DATA_DIR: dataDir });
	const db = openDatabase(join(dataDir, 'register.db'), { readonly: true });
	const actor = { kind: 'person', personId: people.officer, accountId: '', roles: ['membership_officer'], level: 2, provedAt: 0 } as const;
	const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, actor, REGISTER_NOW);
	const addresses = addressesIn(ctx, people);
	const data = addresses.map((query) => timed(() => [queueOf(ctx, queueFilterFrom(new URLSearchParams(query), 'team')), queueCounts(ctx)]));
	const startedAt = performance.now();
	const { differences } = checkApplications(ctx);
	const checkSeconds = (performance.now() - startedAt) / 1000;
	db.sql.close();
	const http = await overHttp(dataDir, buildDir, people, addresses);
	return { applications: people.applications, steps: people.steps, data: figures(data), ...http, checkSeconds, differences: differences.length };
}

/** Addresses as officers come by them: each filter, some together, and the pages after. */
function addressesIn(ctx: Ctx, { assessors, routes }: AssessingPeople): string[] {
	const random = randomFrom(5);
	const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
	const filters = [
		() => 'view=all',
		() => 'view=team',
		() => 'view=all&overdue=1',
		() => `view=all&route=${pick(routes)}`,
		() => `view=all&phase=${pick(['checks', 'assessment', 'waiting_on_applicant', 'withdrawn'])}`,
		() => `view=all&turn=${pick(['office', 'assessors', 'applicant'])}`,
		() => `view=all&assessor=${pick(assessors)}`,
		() => `view=all&route=${pick(routes)}&turn=assessors&overdue=1`,
	];
	return Array.from({ length: TIMES }, () => {
		const query = pick(filters)();
		const { next } = queueOf(ctx, queueFilterFrom(new URLSearchParams(query), 'team'));
		if (random() < 0.7 || next === null) return query;
		const filter = { ...queueFilterFrom(new URLSearchParams(query), 'team'), after: next };
		return new URLSearchParams(Object.entries(queueQuery(filter)).filter((pair): pair is [string, string] => Boolean(pair[1]))).toString();
	});
}

async function overHttp(dataDir: string, buildDir: string, people: AssessingPeople, addresses: string[]): Promise<Pick<AssessingResult, 'http' | 'longMs'>> {
	const env = { DEMO: '1', DEMO_NOW: new Date(REGISTER_NOW).toISOString(), JOBS: 'outside', BUILD_DIR: buildDir, LOG_LEVEL: 'silent' };
	const server = await startServer({ dataDir, env });
	try {
		const officer = await become(server, people.officer);
		const visit = async (path: string) => {
			const startedAt = performance.now();
			const answer = await officer.get(path);
			await answer.text();
			if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
			return performance.now() - startedAt;
		};
		const visits = async (paths: string[]) => {
			const seen: number[] = [];
			for (const path of paths) seen.push(await visit(path));
			return seen;
		};
		const queue = addresses.map((query) => `/office/applications?${query}`);
		await visits(queue.slice(0, 100));
		const http = figures(await visits(queue.slice(100, 100 + VISITS)));
		const long = Array.from({ length: 60 }, () => `/office/applications/${people.long}`);
		return { http, longMs: median((await visits(long)).slice(10)) };
	} finally {
		await server.stop();
	}
}

/** The rows of the README's table. */
export function assessingRows({ applications, steps, data, http, longMs, checkSeconds, differences }: AssessingResult): Row[] {
	const of = `${applications.toLocaleString('en-GB')} applications, ${steps.toLocaleString('en-GB')} steps`;
	return [
		{
			what: `Work queue of applications, whole page over HTTP, ${of}: p99 (p50)`,
			goal: '< 30 ms',
			measured: `${http.p99.toFixed(1)} ms (${http.p50.toFixed(1)} ms)`,
			isMet: http.p99 < 30,
		},
		{ what: 'The same, in the database: p99 (p50)', goal: '', measured: `${data.p99.toFixed(1)} ms (${data.p50.toFixed(1)} ms)`, isMet: null },
		{ what: 'An application with 500 steps, whole page over HTTP, p50', goal: '< 50 ms', measured: `${longMs.toFixed(1)} ms`, isMet: longMs < 50 },
		{
			what: 'Nightly check of all of them against their steps',
			goal: '< 60 s, no difference',
			measured: `${checkSeconds.toFixed(1)} s, ${differences} differences`,
			isMet: checkSeconds < 60 && differences === 0,
		},
	];
}

function figures(all: number[]): { p50: number; p99: number } {
	return { p50: quantile(all, 0.5), p99: quantile(all, 0.99) };
}

function timed(work: () => unknown): number {
	const startedAt = performance.now();
	work();
	return performance.now() - startedAt;
}

if (import.meta.main) {
	const { dataDir, buildDir } = readSettings(process.env);
	const result = await measureAssessing({ folder: join(dataDir, 'bench'), buildDir, applications: 20_000 });
	process.stdout.write(`${JSON.stringify(result, null, '\t')}\n`);
}
