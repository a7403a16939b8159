import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { gateStatus, NASTY } from './nasty.ts';
import { aNumber, faults, faultsOf, probe, slugsOf } from './probe.ts';
import { PATH_TARGETS, QUERY_TARGETS, type Target } from './targets.ts';

let site: Site;
let fill: (at: string, encoded: string) => string;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside', LOG_LEVEL: 'error' });
	const [slug = ''] = slugsOf(site, 1);
	const number = await aNumber(site);
	fill = (at, encoded) =>
		at
			.replaceAll('SLUG', slug)
			.replaceAll('NUMBER', number)
			.replace('{}', () => encoded);
	expect([slug, number]).not.toContain('');
});
afterAll(() => site.stop());

const pairs = (targets: readonly Target[]) => targets.flatMap((target) => NASTY.map(({ encoded }) => ({ target, encoded })));

async function check({ target, encoded }: { target: Target; encoded: string }, gated = gateStatus): Promise<string[]> {
	const address = fill(target.at, encoded);
	const reply = await probe(site.origin, address);
	const must = gated(address);
	const isRight = must === null ? target.allowed.includes(reply.status) : reply.status === must;
	return [...faults(address, reply), ...(isRight ? [] : [`${address.slice(0, 120)}: status ${reply.status}, not ${must ?? target.allowed.join(' ')}`])];
}

describe('whatever is typed', { timeout: 120_000 }, () => {
	test('into any parameter of any page: the right status, a whole page, all of it text, in time', async () => {
		expect(await faultsOf(pairs(QUERY_TARGETS), (pair) => check(pair))).toEqual([]);
	});

	test('as any part of a path: a page, a way on, or a clear no', async () => {
		expect(await faultsOf(pairs(PATH_TARGETS), (pair) => check(pair, (address) => (address.length > 4096 ? 414 : null)))).toEqual([]);
	});

	test('as any text of any length, anywhere', async () => {
		const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 200 }), fc.webQueryParameters());
		const targets = fc.constantFrom(...QUERY_TARGETS, ...PATH_TARGETS);
		const property = fc.asyncProperty(targets, text, async (target, typed) => {
			const address = fill(target.at, encodeURIComponent(typed.toWellFormed()));
			expect(faults(address, await probe(site.origin, address))).toEqual([]);
		});
		await fc.assert(property, { numRuns: 600, seed: 20261122 });
	});

	test('many times over: repeated parameters, all at once, and hundreds that nobody knows', async () => {
		const names = ['place', 'online', 'name', 'within', 'fee', 'page', 'how', 'who', 't', 'from', 'q', 'number', 'on', 'on-day', 'part', 'ref', 'by'];
		const every = NASTY.filter((n) => n.text !== null && n.encoded.length < 200).map((n) => names.map((name) => `${name}=${n.encoded}`).join('&'));
		const twice = names.map((name) => `${name}=a&${name}=London&${name}=-1`);
		const heaps = [
			'place=a&'.repeat(450),
			'who=adults&'.repeat(350),
			't=a&'.repeat(900),
			Array.from({ length: 400 }, (_, i) => `x${i}=${i}`).join('&'),
			'&'.repeat(3000),
			'='.repeat(3000),
		];
		const paths = ['/', '/find', '/register', fill('/register/NUMBER', ''), '/api/v1/register', '/shortlist', '/sitemap.xml', fill('/therapists/SLUG', '')];
		const addresses = [...twice, ...heaps, ...every].flatMap((query) => paths.map((path) => `${path}?${query}`)).filter((address) => address.length < 4097);
		expect(addresses.length).toBeGreaterThan(500);
		expect(await faultsOf(addresses, async (address) => faults(address, await probe(site.origin, address)))).toEqual([]);
	});

	test('a page number out of all measure is the nearest page that there is, and never an empty one', async () => {
		for (const page of ['-1', '0', '99999999', '1e9', 'NaN', '1.9', 'two']) {
			const reply = await probe(site.origin, `/find?page=${page}`);
			const shown = reply.status === 303 ? await probe(site.origin, String(reply.headers.location)) : reply;
			expect(shown.body.match(/<article class="result"/g)?.length, page).toBeGreaterThan(0);
		}
	});
});

test('nothing of that was a fault to the program: its log has no error, and it still answers', async () => {
	expect((await probe(site.origin, '/find?place=London')).status).toBe(200);
	await site.stop();
	expect(site.logs()).not.toMatch(/"level":(?:50|60)|ERROR|Error/);
});
