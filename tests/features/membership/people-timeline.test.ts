import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { askAboutData, changeName, changePerson, noteFileRead, personFile, timelineOf } from '#features/membership/index.ts';
import { as, invoiceTo } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { changesIn } from '../../../src/features/membership/people-timeline-words.ts';
import { officer, putPerson } from './people.ts';

let register: TestRegister;
let ctx: Ctx;
let asOfficer: Ctx;
let ann: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	ann = putPerson(ctx, { email: 'ann@example.org' });
	asOfficer = officer(ctx);
});
afterEach(() => register.close());

describe('the timeline of a person', () => {
	test('says who did what, when and why, and what it was before and after', () => {
		commit(asOfficer, { name: 'correct the telephone', reason: 'told by letter' }, (tx) => changePerson(tx, ann, { phone: '020 7946 0001' }));
		expect(timelineOf(asOfficer, ann, null).events[0]).toEqual({
			seq: expect.any(Number),
			what: 'Facts about a person were changed',
			when: '22 November 2026 at 12:00',
			who: 'Olive Officer',
			why: 'told by letter',
			changes: [
				{ label: 'Fields', before: null, after: 'phone' },
				{ label: 'Phone', before: '–', after: '020 7946 0001' },
			],
			personal: 'shown',
		});
	});

	test('holds their invoices too, in one order', () => {
		invoiceTo(ctx, ann);
		commit(ctx, { name: 'test' }, (tx) => changeName(tx, ann, { givenNames: 'Ann', familyName: 'Bell' }, { on: '2026-11-01', formerIsShown: false }));
		const { events } = timelineOf(asOfficer, ann, null);
		expect(events.slice(0, 2).map((e) => e.what)).toEqual(['A person took a new name', 'An invoice was issued']);
		expect(events.map((e) => e.seq)).toEqual([...events.map((e) => e.seq)].sort((a, b) => b - a));
	});

	test('holds what became of their requests about personal data', () => {
		askAboutData(as(ctx, ann), { kind: 'erasure', said: 'Please delete my telephone number.', repeatKey: 'ask-12345678' });
		askAboutData(as(ctx, putPerson(ctx, { family: 'Other' })), { kind: 'erasure', said: 'Mine too.', repeatKey: 'ask-87654321' });
		const said = timelineOf(asOfficer, ann, null).events.filter((e) => e.what.includes('their data'));
		expect(said.map((e) => e.what)).toEqual(['A person asked for their data to be put right or erased']);
	});

	test('comes fifty at a time, each event once', () => {
		for (let i = 0; i < 120; i += 1) commit(ctx, { name: 'test' }, (tx) => changePerson(tx, ann, { phone: `0${i}` }));
		const seen: number[] = [];
		for (let before: number | null = null, pages = 0; pages < 5; pages += 1) {
			const { events, next }: ReturnType<typeof timelineOf> = timelineOf(asOfficer, ann, before);
			seen.push(...events.map((e) => e.seq));
			if (next === null) break;
			before = next;
		}
		const all = ctx.db.sql.prepare("SELECT count(*) FROM audit_event WHERE subject_type = 'person' AND subject_id = ?").pluck().get(ann);
		expect([seen.length, new Set(seen).size]).toEqual([all, all]);
	});

	test('shows a reviewer from outside that personal values exist, not what they are; and erased ones as erased', () => {
		const reviewer = as(ctx, putPerson(ctx, { family: 'Reviewer' }), 'external_reviewer');
		const { events } = timelineOf(reviewer, ann, null);
		expect(events.map((e) => e.personal)).toContain('hidden');
		expect(JSON.stringify(events)).not.toContain('ann@example.org');
		expect(personFile(reviewer, ann)).toMatchObject({ isRedacted: true, email: null, phone: null, bornOn: null, name: 'Ann Lee' });
		ctx.db.sql.exec('DELETE FROM audit_personal');
		expect(timelineOf(asOfficer, ann, null).events.map((e) => e.personal)).not.toContain('shown');
		expect(timelineOf(asOfficer, ann, null).events.map((e) => e.personal)).toContain('erased');
	});

	test('holds that the file was read: once a reader and day', () => {
		noteFileRead(asOfficer, ann);
		noteFileRead(asOfficer, ann);
		noteFileRead({ ...asOfficer, today: '2026-11-23' }, ann);
		expect(timelineOf(asOfficer, ann, null).events.filter((e) => e.what.includes('opened a person’s file'))).toHaveLength(2);
	});

	test('is closed to everyone else', () => {
		for (const role of ['finance', 'member', 'assessor', 'committee'] as const) {
			const who = as(ctx, ann, role);
			expect(() => timelineOf(who, ann, null)).toThrow('does not allow');
			expect(() => personFile(who, ann)).toThrow('does not allow');
			expect(() => noteFileRead(who, ann)).toThrow('does not allow');
		}
	});
});

describe('what an event says', () => {
	test('is words: days, yes and no, lists, codes; keys of records say nothing', () => {
		const data = { on: '2026-11-22', isShown: true, standing: 'could_not_check', terms: [{ fromOn: '2026-01-01' }], checkId: 'x', note: null };
		expect(changesIn(JSON.stringify(data), null)).toEqual([
			{ label: 'On', before: null, after: '22 November 2026' },
			{ label: 'Is shown', before: null, after: 'yes' },
			{ label: 'Standing', before: null, after: 'could not check' },
			{ label: 'Terms', before: null, after: 'from on 1 January 2026' },
		]);
		expect(changesIn('[1,2]', '"text"')).toEqual([]);
	});
});
