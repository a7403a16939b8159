import { fold } from '#core/text.ts';
import type { Db } from '#db/client.ts';
import { soundsOf } from '#features/membership/index.ts';
import type { Scratch } from './scratch.ts';
import type { Remark, Wanted } from './wanted.ts';

type Known = { name: string; givenNames: string; familyName: string; email: string | null; references: (string | null)[]; postcodes: (string | null)[] };

/** Notes who could be meant twice; `check` is asked about every row that would create someone. */
export type DuplicateWatch = { check(row: number, wanted: Wanted): Remark[] };

/** Watches for people who may be on file, or in the file, already. The people on file are read at the first question only. */
export function watchDuplicates(db: Db, scratch: Scratch): DuplicateWatch {
	let isReady = false;
	return {
		check: (row, wanted) => {
			if (!isReady) for (const person of peopleOnFile(db)) for (const { key } of keysOf(person)) scratch.first(key, person.name);
			isReady = true;
			const holders = new Set<string>();
			const remarks = keysOf(knownOf(wanted)).flatMap(({ key, why }) => {
				const holder = scratch.first(key, `row ${row}`);
				if (holder === null || holders.has(holder)) return [];
				holders.add(holder);
				return [{ column: '', why: `may be the same person as ${holder}: ${why}` }];
			});
			return remarks;
		},
	};
}

/** What makes two people look like one. */
function keysOf(person: Known): { key: string; why: string }[] {
	const name = fold(`${person.givenNames} ${person.familyName}`);
	const keys = person.email ? [{ key: `e ${name} ${person.email}`, why: 'the same name and e-mail' }] : [];
	for (const reference of person.references)
		if (reference) keys.push({ key: `c ${name} ${fold(reference).replaceAll(' ', '')}`, why: 'the same name and core profession number' });
	const initial = fold(person.givenNames).charAt(0);
	const sound = soundsOf(person.familyName)[0] ?? '';
	for (const postcode of person.postcodes)
		if (postcode) keys.push({ key: `p ${initial} ${sound} ${postcode}`, why: 'a name that sounds alike, at the same postcode' });
	return keys;
}

function knownOf(wanted: Wanted): Known {
	return {
		...wanted,
		name: '',
		email: wanted.details.email ?? null,
		references: [wanted.core?.reference ?? null],
		postcodes: [...new Set(wanted.places.map((p) => p?.postcode ?? null))],
	};
}

function* peopleOnFile(db: Db): Generator<Known> {
	const text = `SELECT coalesce(r.number, n.given_names || ' ' || n.family_name || ' (on file)') AS name, n.given_names AS givenNames, n.family_name AS familyName, p.email,
		(SELECT json_group_array(reference) FROM core_profession c WHERE c.person_id = p.id AND c.to_on IS NULL) AS reference,
		(SELECT json_group_array(DISTINCT postcode) FROM practice_place pp WHERE pp.person_id = p.id) AS postcode
		FROM person p JOIN person_name n ON n.person_id = p.id AND n.to_on IS NULL LEFT JOIN registration r ON r.person_id = p.id`;
	for (const row of db.sql.prepare(text).iterate() as IterableIterator<Known & { reference: string; postcode: string }>) {
		yield { ...row, references: JSON.parse(row.reference) as (string | null)[], postcodes: JSON.parse(row.postcode) as (string | null)[] };
	}
}
