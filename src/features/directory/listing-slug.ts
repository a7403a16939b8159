import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { fold } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';

/**
 * A free address for a listing, from the name and the town of the first place: `ann-lee-leeds`, then `ann-lee-leeds-2`.
 * An address that ever led to someone else stays theirs; the person's own former one may be taken back.
 */
export function freeSlug(tx: Tx, personId: string): string {
	const stem = stemOf(tx, personId);
	const taken = prepared(tx.db.sql, TAKEN);
	for (let n = 1; ; n += 1) {
		const slug = n === 1 ? stem : `${stem}-${n}`;
		if (!taken.get({ slug, personId })) return slug;
	}
}

const TAKEN =
	'SELECT 1 FROM listing WHERE slug = :slug AND person_id <> :personId UNION ALL SELECT 1 FROM listing_former_slug WHERE slug = :slug AND person_id <> :personId';

/** Brings the address of a listing in line with a changed name or town; the old one goes on leading to it. */
export function moveListing(tx: Tx, personId: string): void {
	const { sql } = tx.db;
	const old = prepared(sql, 'SELECT slug FROM listing WHERE person_id = ?').pluck().get(personId) as string | undefined;
	if (old === undefined || isOf(old, stemOf(tx, personId))) return;
	const slug = freeSlug(tx, personId);
	prepared(sql, 'INSERT INTO listing_former_slug (slug, person_id) VALUES (?, ?) ON CONFLICT DO NOTHING').run(old, personId);
	prepared(sql, 'DELETE FROM listing_former_slug WHERE slug = ?').run(slug);
	prepared(sql, 'UPDATE listing SET slug = ? WHERE person_id = ?').run(slug, personId);
	record(tx, 'listing.moved', { type: 'person', id: personId }, {}, { from: old, to: slug });
}

function stemOf(tx: Tx, personId: string): string {
	const text = `SELECT n.given_names || ' ' || n.family_name || ' ' || coalesce((SELECT town FROM practice_place p WHERE p.person_id = n.person_id ORDER BY position LIMIT 1), '')
		FROM person_name n WHERE n.person_id = ? AND n.to_on IS NULL`;
	const folded = fold(prepared(tx.db.sql, text).pluck().get(personId) as string);
	const stem = folded
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 80);
	return stem === '' ? 'therapist' : stem;
}

function isOf(slug: string, stem: string): boolean {
	return slug === stem || (slug.startsWith(`${stem}-`) && /^\d+$/.test(slug.slice(stem.length + 1)));
}
