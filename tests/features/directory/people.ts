import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { registerNumber } from '#core/register-number.ts';
import {
	CONSENT_FIELDS,
	type ConsentField,
	giveConsent,
	type ListingFacts,
	type PracticePlace,
	refreshFinder,
	writeListing,
	writePlaces,
} from '#features/directory/index.ts';

export type Someone = {
	givenNames: string;
	familyName: string;
	level: 'practitioner' | 'supervisor' | 'trainer';
	kinds: readonly string[];
	gender: string | null;
	photo: string | null;
	consents: readonly ConsentField[];
	listing: Partial<ListingFacts>;
	places: readonly Partial<PracticePlace>[];
};

let sequence = 100;

const LISTING: ListingFacts = {
	about: '',
	website: null,
	phone: null,
	feeFromPence: null,
	feeToPence: null,
	sessionMinutes: null,
	online: false,
	inPerson: true,
	enquiriesOpen: true,
	availability: 'not_said',
	waitingWeeks: null,
	awayUntilOn: null,
	availabilityConfirmedOn: null,
	confirmedOn: null,
	publishedOn: '2024-02-01',
	withdrawnOn: null,
	options: ['adults'],
};

const PLACE: PracticePlace = {
	position: 0,
	practiceName: null,
	town: 'Bracknell',
	district: 'RG12',
	postcode: null,
	nation: 'england',
	latitude: 51.41,
	longitude: -0.75,
	precision: 'district',
	stepFree: false,
};

/** Puts a therapist in good standing on file and lists them; whatever is not given is plain. Returns person, number and slug. */
export function addTherapist(ctx: Ctx, given: Partial<Someone>): { personId: string; number: string; slug: string } {
	const personId = newId();
	sequence += 1;
	const number = registerNumber(sequence);
	commit(ctx, { name: 'test' }, (tx) => {
		const run = (text: string, ...values: unknown[]) => tx.db.sql.prepare(text).run(...values);
		run('INSERT INTO person (id, email, gender, created_at) VALUES (?, ?, ?, 0)', personId, `${sequence}@therapist.example`, given.gender ?? null);
		run(
			'INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, ?)',
			newId(),
			personId,
			given.givenNames ?? 'Ann',
			given.familyName ?? 'Example',
		);
		run("INSERT INTO registration (person_id, number, sequence, registered_on) VALUES (?, ?, ?, '2024-01-01')", personId, number, sequence);
		run("INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on) VALUES (?, ?, 'plus', '2024-01-01', '2027-12-31')", newId(), personId);
		run(
			"INSERT INTO core_profession (id, person_id, body, standing, checked_on, from_on) VALUES (?, ?, 'Health and Care Professions Council', 'registered', '2026-03-02', '2024-01-01')",
			newId(),
			personId,
		);
		for (const kind of given.kinds ?? ['adult']) {
			const awardId = newId();
			run(
				"INSERT INTO award (id, person_id, level, kind, standards_version, awarded_on) VALUES (?, ?, ?, ?, '2024', '2024-01-01')",
				awardId,
				personId,
				given.level ?? 'practitioner',
				kind,
			);
			run("INSERT INTO award_term (id, award_id, from_on, to_on) VALUES (?, ?, '2024-01-01', '2027-12-31')", newId(), awardId);
		}
		record(tx, 'person.created', { type: 'person', id: personId });
		writePlaces(
			tx,
			personId,
			(given.places ?? [{}]).map((place, position) => ({ ...PLACE, position, ...place })),
		);
		writeListing(tx, personId, { ...LISTING, ...given.listing }, []);
		if (given.photo) run('UPDATE listing SET photo = ? WHERE person_id = ?', given.photo, personId);
		giveConsent(tx, personId, given.consents ?? CONSENT_FIELDS, { at: 0, wording: 'test' });
		refreshFinder(tx, personId);
	});
	const slug = ctx.db.sql.prepare('SELECT slug FROM listing WHERE person_id = ?').pluck().get(personId) as string;
	return { personId, number, slug };
}

/** Changes facts behind the page's back and brings the finder in line, as the commands of other features do. */
export function change(ctx: Ctx, personId: string, text: string, ...values: unknown[]): void {
	commit(ctx, { name: 'test' }, (tx) => {
		tx.db.sql.prepare(text).run(...values);
		record(tx, 'person.changed', { type: 'person', id: personId });
		refreshFinder(tx, personId);
	});
}
