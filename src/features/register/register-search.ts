import type { Ctx } from '#core/ctx.ts';
import { findNumber, type NameAnswer, searchRegisterByName } from './queries.ts';

export const NAMES_A_PAGE = 20;
/** Beyond this many names nobody reads on: more letters help more than more pages. */
const MOST_NAMES = 100;
const LONGEST = 80;
/** People write to "Dr Lee"; the register looks up names without titles. */
const TITLE = /^(?:dr|mr|mrs|ms|miss|mx|prof|professor|rev|sir|dame)\.?\s+(?=\S)/i;

/** What came of the box on `/register`. */
export type RegisterSearch =
	| { kind: 'nothing-asked' }
	| { kind: 'wrong'; typed: string; message: string }
	| { kind: 'entry'; number: string }
	| { kind: 'number'; typed: string; isNumber: boolean; meant: string | null }
	| { kind: 'names'; typed: string; answer: NameAnswer; page: number; pages: number; isCutOff: boolean };

/** Reads `q` (a name or a number), `number` or `name` of an address, with `page` for names, and answers it. */
export function searchRegister(ctx: Ctx, query: URLSearchParams): RegisterSearch {
	const asked = ['number', 'name', 'q'].find((name) => query.has(name));
	if (asked === undefined) return { kind: 'nothing-asked' };
	const typed = (query.get(asked) ?? '').replace(/\p{C}+/gu, ' ').trim();
	if (typed === '') return { kind: 'wrong', typed, message: 'Enter a name or a register number' };
	if (typed.length > LONGEST) return { kind: 'wrong', typed: typed.slice(0, LONGEST), message: `Use ${LONGEST} characters or fewer` };
	return asked !== 'name' && (asked === 'number' || /\d/.test(typed)) ? byNumber(ctx, typed) : byName(ctx, typed, query.get('page'));
}

function byNumber(ctx: Ctx, typed: string): RegisterSearch {
	const read = findNumber(ctx, typed);
	if (read.kind === 'number' && read.exists) return { kind: 'entry', number: read.number };
	return { kind: 'number', typed, isNumber: read.kind === 'number', meant: read.kind === 'wrong-check-digit' && read.exists ? read.meant : null };
}

function byName(ctx: Ctx, typed: string, askedPage: string | null): RegisterSearch {
	const letters = typed.replace(/[^\p{L}\p{N}]/gu, '');
	if (letters.length < 2) return { kind: 'wrong', typed, message: 'Enter at least two letters of a name' };
	const page = pageOf(askedPage);
	const answer = searchRegisterByName(ctx, typed.replace(TITLE, ''), page * NAMES_A_PAGE);
	const matches = answer.matches.slice((page - 1) * NAMES_A_PAGE);
	const isFull = answer.matches.length === page * NAMES_A_PAGE;
	const isCutOff = answer.hasMore && (!isFull || page * NAMES_A_PAGE >= MOST_NAMES);
	const pages = answer.hasMore && !isCutOff ? page + 1 : page;
	return { kind: 'names', typed, answer: { ...answer, matches }, page, pages, isCutOff };
}

/** Anything that is no page of ours is the first. */
function pageOf(asked: string | null): number {
	const page = /^\d{1,3}$/.test(asked ?? '') ? Number(asked) : 1;
	return page >= 1 && page <= MOST_NAMES / NAMES_A_PAGE ? page : 1;
}
