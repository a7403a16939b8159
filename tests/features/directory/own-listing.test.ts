import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Actor, Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import type { Db } from '#db/client.ts';
import {
	answerAvailability,
	askAvailability,
	availabilityLink,
	decideListingRequest,
	listingRequests,
	ownListing,
	type PracticePlace,
	previewOwnListing,
	profileAt,
	publishListing,
	refreshFinder,
	saveSection,
	takeListingDown,
} from '#features/directory/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

const TODAY = '2026-11-22';
let folder: ReturnType<typeof temporaryFolder>;
let db: Db;
let ann: string;
let member: Ctx;
beforeEach(() => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
	ann = listTherapist(db, 'ann-example');
	member = as(ann);
	commit(testCtx(db, TODAY), { name: 'test' }, (tx) => {
		refreshFinder(tx, ann);
		record(tx, 'listing.written', { type: 'person', id: ann });
	});
});
afterEach(() => {
	db.sql.close();
	folder.remove();
});

function as(personId: string, ...roles: Extract<Actor, { kind: 'person' }>['roles']): Ctx {
	const base = testCtx(db, TODAY);
	return { ...base, actor: { kind: 'person', personId, accountId: newId(), roles, level: 2, provedAt: base.now } };
}

const leeds = (practiceName: string | null): PracticePlace => ({
	position: 0,
	practiceName,
	town: 'Leeds',
	district: 'LS1',
	postcode: 'LS1 4AP',
	nation: 'England',
	latitude: 53.8,
	longitude: -1.55,
	precision: 'postcode',
	stepFree: true,
});
const inFinder = () => db.sql.prepare('SELECT count(*) FROM finder WHERE person_id = ?').pluck().get(ann);

describe('a member’s own listing', () => {
	test('is saved by sections, live at once, and only what they agreed to show is shown', () => {
		saveSection(member, { version: 1, facts: { about: 'CANARY', phone: '01632 960001' }, shows: { about: true, phone: false } });
		const answer = profileAt(member, 'ann-example');
		expect(answer.kind).toBe('shown');
		expect(answer.kind === 'shown' && [answer.profile.listing.about, answer.profile.listing.phone]).toEqual(['CANARY', null]);
	});

	test('is not overwritten from a page that was opened before the last change', () => {
		saveSection(member, { version: 1, facts: { about: 'first' } });
		expect(() => saveSection(member, { version: 1, facts: { about: 'second' } })).toThrow('another window');
		expect(ownListing(member).facts.about).toBe('first');
	});

	test('keeps what another section holds', () => {
		saveSection(member, { version: 1, facts: { options: ['adults', 'fund:self'] }, shows: { fees: true } });
		saveSection(member, { version: 2, facts: { about: 'x' } });
		const { facts, shows } = ownListing(member);
		expect([facts.options, shows.has('fees'), facts.online]).toEqual([['adults', 'fund:self'], true, true]);
	});

	test('asks an officer first about a new website and a new name of a practice, and is live without them', () => {
		const waits = saveSection(member, { version: 1, facts: { website: 'https://new.example/', about: 'live' } });
		expect([waits, ownListing(member).facts.website, ownListing(member).facts.about]).toEqual([['website'], null, 'live']);
		expect(saveSection(member, { version: 2, places: [leeds('The Miracle Cure Centre')] })).toEqual(['practice_names']);
		expect(ownListing(member).places[0]?.practiceName).toBeNull();
		const officer = as(newId(), 'membership_officer');
		for (const request of listingRequests(officer))
			decideListingRequest(officer, request.id, { isApproved: request.field === 'website', word: 'Promises too much' });
		const after = ownListing(member);
		expect([after.facts.website, after.places[0]?.practiceName, after.requests.map((r) => [r.field, r.decision, r.word])]).toEqual([
			'https://new.example/',
			null,
			[['practice_names', 'sent_back', 'Promises too much']],
		]);
	});

	test('has its changes looked at by officers only, never by the member, and once', () => {
		saveSection(member, { version: 1, facts: { website: 'https://new.example/' } });
		const [request] = listingRequests(as(newId(), 'registrar'));
		const id = request?.id ?? '';
		expect(() => listingRequests(member)).toThrow();
		expect(() => listingRequests(as(newId(), 'finance', 'administrator'))).toThrow();
		expect(() => decideListingRequest(as(ann, 'membership_officer'), id, { isApproved: true, word: '' })).toThrow('Somebody else');
		decideListingRequest(as(newId(), 'registrar'), id, { isApproved: true, word: '' });
		expect(() => decideListingRequest(as(newId(), 'registrar'), id, { isApproved: false, word: 'x' })).toThrow('meantime');
	});
});

describe('publishing', () => {
	test('takes a listing down at once and puts it back, with its own agreement each time', () => {
		expect(inFinder()).toBe(1);
		takeListingDown(member);
		expect([inFinder(), profileAt(member, 'ann-example').kind]).toEqual([0, 'unknown']);
		publishListing(member);
		expect([inFinder(), profileAt(member, 'ann-example').kind]).toEqual([1, 'shown']);
		const given = db.sql.prepare("SELECT count(*) FROM listing_consent WHERE person_id = ? AND field = 'listing'").pluck().get(ann);
		expect(given).toBe(2);
	});

	test.each([
		['whose membership has lapsed', (id: string) => db.sql.prepare("UPDATE membership_period SET paid_to_on = '2025-12-31' WHERE person_id = ?").run(id)],
		[
			'who is suspended',
			(id: string) =>
				db.sql.prepare("INSERT INTO register_order (id, person_id, kind, from_on, public_text) VALUES (?, ?, 'suspension', '2026-01-01', '')").run(newId(), id),
		],
		['who works neither in person nor online', (id: string) => db.sql.prepare('UPDATE listing SET online = 0, in_person = 0 WHERE person_id = ?').run(id)],
		[
			'whose award ran out',
			(id: string) => db.sql.prepare("UPDATE award_term SET to_on = '2025-01-31' WHERE award_id IN (SELECT id FROM award WHERE person_id = ?)").run(id),
		],
	])('is refused to someone %s, and says why', (_, change) => {
		takeListingDown(member);
		change(ann);
		expect(() => publishListing(member)).toThrow(/standing|in person/);
		expect(inFinder()).toBe(0);
	});

	test('is shown beforehand exactly as it will be, and the preview leaves nothing behind', () => {
		takeListingDown(member);
		saveSection(member, { version: ownListing(member).version, facts: { about: 'Seen soon' }, shows: { about: true } });
		const events = db.sql.prepare('SELECT count(*) FROM audit_event').pluck().get();
		const preview = previewOwnListing(member);
		expect([preview?.profile.listing.about, inFinder(), profileAt(member, 'ann-example').kind]).toEqual(['Seen soon', 0, 'unknown']);
		expect(db.sql.prepare('SELECT count(*) FROM audit_event').pluck().get()).toBe(events);
		publishListing(member);
		const live = profileAt(member, 'ann-example');
		const withoutDays = (listing: object | undefined) => ({ ...listing, publishedOn: null, confirmedOn: null });
		const shown = withoutDays(live.kind === 'shown' ? live.profile.listing : undefined);
		const promised = withoutDays(preview?.profile.listing);
		expect(shown).toHaveProperty('about', 'Seen soon');
		expect(promised).toEqual(shown);
	});
});

describe('the monthly question about new clients', () => {
	const mails = () =>
		db.sql.prepare("SELECT to_address AS address, body FROM outbox WHERE kind = 'listing.availability'").all() as { address: string; body: string }[];
	const token = (n = 0) => /availability\/([\w-]+)/.exec(mails()[n]?.body ?? '')?.[1] ?? '';
	const onDay = (day: string): Ctx => ({ ...testCtx(db, day) });

	test('goes once a month to whoever can be found', () => {
		expect([askAvailability(onDay('2026-11-02')), askAvailability(onDay('2026-11-02')), askAvailability(onDay('2026-11-30'))]).toEqual([1, 0, 0]);
		expect(askAvailability(onDay('2026-12-01'))).toBe(1);
		expect(mails()).toHaveLength(2);
	});

	test('is not begun late in a month, when the next one is near', () => {
		expect(askAvailability(onDay(TODAY))).toBe(0);
	});

	test('is not asked of someone whose listing is down', () => {
		takeListingDown(member);
		expect(askAvailability(onDay('2026-11-02'))).toBe(0);
	});

	test('is answered by its link, which confirms the day', () => {
		askAvailability(onDay('2026-11-02'));
		answerAvailability(onDay('2026-11-25'), token(), { availability: 'waiting', waitingWeeks: 6, awayUntil: null });
		const { facts } = ownListing(member);
		expect([facts.availability, facts.waitingWeeks, facts.availabilityConfirmedOn]).toEqual(['waiting', 6, '2026-11-25']);
	});

	test('works by the newest link only, and by no other text', () => {
		askAvailability(onDay('2026-11-02'));
		askAvailability(onDay('2026-12-01'));
		for (const wrong of [token(0), `${token(1)}x`, token(1).toLowerCase(), '', 'ann-example'])
			expect(() => availabilityLink(onDay('2026-12-02'), wrong), wrong).toThrow('no longer works');
		expect(availabilityLink(onDay('2026-12-02'), token(1)).personId).toBe(ann);
	});
});
