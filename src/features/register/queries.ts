import type { Ctx } from '#core/ctx.ts';
import { readRegisterNumber, type TypedNumber } from '#core/register-number.ts';
import { afterPrefix, fold } from '#core/text.ts';
import { prepared, reading } from '#db/prepared.ts';
import type { publicCoreProfession, publicRegister } from '#db/schema/index.ts';
import { soundsOf } from '#features/membership/index.ts';
import { factsOf } from './facts-queries.ts';
import { registerRules } from './rules.ts';
import { type RegisterStatus, registerStatus } from './status.ts';

export type CoreProfession = Pick<typeof publicCoreProfession.$inferSelect, 'body' | 'standing' | 'checkedOn'>;

/** One entry as the public may see it on a day. `personId` never leaves the server. */
export type RegisterEntry = {
	number: string;
	name: string;
	formerNames: string[];
	registeredOn: string;
	status: RegisterStatus;
	coreProfessions: CoreProfession[];
	place: { town: string; district: string } | null;
	asAtOn: string;
};

type RegisterRow = Omit<typeof publicRegister.$inferSelect, 'sequence' | 'diedOn'>;

const BY_NUMBER = `SELECT number, person_id AS personId, title, given_names AS givenNames, family_name AS familyName, registered_on AS registeredOn
	FROM public_register WHERE number = ?`;

/** What a typed number means, and whether it was ever given out. A number whose entry was merged into another's leads to that one. */
export function findNumber(ctx: Ctx, typed: string): TypedNumber & { exists: boolean } {
	const read = readRegisterNumber(typed);
	const number = read.kind === 'number' ? read.number : read.kind === 'wrong-check-digit' ? read.meant : null;
	if (number === null) return { ...read, exists: false };
	if (prepared(ctx.db.sql, 'SELECT 1 FROM public_register WHERE number = ?').get(number)) return { ...read, exists: true };
	const now = prepared(ctx.db.sql, 'SELECT number FROM public_former_number WHERE former = ?').pluck().get(number) as string | undefined;
	return read.kind === 'number' && now !== undefined ? { ...read, number: now, exists: true } : { ...read, exists: now !== undefined };
}

/**
 * The entry of a number on a day (default: today). Null when that number was never given out.
 * @param on any day `YYYY-MM-DD`; the answer follows from the dated facts, so every past day can be asked for.
 */
export function registerEntry(ctx: Ctx, number: string, on: string = ctx.today): RegisterEntry | null {
	return reading(ctx.db.sql, () => {
		const row = prepared(ctx.db.sql, BY_NUMBER).get(number) as RegisterRow | undefined;
		return row ? entryOf(ctx, row, on) : null;
	});
}

export type NameMatch = { number: string; name: string; matchedFormerName: string | null; status: RegisterStatus; place: RegisterEntry['place'] };
export type NameAnswer = { matches: NameMatch[]; soundsAlike: NameMatch[]; hasMore: boolean };

/** People whose present or (where they allow it) former name begins with what was typed, in any order of its words; then those that sound like it. */
export function searchRegisterByName(ctx: Ctx, typed: string, limit: number): NameAnswer {
	const wanted = fold(typed).slice(0, 80);
	if (wanted.length < 2) return { matches: [], soundsAlike: [], hasMore: false };
	return reading(ctx.db.sql, () => {
		const { found, hasMore } = prefixMatches(ctx, wanted, limit);
		const alike = found.length >= 5 ? [] : [...shownMatches(ctx, soundHits(ctx, wanted), 10).values()];
		const known = new Set(found.map((m) => m.number));
		return { matches: found, soundsAlike: alike.filter((m) => !known.has(m.number)), hasMore };
	});
}

type Hit = { personId: string; nameId: string };

/** How many index rows a name search reads at most: enough for several pages of a common name, flat whatever the size of the register. */
const SCAN = 400;
const BY_PREFIX = 'SELECT person_id AS personId, name_id AS nameId FROM public_name_key WHERE key >= ? AND key < ? ORDER BY key LIMIT ?';

/** A few rows are mostly enough; the whole scan is for names that many who are no longer shown share. */
function prefixMatches(ctx: Ctx, wanted: string, limit: number): { found: NameMatch[]; hasMore: boolean } {
	const few = hitsOf(ctx, wanted, limit * 3);
	const found = shownMatches(ctx, few, limit + 1);
	if (found.size > limit || few.length < limit * 3) return { found: [...found.values()].slice(0, limit), hasMore: found.size > limit };
	const hits = hitsOf(ctx, wanted, SCAN);
	shownMatches(ctx, hits.slice(few.length), limit + 1, found);
	return { found: [...found.values()].slice(0, limit), hasMore: found.size > limit || hits.length === SCAN };
}

function hitsOf(ctx: Ctx, wanted: string, rows: number): Hit[] {
	return prepared(ctx.db.sql, BY_PREFIX).all(wanted, afterPrefix(wanted), rows) as Hit[];
}

function soundHits(ctx: Ctx, wanted: string): Hit[] {
	const family = wanted.split(' ').at(-1) ?? wanted;
	const heard = prepared(ctx.db.sql, 'SELECT person_id AS personId, name_id AS nameId FROM public_name_sound WHERE sound = ? LIMIT 60');
	return soundsOf(family).flatMap((sound) => heard.all(sound) as Hit[]);
}

/** By person, in the order of the hits, until there are `most`; `found` may hold some already. */
function shownMatches(ctx: Ctx, hits: Hit[], most: number, found = new Map<string, NameMatch>()): Map<string, NameMatch> {
	for (const hit of hits) {
		if (found.size >= most) break;
		if (found.has(hit.personId)) continue;
		const match = matchOf(ctx, hit);
		if (match) found.set(hit.personId, match);
	}
	return found;
}

function matchOf(ctx: Ctx, hit: Hit): NameMatch | null {
	const row = prepared(ctx.db.sql, BY_PERSON).get(hit.personId) as RegisterRow | undefined;
	if (!row) return null;
	const status = statusOf(ctx, row, ctx.today);
	if (!status.isShown) return null;
	const matched = prepared(ctx.db.sql, 'SELECT given_names AS givenNames, family_name AS familyName, to_on AS toOn FROM public_name WHERE id = ?').get(
		hit.nameId,
	) as { givenNames: string; familyName: string; toOn: string | null } | undefined;
	const former = matched?.toOn ? `${matched.givenNames} ${matched.familyName}` : null;
	return { number: row.number, name: nameOf(row), matchedFormerName: former, status, place: status.isOnRegister ? placeOf(ctx, row.personId) : null };
}

const BY_PERSON = BY_NUMBER.replace('WHERE number', 'WHERE person_id');

function entryOf(ctx: Ctx, row: RegisterRow, on: string): RegisterEntry {
	const status = statusOf(ctx, row, on);
	return {
		number: row.number,
		name: nameOf(row),
		formerNames: status.isShown ? formerNamesOf(ctx, row.personId) : [],
		registeredOn: row.registeredOn,
		status,
		coreProfessions: status.isOnRegister ? coreProfessionsOf(ctx, row.personId, on) : [],
		place: status.isOnRegister ? placeOf(ctx, row.personId) : null,
		asAtOn: on,
	};
}

function statusOf(ctx: Ctx, row: RegisterRow, on: string): RegisterStatus {
	const facts = factsOf(ctx.db, row.personId);
	if (!facts) throw new Error('A registration without facts.');
	return registerStatus(facts, on, registerRules(ctx.db, on));
}

function nameOf({ title, givenNames, familyName }: RegisterRow): string {
	return [title, givenNames, familyName].filter(Boolean).join(' ');
}

function formerNamesOf(ctx: Ctx, personId: string): string[] {
	const names = prepared(
		ctx.db.sql,
		"SELECT given_names || ' ' || family_name FROM public_name WHERE person_id = ? AND to_on IS NOT NULL ORDER BY to_on DESC",
	).pluck();
	return names.all(personId) as string[];
}

function coreProfessionsOf(ctx: Ctx, personId: string, on: string): CoreProfession[] {
	const text = `SELECT body, standing, checked_on AS checkedOn FROM public_core_profession
		WHERE person_id = ? AND from_on <= ? AND (to_on IS NULL OR to_on >= ?)`;
	return prepared(ctx.db.sql, text).all(personId, on, on) as CoreProfession[];
}

function placeOf(ctx: Ctx, personId: string): RegisterEntry['place'] {
	const place = prepared(ctx.db.sql, 'SELECT town, district FROM public_place WHERE person_id = ? ORDER BY position LIMIT 1').get(personId);
	return (place as RegisterEntry['place']) ?? null;
}
