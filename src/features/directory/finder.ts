import { createHash } from 'node:crypto';
import type { Tx } from '#core/commit.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { type FinderEntry, finderEntryOf, NEVER } from './finder-entry.ts';

/**
 * Brings the finder in line with a person's facts; to be called in the transaction of every change to them.
 * Joins a transaction and never authorises.
 */
export function refreshFinder(tx: Tx, personId: string): void {
	const { entry, dueOn } = finderEntryOf(tx.db, personId, tx.ctx.today);
	const no = prepared(tx.db.sql, 'SELECT no FROM finder WHERE person_id = ?').pluck().get(personId) as number | undefined;
	if (no !== undefined) remove(tx.db, no);
	if (entry) insert(tx.db, personId, entry, no);
	if (dueOn === NEVER) prepared(tx.db.sql, 'DELETE FROM finder_due WHERE person_id = ?').run(personId);
	else
		prepared(tx.db.sql, 'INSERT INTO finder_due (person_id, due_on) VALUES (?, ?) ON CONFLICT (person_id) DO UPDATE SET due_on = excluded.due_on').run(
			personId,
			dueOn,
		);
	bumpPublicVersion(tx.db);
}

/** Tells every cache that something the public sees has changed. */
export function bumpPublicVersion(db: Db): void {
	prepared(db.sql, 'UPDATE public_state SET version = version + 1 WHERE id = 1').run();
}

/** People whose entry must be made anew because a date in their facts has come. */
export function peopleDue(db: Db, day: string, limit: number): string[] {
	return prepared(db.sql, 'SELECT person_id FROM finder_due WHERE due_on <= ? ORDER BY due_on LIMIT ?').pluck().all(day, limit) as string[];
}

/** The nightly proof: people whose row in the finder differs from what the facts say. Empty when all is well. */
export function finderDifferences(db: Db, day: string): string[] {
	const people = db.sql.prepare('SELECT person_id FROM public_listing UNION SELECT person_id FROM finder').pluck().all() as string[];
	return people.filter((personId) => {
		const { entry } = finderEntryOf(db, personId, day);
		const row = prepared(db.sql, 'SELECT slug, flags, card, shown_to_on AS shownToOn FROM finder WHERE person_id = ?').get(personId) as
			| { slug: string; flags: number; card: string; shownToOn: string }
			| undefined;
		if (!entry || !row) return Boolean(entry) !== (row !== undefined && row.shownToOn > day);
		return row.slug !== entry.slug || row.flags !== entry.flags || row.card !== JSON.stringify(entry.card) || row.shownToOn !== entry.shownToOn;
	});
}

function insert(db: Db, personId: string, entry: FinderEntry, reuse: number | undefined): void {
	const text = `INSERT INTO finder (no, person_id, slug, shown_from_on, shown_to_on, flags, turn, card)
		VALUES (coalesce(?, (SELECT coalesce(max(no), 0) + 1 FROM finder)), ?, ?, ?, ?, ?, ?, ?)`;
	const { lastInsertRowid } = prepared(db.sql, text).run(
		reuse ?? null,
		personId,
		entry.slug,
		entry.shownFromOn,
		entry.shownToOn,
		BigInt(entry.flags),
		turnOf(personId),
		JSON.stringify(entry.card),
	);
	const no = BigInt(lastInsertRowid);
	const place = prepared(db.sql, 'INSERT INTO finder_place (id, south, north, west, east) VALUES (?, ?, ?, ?, ?)');
	for (const [i, p] of entry.places.entries()) place.run(placeId(no, i, p.flags), p.latitude, p.latitude, p.longitude, p.longitude);
	const key = prepared(db.sql, 'INSERT INTO finder_key (key, no) VALUES (?, ?) ON CONFLICT DO NOTHING');
	for (const text of entry.keys) key.run(text, no);
}

function remove(db: Db, no: number): void {
	const { sql } = db;
	const flags = prepared(sql, 'SELECT person_id, card, flags FROM finder WHERE no = ?').get(no) as { card: string; flags: number };
	const count = (JSON.parse(flags.card) as { places: unknown[] }).places.length;
	// The step-free flag differs from place to place, so both spellings of each place's id are tried.
	const drop = prepared(sql, 'DELETE FROM finder_place WHERE id = ?');
	const bare = BigInt(flags.flags) & ~STEP_FREE;
	for (let i = 0; i < count; i += 1) for (const f of [bare, bare | STEP_FREE]) drop.run(packPlace(BigInt(no), i, f));
	prepared(sql, 'DELETE FROM finder_key WHERE no = ?').run(no);
	prepared(sql, 'DELETE FROM finder WHERE no = ?').run(no);
}

const STEP_FREE = 1n << 34n;

/** Therapist, place and flags in one R*Tree id: a filter then needs no join. Room for 2 million therapists with four places each. */
function placeId(no: bigint, place: number, flags: number): bigint {
	return packPlace(no, place, BigInt(flags));
}

function packPlace(no: bigint, place: number, flags: bigint): bigint {
	return (no << 42n) | (BigInt(place) << 40n) | flags;
}

/** A therapist's fixed place in the rotation: 32 even bits of their id, so that nobody can choose it. */
function turnOf(personId: string): number {
	return createHash('sha256').update(personId).digest().readUInt32BE(0);
}
