import type { Ctx } from '#core/ctx.ts';
import { afterPrefix, fold } from '#core/text.ts';
import { prepared, reading } from '#db/prepared.ts';
import type { FinderCard } from './card.ts';
import { COUNT_CAP, type Count, capped, filterOf, flagsWhere } from './filter.ts';
import { countNear, type Near, nearest, type Point } from './nearest.ts';
import { daySeed, rotationOf } from './rotation.ts';
import { type FinderQuery, PAGE_SIZE } from './search-query.ts';

export type FinderResult = {
	slug: string;
	card: FinderCard;
	flags: number;
	/** Which of the card's places is meant, and how far it is in miles; null where distance plays no part. */
	near: { place: number; miles: number; latitude: number; longitude: number } | null;
};

export type FinderPage = { results: FinderResult[]; total: Count; hasNext: boolean };

/**
 * One page of a search, in its exact order: near a point by whole miles, and where miles do not decide by the rotation of the day.
 * @param point where to search around; null for a search anywhere (online, by name, or the whole register).
 */
export function searchFinder(ctx: Ctx, query: FinderQuery, point: Point | null): FinderPage {
	return reading(ctx.db.sql, () => {
		if (query.name) return namePage(ctx, query);
		return point && !query.online ? nearPage(ctx, query, point) : rotationPage(ctx, query);
	});
}

/** How many therapists a search would find, without finding them. */
export function countFinder(ctx: Ctx, query: FinderQuery, point: Point | null): Count {
	const filter = filterOf(query);
	return reading(ctx.db.sql, () => (point && !query.online ? countNear(ctx.db.sql, point, query.within, filter, COUNT_CAP) : countAnywhere(ctx, query)));
}

function nearPage(ctx: Ctx, query: FinderQuery, point: Point): FinderPage {
	const filter = filterOf(query);
	const rotation = rotationOf(ctx.today);
	const wanted = query.page * PAGE_SIZE + 1;
	const { found, total: all } = nearest(ctx.db.sql, { point, within: query.within, filter, wanted, rotation });
	const results = cardsOf(ctx, found, (query.page - 1) * PAGE_SIZE);
	const total = all !== null ? capped(all) : countNear(ctx.db.sql, point, query.within, filter, COUNT_CAP);
	return { results, total, hasNext: found.length >= wanted };
}

function cardsOf(ctx: Ctx, found: Near[], skip: number): FinderResult[] {
	return found.slice(skip, skip + PAGE_SIZE).flatMap((n) => {
		const row = cardRow(ctx, n.no);
		return row ? [{ ...row, near: { place: n.place, miles: n.miles, latitude: n.latitude, longitude: n.longitude } }] : [];
	});
}

function rotationPage(ctx: Ctx, query: FinderQuery): FinderPage {
	const filter = filterOf(query);
	const start = daySeed(ctx.today);
	const { where, values } = flagsWhere('flags', filter);
	const need = query.page * PAGE_SIZE + 1;
	const rows = (bounds: string, from: number, limit: number) =>
		prepared(ctx.db.sql, `SELECT no FROM finder WHERE turn ${bounds} ?${where} ORDER BY turn LIMIT ?`)
			.pluck()
			.all(from, ...values, limit) as number[];
	const numbers = rows('>=', start, need);
	if (numbers.length < need) numbers.push(...rows('<', start, need - numbers.length));
	const results = numbers.slice((query.page - 1) * PAGE_SIZE, query.page * PAGE_SIZE).flatMap((no) => asResult(cardRow(ctx, no)));
	const total = numbers.length < need ? { count: numbers.length, isMore: false } : countAnywhere(ctx, query);
	return { results, total, hasNext: numbers.length >= need };
}

function countAnywhere(ctx: Ctx, query: FinderQuery): Count {
	const { where, values } = flagsWhere('flags', filterOf(query));
	const text = `SELECT count(*) FROM (SELECT 1 FROM finder INDEXED BY finder_turn WHERE 1${where} LIMIT ?)`;
	return capped(
		prepared(ctx.db.sql, text)
			.pluck()
			.get(...values, COUNT_CAP + 1) as number,
	);
}

function namePage(ctx: Ctx, query: FinderQuery): FinderPage {
	const wanted = fold(query.name);
	const { where, values } = flagsWhere('f.flags', filterOf(query));
	const text = `SELECT DISTINCT k.no FROM finder_key k JOIN finder f ON f.no = k.no WHERE k.key >= ? AND k.key < ?${where} ORDER BY k.key LIMIT ?`;
	const numbers = wanted
		? (prepared(ctx.db.sql, text)
				.pluck()
				.all(wanted, afterPrefix(wanted), ...values, COUNT_CAP + 1) as number[])
		: [];
	const skip = (query.page - 1) * PAGE_SIZE;
	const results = numbers.slice(skip, skip + PAGE_SIZE).flatMap((no) => asResult(cardRow(ctx, no)));
	return { results, total: capped(numbers.length), hasNext: numbers.length > skip + PAGE_SIZE };
}

function asResult(row: Omit<FinderResult, 'near'> | null): FinderResult[] {
	return row ? [{ ...row, near: null }] : [];
}

/** The card of one therapist, unless today is outside the days it was made for: a status that ended at midnight is not shown at one past. */
function cardRow(ctx: Ctx, no: number): Omit<FinderResult, 'near'> | null {
	const text = 'SELECT slug, flags, card FROM finder WHERE no = ? AND shown_from_on <= ? AND shown_to_on > ?';
	const row = prepared(ctx.db.sql, text).get(no, ctx.today, ctx.today) as { slug: string; flags: number; card: string } | undefined;
	return row ? { slug: row.slug, flags: row.flags, card: JSON.parse(row.card) as FinderCard } : null;
}
