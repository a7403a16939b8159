import type { Clock } from '#core/clock.ts';
import { londonDay } from '#core/dates.ts';
import { LIMITS } from './limits.ts';
import type { StoredBody } from './stored-body.ts';

const HOUR = 3_600_000;
const MOST_SPELLINGS = 20_000;

/** `logPath`: the path as the log may have it. */
export type Kept = { stored: StoredBody; logPath: string };

/**
 * Finished pages that anonymous visitors share, by canonical address. Emptied whenever the register's version or the day
 * in London changes, so that nobody who has left good standing is shown; a page is kept for a minute at most.
 */
export type PageCache = {
	generation: string;
	/** Least recently used first. */
	pages: Map<string, Kept>;
	/** The address as typed → canonical address, for pages that are kept. */
	spellings: Map<string, string>;
	/** Being rendered now; others who ask for the same wait for it. Null comes back when it may not be shared. */
	pending: Map<string, Promise<Kept | null>>;
	bytes: number;
	clock: Clock;
	version: () => string;
	day: { hour: number; text: string };
};

export function openPageCache(clock: Clock, version: () => string): PageCache {
	return { generation: '', pages: new Map(), spellings: new Map(), pending: new Map(), bytes: 0, clock, version, day: { hour: -1, text: '' } };
}

/** The page kept for an address as typed, if it is still true. */
export function findSpelling(cache: PageCache, address: string, now: number): Kept | null {
	const canonical = cache.spellings.get(address);
	return canonical === undefined ? null : findPage(cache, canonical, now);
}

export function findPage(cache: PageCache, canonical: string, now: number): Kept | null {
	currentGeneration(cache, now);
	const entry = cache.pages.get(canonical);
	if (!entry) return null;
	const age = now - (entry.stored.madeAt ?? 0);
	cache.pages.delete(canonical);
	if (age < 0 || age >= LIMITS.pageCacheMs) {
		cache.bytes -= entry.stored.weight;
		return null;
	}
	cache.pages.set(canonical, entry);
	return entry;
}

/** Keeps a page, unless the register or the day has changed since its rendering began. */
export function keepPage(cache: PageCache, canonical: string, entry: Kept, generation: string): void {
	if (currentGeneration(cache, cache.clock.now()) !== generation) return;
	forget(cache, canonical);
	cache.pages.set(canonical, entry);
	cache.bytes += entry.stored.weight;
	for (const oldest of cache.pages.keys()) {
		if (cache.bytes <= LIMITS.pageCacheBytes) break;
		forget(cache, oldest);
	}
}

export function rememberSpelling(cache: PageCache, address: string, canonical: string): void {
	if (cache.spellings.size >= MOST_SPELLINGS) cache.spellings.clear();
	cache.spellings.set(address, canonical);
}

/** What the pages kept now were made from; forgets them all when that has changed. */
export function currentGeneration(cache: PageCache, now: number): string {
	const generation = `${cache.version()} ${dayAt(cache, now)}`;
	if (generation !== cache.generation) {
		cache.pages.clear();
		cache.spellings.clear();
		cache.bytes = 0;
		cache.generation = generation;
	}
	return generation;
}

/** London's midnight is always at a full hour of UTC, so the day is worked out once an hour. */
function dayAt(cache: PageCache, now: number): string {
	const hour = Math.floor(now / HOUR);
	if (hour !== cache.day.hour) cache.day = { hour, text: londonDay(now) };
	return cache.day.text;
}

function forget(cache: PageCache, canonical: string): void {
	const entry = cache.pages.get(canonical);
	if (!entry) return;
	cache.pages.delete(canonical);
	cache.bytes -= entry.stored.weight;
}
