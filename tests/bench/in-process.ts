import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Ctx } from '#core/ctx.ts';
import type { Db } from '#db/client.ts';
import { openGazetteer } from '#db/gazetteer/index.ts';
import { facetsOf, searchFinder } from '#features/directory/index.ts';
import { findNumber, registerEntry, searchRegisterByName } from '#features/register/index.ts';
import { readerOf } from './reader.ts';
import { searches } from './searches.ts';
import { quantile, randomFrom } from './statistics.ts';

export type InProcessOrder = { dataDir: string; now: number; searches: number };
/** Milliseconds. */
export type Spread = { p50: number; p99: number };
export type InProcessResult = { search: Spread; searchAndFacets: Spread; byNumber: Spread; entry: Spread; byName: Spread };

const LOOK_UPS = 2000;

/** Times what the pages ask of the database, without HTTP or HTML, in a process of its own so that every register gets a fresh one. */
async function main(): Promise<void> {
	const order = JSON.parse(await text(process.stdin)) as InProcessOrder;
	process.stdout.write(JSON.stringify(measure(readerOf(order.dataDir, order.now), order)));
}

function measure(ctx: Ctx, order: InProcessOrder): InProcessResult {
	const all = searches(openGazetteer(join(order.dataDir, 'gazetteer.db')), order.searches);
	const first = all.map((search) => ({ ...search, query: { ...search.query, page: 1 } }));
	const search = timed(first, ({ query, point }) => searchFinder(ctx, query, point));
	const withFacets = timed(first, ({ query, point }) => [searchFinder(ctx, query, point), facetsOf(ctx, query, point)]);
	const byNumber = timed(someNumbers(ctx.db), (number) => findNumber(ctx, number));
	const entry = timed(someNumbers(ctx.db), (number) => registerEntry(ctx, number));
	const byName = timed(somePrefixes(ctx.db), (name) => searchRegisterByName(ctx, name, 20));
	return { search: spread(search), searchAndFacets: spread(withFacets), byNumber: spread(byNumber), entry: spread(entry), byName: spread(byName) };
}

/** Each once to warm up, then each once by the clock. */
function timed<T>(items: readonly T[], work: (item: T) => unknown): number[] {
	for (const item of items) work(item);
	return items.map((item) => {
		const startedAt = performance.now();
		work(item);
		return performance.now() - startedAt;
	});
}

function someNumbers({ sql }: Db): string[] {
	const last = sql.prepare('SELECT max(sequence) FROM registration').pluck().get() as number;
	const random = randomFrom(7);
	const number = sql.prepare('SELECT number FROM registration WHERE sequence >= ? ORDER BY sequence LIMIT 1').pluck();
	return Array.from({ length: LOOK_UPS }, () => number.get(1 + Math.floor(random() * last)) as string);
}

/** The first three to six letters of family names, some with the given name, as someone types them; common names come as often as they are. */
function somePrefixes(db: Db): string[] {
	const random = randomFrom(8);
	const name = db.sql.prepare('SELECT family_name AS family, given_names AS given FROM public_register WHERE number = ?');
	return someNumbers(db).map((number) => {
		const { family, given } = name.get(number) as { family: string; given: string };
		return random() < 0.3 ? `${given} ${family}` : family.slice(0, 3 + Math.floor(random() * 4));
	});
}

function spread(values: number[]): Spread {
	return { p50: quantile(values, 0.5), p99: quantile(values, 0.99) };
}

if (import.meta.main) await main();
