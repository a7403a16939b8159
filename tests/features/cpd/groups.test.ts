import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import {
	addMeeting,
	beginGroup,
	deleteEntry,
	endGroup,
	groupPageForm,
	groupsOf,
	occasionOf,
	ownEntry,
	restoreEntry,
	sayOccasion,
} from '#features/cpd/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { aMember, asOn, asPerson } from './members.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let ann: Ctx;
let annId: string;
let bob: Ctx;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	annId = aMember(system, 'Ann');
	ann = asPerson(system, annId);
	bob = asPerson(system, aMember(system, 'Bob'));
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const MONTHLY = {
	title: 'Peer group',
	every: 'month' as const,
	long: 90,
	category: 'peer_group_case_discussion' as const,
	isIpt: true,
	repeatKey: 'one-form-key',
};
const count = () => system.db.sql.prepare('SELECT count(*) FROM cpd_entry WHERE deleted_at IS NULL').pluck().get();

describe('a group that meets regularly', () => {
	test('is noted once, however often its form is sent', () => {
		expect(beginGroup(ann, MONTHLY)).toBe(beginGroup(ann, MONTHLY));
		expect(groupsOf(ann, annId)).toMatchObject([{ title: 'Peer group', minutes: 90, isIpt: true, addedAs: null }]);
	});

	test('gives this month’s meeting by one tap; a second tap finds it', () => {
		const group = beginGroup(ann, MONTHLY);
		const entry = addMeeting(ann, group, '2026-11');
		expect(addMeeting(ann, group, '2026-11')).toBe(entry);
		expect(count()).toBe(1);
		expect(ownEntry(ann, annId, entry)).toMatchObject({ title: 'Peer group', doneOn: '2026-11-22', minutes: 90, isIpt: true, isDraft: false });
		expect(groupsOf(ann, annId)[0]?.addedAs).toBe(entry);
		const december = asPerson(asOn(system, '2026-12-03'), annId);
		expect(addMeeting(december, group, '2026-12')).not.toBe(entry);
		expect(() => addMeeting(december, group, '2026-11')).toThrow('by hand');
	});

	test('may be tapped again after its entry was deleted, which then cannot come back beside it', () => {
		const group = beginGroup(ann, MONTHLY);
		const first = addMeeting(ann, group, '2026-11');
		deleteEntry(ann, first, 1);
		const second = addMeeting(ann, group, '2026-11');
		expect(() => restoreEntry(ann, first)).toThrow('added again meanwhile');
		deleteEntry(ann, second, 1);
		restoreEntry(ann, first);
		expect(count()).toBe(1);
	});

	test('ends, and what was logged stays', () => {
		const group = beginGroup(ann, MONTHLY);
		addMeeting(ann, group, '2026-11');
		endGroup(ann, group);
		endGroup(ann, group);
		expect(groupsOf(ann, annId)).toEqual([]);
		expect(() => addMeeting(ann, group, '2026-11')).toThrow('by hand');
		expect(count()).toBe(1);
	});

	test('of someone else is not even there', () => {
		const group = beginGroup(ann, MONTHLY);
		expect(() => addMeeting(bob, group, '2026-11')).toThrow('no such group');
		expect(() => endGroup(bob, group)).toThrow('no such group');
	});

	test('has a form that says what to mend', () => {
		const told = groupPageForm.safeParse({ title: '', every: 'day', long: '2,5', category: '' });
		expect(told.success ? [] : told.error.issues.map((i) => i.path[0])).toEqual(['title', 'every', 'long', 'category']);
	});
});

describe('weeks and months', () => {
	test('are those of the calendar: weeks from Monday, as ISO counts them', () => {
		expect(['2026-11-22', '2026-11-23', '2027-01-01', '2024-12-30', '2021-01-03'].map((day) => occasionOf('week', day))).toEqual([
			'2026-W47',
			'2026-W48',
			'2026-W53',
			'2025-W01',
			'2020-W53',
		]);
		expect(occasionOf('month', '2026-11-22')).toBe('2026-11');
		expect(sayOccasion('month', '2026-11-22')).toBe('November 2026’s meeting');
		expect(sayOccasion('week', '2026-11-22')).toBe('this week’s meeting (from 16 November 2026)');
	});

	test('change every seventh day', () => {
		fc.assert(
			fc.property(fc.integer({ min: -2000, max: 20_000 }), (n) => {
				const week = Array.from({ length: 8 }, (_, i) => occasionOf('week', addDays('2026-11-16', n * 7 + i)));
				expect(new Set(week.slice(0, 7)).size).toBe(1);
				expect(week[7]).not.toBe(week[0]);
			}),
		);
	});
});
