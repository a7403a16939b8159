import { join } from 'node:path';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { applicationsReport, askedRange, checkApplications, queueCounts, queueFilterFrom, queueOf, queueQuery } from '#features/accreditation/index.ts';
import { readSettings } from '#settings';
import { type AssessingPeople, readyAssessingRegister } from './assessing-register.ts';
import type { Bench, Part, Row } from './part.ts';
import { REGISTER_NOW } from './registers.ts';
import { median, randomFrom } from './statistics.ts';
import { saySpread, spreadOf, timed, visitingAs } from './visits.ts';

const TIMES = 1500;
const WARM = 300;
const VISITS = 800;

/** The work queue with every filter and some way down its pages, an application with 500 steps, and the nightly check of all. */
export const applicationsPart: Part = {
	name: 'applications',
	says: 'the work queue of applications, an application with 500 steps, the nightly check',
	async run(bench) {
		const { dataDir, people, of } = registerOf(bench);
		bench.say('applications: in the database');
		const { addresses, data, checked } = withDatabase(dataDir, people, (ctx) => {
			const queries = addressesIn(ctx, people);
			return { addresses: queries, data: queries.map((query) => timed(() => readQueue(ctx, query))), checked: check(ctx) };
		});
		bench.say('applications: over HTTP');
		const { queue, long } = await visitingAs({ dataDir, buildDir: bench.buildDir, person: people.officer }, async (visit) => {
			const pages = addresses.map((query) => `/office/applications?${query}`);
			await visit(pages.slice(0, WARM));
			const seen = spreadOf(await visit(pages.slice(WARM, WARM + VISITS)));
			const one = await visit(Array.from({ length: 110 }, () => `/office/applications/${people.long}`));
			return { queue: seen, long: median(one.slice(10)) };
		});
		return [
			{
				what: `Work queue of applications, whole page over HTTP, ${of}: p99 (p50)`,
				goal: '< 30 ms',
				measured: saySpread(queue),
				isMet: queue.p99 < 30,
			},
			{ what: 'The same, in the database: p99 (p50)', goal: '', measured: saySpread(spreadOf(data)), isMet: null },
			{ what: 'An application with 500 steps, whole page over HTTP, p50', goal: '< 50 ms', measured: `${long.toFixed(1)} ms`, isMet: long < 50 },
			{
				what: 'Nightly check of all of them against their steps',
				goal: '< 60 s, no difference',
				measured: `${checked.seconds.toFixed(1)} s, ${checked.differences} differences`,
				isMet: checked.seconds < 60 && checked.differences === 0,
			},
		];
	},
};

/** Pictures and figures of a year and of five, as the office reads them. */
export const reportPart: Part = {
	name: 'report',
	says: 'the report on applications, of twelve months and of five years',
	async run(bench) {
		const { dataDir, people, of } = registerOf(bench);
		const ranges = { year: '', five: 'from=2021-11-23&to=2026-11-22' };
		const data = withDatabase(dataDir, people, (ctx) => {
			const once = (query: string) => timed(() => applicationsReport(ctx, askedRange(new URLSearchParams(query), ctx.today).range));
			const often = (query: string) => median(Array.from({ length: 3 }, () => once(query)));
			return { year: often(ranges.year), five: often(ranges.five) };
		});
		const page = await visitingAs({ dataDir, buildDir: bench.buildDir, person: people.officer }, async (visit) => {
			const often = async (query: string) => median((await visit(Array(4).fill(`/office/applications/report?${query}`))).slice(1));
			return { year: await often(ranges.year), five: await often(ranges.five) };
		});
		return [
			{
				what: `Report on applications of twelve months, whole page over HTTP, ${of}, p50`,
				goal: '< 2 s',
				measured: `${page.year.toFixed(0)} ms`,
				isMet: page.year < 2000,
			},
			{ what: 'The same of five years', goal: '< 5 s', measured: `${page.five.toFixed(0)} ms`, isMet: page.five < 5000 },
			ratioOf(data),
		];
	},
};

function ratioOf({ year, five }: { year: number; five: number }): Row {
	const measured = `${(five / year).toFixed(1)} × (${year.toFixed(0)} ms → ${five.toFixed(0)} ms)`;
	return { what: 'Figures of five years against twelve months, in the database', goal: '≤ 5 ×', measured, isMet: five / year <= 5 };
}

function registerOf(bench: Bench): { dataDir: string; people: AssessingPeople; of: string } {
	const { dataDir, people } = readyAssessingRegister(bench.folder, bench.isQuick ? 2000 : 20_000);
	return { dataDir, people, of: `${people.applications.toLocaleString('en-GB')} applications, ${people.steps.toLocaleString('en-GB')} steps` };
}

function withDatabase<T>(dataDir: string, { officer }: AssessingPeople, read: (ctx: Ctx) => T): T {
	const settings = readSettings({ DATA_DIR: dataDir });
	const db = openDatabase(join(dataDir, 'register.db'), { readonly: true });
	const actor = { kind: 'person', personId: officer, accountId: '', roles: ['membership_officer'], level: 2, provedAt: 0 } as const;
	try {
		return read(ctxFor({ db, keys: loadKeys(settings), settings }, actor, REGISTER_NOW));
	} finally {
		db.sql.close();
	}
}

function readQueue(ctx: Ctx, query: string): unknown {
	return [queueOf(ctx, queueFilterFrom(new URLSearchParams(query), 'team')), queueCounts(ctx)];
}

function check(ctx: Ctx): { seconds: number; differences: number } {
	let differences = 0;
	const milliseconds = timed(() => (differences = checkApplications(ctx).differences.length));
	return { seconds: milliseconds / 1000, differences };
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
		() => `view=all&phase=${pick(['checks', 'assessment', 'waiting_on_applicant', 'withdrawn', 'decided'])}`,
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
