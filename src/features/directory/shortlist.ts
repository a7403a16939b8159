import type { Ctx } from '#core/ctx.ts';
import { reading } from '#db/prepared.ts';
import { tidy } from './place.ts';
import { type Profile, profileAt } from './profile.ts';
import { queryString, readQuery } from './search-query.ts';

/** The most therapists that one shortlist holds, and the most that stand side by side. */
export const SHORTLIST_MOST = 10;
export const COMPARE_MOST = 4;

/** A shortlist as its link holds it: therapists' addresses, and the search they came from. */
export type Shortlist = { slugs: string[]; from: string };

/** Reads a shortlist from an address; doubled, malformed and surplus entries are left out. `from` is put in order again, so that it can hold nothing but a search. */
export function readShortlist(params: URLSearchParams): Shortlist {
	const slugs = params.getAll('t').filter((slug) => /^[a-z0-9][a-z0-9-]{0,99}$/.test(slug));
	const from = (params.get('from') ?? '').slice(0, 1000);
	return { slugs: [...new Set(slugs)].slice(0, SHORTLIST_MOST), from: queryString(tidy(readQuery(new URLSearchParams(from)))) };
}

/** The link that carries a shortlist; `?` and all. */
export function shortlistQuery(shortlist: Shortlist): string {
	const params = new URLSearchParams(shortlist.slugs.map((slug) => ['t', slug]));
	if (shortlist.from) params.set('from', shortlist.from);
	return params.size > 0 ? `?${params}` : '';
}

export type ShortlistRow = { slug: string; profile: Profile | null; without: string };

/** The people of a shortlist as they may be shown today; null for those who are no longer listed. `without`: the link less this one. */
export function shortlisted(ctx: Ctx, shortlist: Shortlist): ShortlistRow[] {
	return reading(ctx.db.sql, () =>
		shortlist.slugs.map((slug) => ({
			slug,
			profile: shownAt(ctx, slug),
			without: shortlistQuery({ ...shortlist, slugs: shortlist.slugs.filter((other) => other !== slug) }),
		})),
	);
}

function shownAt(ctx: Ctx, slug: string): Profile | null {
	const answer = profileAt(ctx, slug);
	if (answer.kind === 'moved') return shownAt(ctx, answer.slug);
	return answer.kind === 'shown' ? answer.profile : null;
}
