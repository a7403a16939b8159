import { afterAll, describe, expect, test } from 'vitest';
import { listingSlugOf, type Profile, personJsonLd, photoAt, profileAt } from '#features/directory/index.ts';
import { scriptJson } from '#features/directory/json-ld.ts';
import { practiceFacts, registerFacts, sayWhoWhere } from '#features/directory/profile-facts.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { addTherapist, change } from './people.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const ctx = testCtx(emptyRegister(folder.path), '2026-11-22');

const FULL = {
	about: 'CANARY-ABOUT',
	phone: '01632 960123',
	website: 'https://canary.example/',
	feeFromPence: 6000,
	availability: 'taking',
	availabilityConfirmedOn: '2026-11-03',
	confirmedOn: '2026-11-04',
} as const;

function shown(slug: string): Profile {
	const answer = profileAt(ctx, slug);
	if (answer.kind !== 'shown') throw new Error(`${slug} is ${answer.kind}`);
	return answer.profile;
}

describe('a therapist who agreed to everything', () => {
	const { slug, number } = addTherapist(ctx, {
		givenNames: 'Ann',
		familyName: 'Lee',
		level: 'supervisor',
		kinds: ['adult', 'adolescent'],
		gender: 'woman',
		photo: '0190f0f0-0000-7000-8000-000000000000',
		places: [{ practiceName: 'Willow', town: 'Bracknell' }],
		listing: FULL,
	});

	test('has facts with their dates', () => {
		const facts = registerFacts(shown(slug));
		expect(facts).toContainEqual({ label: 'Accredited since', value: '1 January 2024' });
		expect(facts).toContainEqual({ label: 'Supervisor: young people', value: 'Since 1 January 2024', note: 'Valid to 31 December 2027' });
		expect(facts).toContainEqual({ label: 'Core profession', value: 'Health and Care Professions Council', note: 'Registered there, checked 2 March 2026' });
		expect(facts).toContainEqual({ label: 'This page confirmed by the therapist', value: '4 November 2026' });
		expect(facts).toContainEqual({ label: 'Availability confirmed', value: '3 November 2026' });
	});

	test('is told of in one line', () => {
		expect(sayWhoWhere(shown(slug))).toBe('Accredited IPT supervisor in Bracknell');
	});

	test('is found from the register number', () => {
		expect(listingSlugOf(ctx, number)).toBe(slug);
		expect(listingSlugOf(ctx, 'IPT-999999')).toBeNull();
	});

	test('has structured data with credentials, and nothing in it can end the script', () => {
		const data = personJsonLd({ ...shown(slug), name: '</script><script>alert(1)//' }, 'IPT UK', 'https://register.example');
		expect(scriptJson(data)).not.toMatch(/[<>&]/);
		expect(JSON.parse(scriptJson(data))).toMatchObject({
			'@type': 'Person',
			identifier: { value: number },
			hasCredential: [{ '@type': 'EducationalOccupationalCredential', expires: '2027-12-31' }, {}],
		});
	});

	test('has a photo', () => {
		expect(photoAt(ctx, slug)?.file).toBe('0190f0f0-0000-7000-8000-000000000000');
	});
});

describe('consent decides every field', () => {
	const { slug } = addTherapist(ctx, {
		familyName: 'Shy',
		gender: 'woman',
		photo: 'shy.webp',
		consents: ['listing'],
		places: [{ practiceName: 'CANARY-PRACTICE', town: 'CANARYTOWN' }],
		listing: FULL,
	});

	test('only being listed was agreed to: nothing else is in the page, the data or the photo', () => {
		const profile = shown(slug);
		const everything = JSON.stringify([profile, practiceFacts(profile), registerFacts(profile), personJsonLd(profile, 'IPT UK', 'https://x.example')]);
		for (const secret of ['CANARY-ABOUT', '01632', 'canary.example', '6000', 'CANARY-PRACTICE', 'CANARYTOWN', 'woman', 'shy.webp', '2026-11-03', '£60'])
			expect(everything, secret).not.toContain(secret);
		expect(photoAt(ctx, slug)).toBeNull();
	});
});

describe('an address that leads nowhere today', () => {
	test('a former address moves to the present one', () => {
		const { personId, slug } = addTherapist(ctx, { familyName: 'Moved' });
		change(ctx, personId, "INSERT INTO listing_former_slug (slug, person_id) VALUES ('ann-before', ?)", personId);
		expect(profileAt(ctx, 'ann-before')).toEqual({ kind: 'moved', slug });
	});

	test('someone suspended since yesterday is gone, with the number of an entry that says so', () => {
		const { personId, slug, number } = addTherapist(ctx, { familyName: 'Suspended' });
		change(ctx, personId, "INSERT INTO register_order (id, person_id, kind, from_on, public_text) VALUES ('o1', ?, 'suspension', '2026-11-21', 'x')", personId);
		expect(profileAt(ctx, slug)).toEqual({ kind: 'gone', number });
		expect(listingSlugOf(ctx, number)).toBeNull();
	});

	test('someone who left quietly is gone without a number', () => {
		const { personId, slug } = addTherapist(ctx, { familyName: 'Left' });
		change(ctx, personId, "UPDATE membership_period SET ended_on = '2026-10-01', end_reason = 'retired' WHERE person_id = ?", personId);
		expect(profileAt(ctx, slug)).toEqual({ kind: 'gone', number: null });
	});

	test('someone who no longer agrees to be listed never was here', () => {
		const { personId, slug } = addTherapist(ctx, { familyName: 'Unlisted' });
		change(ctx, personId, "UPDATE listing_consent SET withdrawn_at = 1 WHERE person_id = ? AND field = 'listing'", personId);
		expect(profileAt(ctx, slug)).toEqual({ kind: 'unknown' });
	});

	test('an unfit file name is no photo', () => {
		const { slug } = addTherapist(ctx, { familyName: 'Trick', photo: '../register.db' });
		expect(photoAt(ctx, slug)).toBeNull();
	});

	test('a warning in force does not hide someone, and is among what the page shows', () => {
		const { personId, slug } = addTherapist(ctx, { familyName: 'Warned' });
		change(
			ctx,
			personId,
			"INSERT INTO register_order (id, person_id, kind, from_on, to_on, public_text) VALUES ('o2', ?, 'warning', '2026-01-01', '2027-01-01', 'Keep better notes.')",
			personId,
		);
		expect(shown(slug).entry.status.notices).toMatchObject([{ kind: 'warning', publicText: 'Keep better notes.' }]);
	});
});
