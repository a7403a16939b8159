import { newId } from '#core/ids.ts';
import { registerNumber } from '#core/register-number.ts';
import type { Db } from '#db/client.ts';

let sequence = 500;

/** A listed therapist in good standing from 2024 to the end of 2027, written as bare facts. Returns the person's id. */
export function listTherapist(db: Db, slug: string, changes: { email?: string | null; enquiriesOpen?: boolean; paidToOn?: string } = {}): string {
	const personId = newId();
	const awardId = newId();
	const run = (text: string, ...values: unknown[]) => db.sql.prepare(text).run(...values);
	sequence += 1;
	const email = changes.email === undefined ? `${slug}@therapist.example` : changes.email;
	run('INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)', personId, email);
	run("INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, 'Ann', 'Example')", newId(), personId);
	run("INSERT INTO registration (person_id, number, sequence, registered_on) VALUES (?, ?, ?, '2024-01-01')", personId, registerNumber(sequence), sequence);
	run(
		"INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on) VALUES (?, ?, 'plus', '2024-01-01', ?)",
		newId(),
		personId,
		changes.paidToOn ?? '2027-12-31',
	);
	run(
		"INSERT INTO award (id, person_id, level, kind, standards_version, awarded_on) VALUES (?, ?, 'practitioner', 'adult', '2024', '2024-01-01')",
		awardId,
		personId,
	);
	run("INSERT INTO award_term (id, award_id, from_on, to_on) VALUES (?, ?, '2024-01-01', '2027-12-31')", newId(), awardId);
	run(
		"INSERT INTO listing (person_id, slug, online, enquiries_open, published_on) VALUES (?, ?, 1, ?, '2024-02-01')",
		personId,
		slug,
		changes.enquiriesOpen === false ? 0 : 1,
	);
	run("INSERT INTO listing_consent (person_id, field, wording, given_at) VALUES (?, 'listing', 'test', 0)", personId);
	return personId;
}
