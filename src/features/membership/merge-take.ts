import type { Tx } from '#core/commit.ts';
import { fold } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';
import { noteRow } from './merge-rows.ts';
import { unindexName } from './names.ts';
import { changePerson, putBirthDate, recordFormerName } from './person-commands.ts';

/** The register number of the loser: the winner's, where there is none yet; else a former number that leads to it, and is never given again. */
export function takeNumber(tx: Tx, loserId: string, winnerId: string): void {
	const { sql } = tx.db;
	const row = prepared(sql, 'SELECT * FROM registration WHERE person_id = ?').get(loserId) as
		| { number: string; sequence: number; registered_on: string }
		| undefined;
	if (!row) return;
	noteRow(tx, { loserId, table: 'registration', column: 'person_id', what: 'changed', row });
	if (prepared(sql, 'SELECT 1 FROM registration WHERE person_id = ?').get(winnerId)) {
		const text = 'INSERT INTO registration_former (number, sequence, person_id, registered_on, merged_on) VALUES (?, ?, ?, ?, ?)';
		prepared(sql, text).run(row.number, row.sequence, winnerId, row.registered_on, tx.ctx.today);
		prepared(sql, 'DELETE FROM registration WHERE person_id = ?').run(loserId);
	} else prepared(sql, 'UPDATE registration SET person_id = ? WHERE person_id = ?').run(winnerId, loserId);
}

/** Names of the loser that the winner does not have become former names, kept back from the public. The loser's file keeps them without a present one: lists leave it out. @returns the keys of the names that were added */
export function takeNames(tx: Tx, loserId: string, winnerId: string): string[] {
	const names = (personId: string) =>
		prepared(tx.db.sql, NAMES).all(personId) as { id: string; givenNames: string; familyName: string; toOn: string | null; shown: 0 | 1 }[];
	const before = new Set(names(winnerId).map(({ id }) => id));
	const known = new Set(names(winnerId).map((n) => fold(`${n.givenNames} ${n.familyName}`)));
	for (const { id, givenNames, familyName, toOn, shown } of names(loserId)) {
		if (!known.has(fold(`${givenNames} ${familyName}`)))
			recordFormerName(tx, winnerId, { givenNames, familyName, toOn: toOn ?? tx.ctx.today, isShown: toOn !== null && shown === 1 });
		unindexName(tx, id);
		if (toOn === null) noteRow(tx, { loserId, table: 'person_name', column: 'to_on', what: 'changed', row: { id, to_on: null } });
	}
	prepared(tx.db.sql, 'UPDATE person_name SET to_on = ? WHERE person_id = ? AND to_on IS NULL').run(tx.ctx.today, loserId);
	return names(winnerId).flatMap(({ id }) => (before.has(id) ? [] : [id]));
}

const NAMES =
	'SELECT id, given_names AS givenNames, family_name AS familyName, to_on AS toOn, shown_when_former AS shown FROM person_name WHERE person_id = ? ORDER BY to_on';

type Facts = {
	title: string | null;
	gender: 'woman' | 'man' | 'non-binary' | 'another' | null;
	email: string | null;
	phone: string | null;
	importKey: string | null;
};

/** What the winner's file does not say is taken from the loser's. The office's own id of the loser goes on leading to the winner. @param names added to the winner: noted with it, so that all can be undone */
export function takeFacts(tx: Tx, { loserId, winnerId, names }: { loserId: string; winnerId: string; names: string[] }): void {
	const { sql } = tx.db;
	const facts = (personId: string) => prepared(sql, FACTS).get(personId) as Facts & { bornOn: string | null };
	const [loser, winner] = [facts(loserId), facts(winnerId)];
	const taken: Partial<Facts> = {};
	for (const name of ['title', 'gender', 'email', 'phone', 'importKey'] as const)
		if (winner[name] === null && loser[name] !== null) Object.assign(taken, { [name]: loser[name] });
	noteRow(tx, {
		loserId,
		table: 'person',
		column: 'id',
		what: 'changed',
		row: { taken: Object.keys(taken), bornOn: winner.bornOn === null && loser.bornOn !== null, names },
	});
	if (taken.importKey) prepared(sql, 'UPDATE person SET import_key = NULL WHERE id = ?').run(loserId);
	if (Object.keys(taken).length > 0) changePerson(tx, winnerId, taken);
	if (winner.bornOn === null && loser.bornOn !== null) putBirthDate(tx, winnerId, loser.bornOn);
}

const FACTS = 'SELECT title, gender, email, phone, import_key AS importKey, born_on AS bornOn FROM person WHERE id = ?';

/** Where both have a listing, the loser's is taken down, and its address leads to the winner's. */
export function takeListingAddress(tx: Tx, loserId: string, winnerId: string): void {
	const { sql } = tx.db;
	const listing = (personId: string) =>
		prepared(sql, 'SELECT slug, published_on, withdrawn_on FROM listing WHERE person_id = ?').get(personId) as { slug: string } | undefined;
	const loser = listing(loserId);
	if (!loser || !listing(winnerId)) return;
	noteRow(tx, { loserId, table: 'listing', column: 'slug', what: 'changed', row: loser });
	const text = 'UPDATE listing SET slug = ?, published_on = NULL, withdrawn_on = coalesce(withdrawn_on, ?) WHERE person_id = ?';
	prepared(sql, text).run(`merged-${loserId}`, tx.ctx.today, loserId);
	prepared(sql, 'INSERT INTO listing_former_slug (slug, person_id) VALUES (?, ?) ON CONFLICT (slug) DO UPDATE SET person_id = excluded.person_id').run(
		loser.slug,
		winnerId,
	);
}
