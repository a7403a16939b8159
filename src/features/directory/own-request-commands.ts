import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, hasRole, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { paths } from '#paths';
import { refreshFinder } from './finder.ts';
import { writeListing, writePlaces } from './listing-commands.ts';
import { listingFactsOf } from './own-listing.ts';
import type { CheckedField } from './own-rules.ts';

export type ListingRequest = { id: string; personId: string; name: string; field: CheckedField; before: string; wanted: string; askedAt: number };

/** Asks an officer for a change; an earlier one for the same part is replaced. Joins a transaction and never authorises. */
export function askForChange(tx: Tx, personId: string, field: CheckedField, wanted: unknown): void {
	const replace = "UPDATE listing_request SET decided_at = ?, decision = 'replaced' WHERE person_id = ? AND field = ? AND decided_at IS NULL";
	prepared(tx.db.sql, replace).run(tx.ctx.now, personId, field);
	const id = newId();
	const text = 'INSERT INTO listing_request (id, person_id, field, wanted, asked_at) VALUES (?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(id, personId, field, JSON.stringify(wanted), tx.ctx.now);
	record(tx, 'listing.change_asked', { type: 'person', id: personId }, { field }, { wanted });
}

/** What waits for an officer, the oldest first. @throws Forbidden */
export function listingRequests(ctx: Ctx): ListingRequest[] {
	allow(canCheck(ctx));
	const text = `SELECT r.id, r.person_id AS personId, n.given_names || ' ' || n.family_name AS name, r.field, r.wanted, r.asked_at AS askedAt
		FROM listing_request r JOIN person_name n ON n.person_id = r.person_id AND n.to_on IS NULL WHERE r.decided_at IS NULL ORDER BY r.asked_at LIMIT 200`;
	const rows = prepared(ctx.db.sql, text).all() as (Omit<ListingRequest, 'before'> & { wanted: string })[];
	return rows.map((row) => {
		const { facts, places } = listingFactsOf(ctx, row.personId);
		const before = row.field === 'website' ? (facts.website ?? '') : inWords(places.map((place) => place.practiceName));
		return { ...row, before, wanted: inWords(JSON.parse(row.wanted)) };
	});
}

/** How many wait, for the office's first page; 0 for those who may not decide. */
export function countListingRequests(ctx: Ctx): number {
	if (!canCheck(ctx)) return 0;
	return prepared(ctx.db.sql, 'SELECT count(*) FROM listing_request WHERE decided_at IS NULL').pluck().get() as number;
}

/** The same as a row of that page; empty for those who may not decide. */
export function listingWork(ctx: Ctx): { label: string; count: number; href: string }[] {
	return canCheck(ctx) ? [{ label: 'Changes to listings', count: countListingRequests(ctx), href: paths.listingRequests() }] : [];
}

/**
 * An officer approves a change, which is live at once, or sends it back with a word. Never one's own.
 * @throws Forbidden, NotFound, Conflict when somebody else was faster.
 */
export function decideListingRequest(ctx: Ctx, id: string, decision: { isApproved: boolean; word: string }): void {
	const officer = personOf(ctx);
	allow(canCheck(ctx));
	commit(ctx, { name: 'decide on a listing', reason: decision.word || undefined }, (tx) => {
		const read = 'SELECT person_id AS personId, field, wanted, decided_at AS decidedAt FROM listing_request WHERE id = ?';
		const row = prepared(tx.db.sql, read).get(id) as { personId: string; field: CheckedField; wanted: string; decidedAt: number | null } | undefined;
		if (!row) throw new NotFound('There is no such request.');
		allow(row.personId !== officer.personId, 'Somebody else has to look at your own listing.');
		if (row.decidedAt !== null) throw new Conflict('This was decided in the meantime, or replaced by a newer wish.');
		const close = 'UPDATE listing_request SET decided_at = ?, decided_by = ?, decision = ?, word = ? WHERE id = ?';
		prepared(tx.db.sql, close).run(ctx.now, officer.personId, decision.isApproved ? 'approved' : 'sent_back', decision.word || null, id);
		if (decision.isApproved) applyChange(tx, row.personId, row.field, JSON.parse(row.wanted));
		record(tx, 'listing.change_decided', { type: 'person', id: row.personId }, { field: row.field, isApproved: decision.isApproved });
	});
}

function applyChange(tx: Tx, personId: string, field: CheckedField, wanted: unknown): void {
	const { facts, places } = listingFactsOf(tx, personId);
	if (field === 'website') writeListing(tx, personId, { ...facts, website: wanted as string }, ['website']);
	else
		writePlaces(
			tx,
			personId,
			places.map((place, i) => ({ ...place, practiceName: (wanted as (string | null)[])[i] ?? null })),
		);
	prepared(tx.db.sql, 'UPDATE listing SET version = version + 1 WHERE person_id = ?').run(personId);
	refreshFinder(tx, personId);
}

function canCheck(ctx: Ctx): boolean {
	return hasRole(ctx.actor, 'membership_officer', 'registrar');
}

function inWords(wanted: unknown): string {
	return (Array.isArray(wanted) ? wanted : [wanted]).filter(Boolean).join('; ');
}
