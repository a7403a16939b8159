import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import {
	type ActivityInput,
	activityForm,
	changeEntry,
	cpdStandingOf,
	deletedEntries,
	deleteEntry,
	draftsOf,
	logActivity,
	logOf,
	ownEntry,
	purgeDeletedEntries,
	recordCpdTotal,
	restoreEntry,
} from '#features/cpd/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { aMember, asOn, asPerson, TYPED } from './members.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let ann: Ctx;
let bob: Ctx;
let annId: string;
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

let keys = 0;
function typed(changes: Record<string, string> = {}, full = false): ActivityInput {
	keys += 1;
	return activityForm(ann.today, full).parse({ ...TYPED, repeatKey: `key-number-${keys}`, ...changes });
}
const refusal = (changes: Record<string, string>, full = false) => {
	const result = activityForm(ann.today, full).safeParse({ ...TYPED, ...changes });
	return result.success ? [] : result.error.issues.map((issue) => [issue.path[0], issue.message]);
};
const kinds = () => system.db.sql.prepare("SELECT kind FROM audit_event WHERE kind LIKE 'cpd.%' ORDER BY seq").pluck().all();
const count = () => system.db.sql.prepare('SELECT count(*) FROM cpd_entry').pluck().get();
const read = (of: Ctx, id: string) => ownEntry(of, of.actor.kind === 'person' ? of.actor.personId : '', id);

describe('the form of an activity', () => {
	test('takes what, when, how long and kind, and knows by the kind whether it is about IPT', () => {
		expect(typed().activity).toMatchObject({ title: 'A day on grief', doneOn: '2026-11-22', minutes: 150, category: 'ipt_training_event', isIpt: true });
		expect(typed({ category: 'edi' }).activity.isIpt).toBe(false);
	});

	test.each([
		[{ title: ' ' }, 'title', /what you did/],
		[{ title: 'x'.repeat(201) }, 'title', /200 characters/],
		[{ on: '', 'other-day': '31', 'other-month': '02', 'other-year': '2026' }, 'other', /not a day in the calendar/],
		[{ 'other-day': '23', 'other-month': '11', 'other-year': '2026' }, 'other', /still to come/],
		[{ on: '2026-11-23' }, 'on', /still to come/],
		[{ on: 'other' }, 'other', /which day/],
		[{ on: '2026-02-31' }, 'on', /which day/],
		[{ 'other-day': '1', 'other-month': '1', 'other-year': '2006' }, 'other', /ten years/],
		[{ 'other-day': '1' }, 'other', /lacks the month/],
		[{ long: '-1' }, 'long', /less than nothing/],
		[{ long: '25' }, 'long', /25 min/],
		[{ long: '2,5' }, 'long', /2\.5/],
		[{ long: '1e3' }, 'long', /in full/],
		[{ long: '' }, 'long', /how long/],
		[{ category: 'parties' }, 'category', /kind/],
	] as [Record<string, string>, string, RegExp][])('says what to mend for %j', (changes, field, message) => {
		const told = refusal(changes);
		expect(told.map(([f]) => f)).toEqual([field]);
		expect(told[0]?.[1]).toMatch(message);
	});

	test('names everything at once', () =>
		expect(refusal({ title: '', on: '', long: 'x', category: '' }).map(([f]) => f)).toEqual(['title', 'on', 'long', 'category']));

	test('lets a day that was typed win over the quick choices', () => {
		expect(typed({ 'other-day': '1', 'other-month': 'Nov', 'other-year': '26' }).activity.doneOn).toBe('2026-11-01');
	});

	test('lets a draft leave out anything but everything, and nothing unreadable in', () => {
		const draft = { as: 'draft', title: 'Later', on: 'other', long: '', category: '' };
		expect(typed(draft)).toMatchObject({ isDraft: true, activity: { title: 'Later', doneOn: null, minutes: null, category: null } });
		expect(refusal({ ...draft, title: '' })).toEqual([['title', expect.stringMatching(/nothing to keep/)]]);
		expect(refusal({ ...draft, long: '2,5' })).toEqual([['long', expect.stringMatching(/point/)]]);
	});

	test('lets an activity of several days be longer than a day', () => {
		const days = { 'began-day': '20', 'began-month': '11', 'began-year': '2026', long: '30' };
		expect(typed(days, true).activity).toMatchObject({ beganOn: '2026-11-20', doneOn: '2026-11-22', minutes: 1800 });
		expect(refusal({ ...days, 'began-day': '23' })).toMatchObject([
			['began', expect.stringMatching(/not be after/)],
			['long', expect.anything()],
		]);
	});
});

describe('an activity', () => {
	test('is in the log, counts at once and leaves no words of its own in the audit', () => {
		logActivity(ann, typed());
		expect(logOf(ann, annId, { year: null, category: null, page: 1 })).toMatchObject({
			count: 1,
			minutes: 150,
			iptMinutes: 150,
			entries: [{ title: 'A day on grief' }],
		});
		expect(cpdStandingOf(ann, annId).rules.find((r) => r.key === 'minutes')?.have).toBe(150);
		expect(kinds()).toEqual(['cpd.activity_logged']);
		expect(JSON.stringify(system.db.sql.prepare('SELECT data FROM audit_event').all())).not.toContain('grief');
	});

	test('is there once when its form comes twice, and twice when something else was typed after going back', () => {
		const first = logActivity(ann, typed({ repeatKey: 'the-same-key' }));
		expect(logActivity(ann, typed({ repeatKey: 'the-same-key' }))).toBe(first);
		expect(count()).toBe(1);
		logActivity(ann, typed({ repeatKey: 'the-same-key', title: 'Another' }));
		expect(count()).toBe(2);
		// Two members may well be given forms with one key; they never get each other's entry.
		expect(logActivity(bob, typed({ repeatKey: 'the-same-key' }))).not.toBe(first);
	});

	test('of someone else is not even there', () => {
		const id = logActivity(ann, typed());
		const theirs = () => read(bob, id);
		expect(theirs).toThrow('no such entry');
		expect(() => ownEntry(bob, annId, id)).toThrow('no such entry');
		expect(() => changeEntry(bob, id, { ...typed(), version: 1 })).toThrow('no such entry');
		expect(() => deleteEntry(bob, id, 1)).toThrow('no such entry');
		expect(() => restoreEntry(bob, id)).toThrow('no such entry');
		expect(() => cpdStandingOf(bob, annId)).toThrow('no such entry');
		expect(logOf(bob, annId, { year: null, category: null, page: 1 }).count).toBe(0);
		expect([draftsOf(bob, annId), deletedEntries(bob, annId)]).toEqual([[], []]);
		expect(read(ann, id).version).toBe(1);
	});

	test('needs somebody who is signed in', () => expect(() => logActivity(system, typed())).toThrow('Sign in'));

	test('is changed by the version that was seen; a second window gets a conflict and changes nothing', () => {
		const id = logActivity(ann, typed());
		changeEntry(ann, id, { ...typed({ title: 'First window', learned: 'Much' }, true), version: 1 });
		expect(() => changeEntry(ann, id, { ...typed({ title: 'Second window' }, true), version: 1 })).toThrow('another window');
		expect(read(ann, id)).toMatchObject({ title: 'First window', learned: 'Much', version: 2 });
		changeEntry(ann, id, { ...typed({ title: 'Second window' }, true), version: 2 });
		expect(read(ann, id)).toMatchObject({ title: 'Second window', version: 3 });
	});

	test('that may show who a client is stops once, before anything is stored', () => {
		const told = { title: 'Case of John Smith, born 3 May 1984', category: 'edi' };
		expect(() => logActivity(ann, typed(told))).toThrow('date of birth');
		expect(count()).toBe(0);
		logActivity(ann, typed({ ...told, checked: 'yes' }));
		expect(count()).toBe(1);
	});

	test('is repeated with what the four questions do not ask', () => {
		const id = logActivity(ann, typed());
		changeEntry(ann, id, { ...typed({ provider: 'The north group', mode: 'online', isSkills: 'yes' }, true), version: 1 });
		const again = logActivity(ann, typed({ repeats: id }));
		expect(read(ann, again)).toMatchObject({ provider: 'The north group', mode: 'online', isSkills: true, isIpt: false });
		expect(read(bob, logActivity(bob, typed({ repeats: id })))).toMatchObject({ provider: '' });
	});
});

describe('a draft', () => {
	test('does not count until it is finished, and then does not turn back', () => {
		const id = logActivity(ann, typed({ as: 'draft', long: '' }));
		expect(draftsOf(ann, annId).map((d) => d.id)).toEqual([id]);
		expect(cpdStandingOf(ann, annId).notLookedAt).toEqual([{ id, why: 'draft' }]);
		expect(logOf(ann, annId, { year: null, category: null, page: 1 }).count).toBe(0);
		changeEntry(ann, id, { ...typed({}, true), version: 1 });
		expect(cpdStandingOf(ann, annId).notLookedAt).toEqual([]);
		expect(() => changeEntry(ann, id, { ...typed({ as: 'draft' }, true), version: 2 })).toThrow('counts already');
		expect(kinds()).toEqual(['cpd.draft_kept', 'cpd.entry_changed']);
	});
});

describe('a deleted entry', () => {
	test('does not count, comes back as it was, and either twice is the same as once', () => {
		const id = logActivity(ann, typed());
		deleteEntry(ann, id, 1);
		deleteEntry(ann, id, 1);
		expect(cpdStandingOf(ann, annId).rules[0]?.have).toBe(0);
		expect(deletedEntries(ann, annId).map((e) => e.id)).toEqual([id]);
		restoreEntry(ann, id);
		restoreEntry(ann, id);
		expect(read(ann, id)).toMatchObject({ deletedAt: null, version: 3 });
		expect(kinds()).toEqual(['cpd.activity_logged', 'cpd.entry_deleted', 'cpd.entry_restored']);
	});

	test('comes back with what was typed in another window, for whoever saw that it was deleted', () => {
		const id = logActivity(ann, typed());
		deleteEntry(ann, id, 1);
		expect(() => changeEntry(ann, id, { ...typed({ title: 'Still here' }, true), version: 1 })).toThrow('deleted this entry');
		changeEntry(ann, id, { ...typed({ title: 'Still here' }, true), version: 2 });
		expect(read(ann, id)).toMatchObject({ title: 'Still here', deletedAt: null });
	});

	test('is not deleted over what another window wrote', () => {
		const id = logActivity(ann, typed());
		changeEntry(ann, id, { ...typed({}, true), version: 1 });
		expect(() => deleteEntry(ann, id, 1)).toThrow('another window');
	});

	test('is gone for good after 30 days and not a day sooner', () => {
		const id = logActivity(ann, typed());
		deleteEntry(ann, id, 1);
		expect(purgeDeletedEntries(asOn(system, addDays(system.today, 29)))).toBe(0);
		expect(purgeDeletedEntries(asOn(system, addDays(system.today, 30)))).toBe(1);
		expect(() => read(ann, id)).toThrow('no such entry');
		expect(purgeDeletedEntries(asOn(system, addDays(system.today, 31)))).toBe(0);
	});
});

describe('a total brought forward', () => {
	const total = { from: '2026-04-01', to: '2026-10-31', minutes: 900, iptMinutes: 240, source: 'Join It export' };
	const bring = (changes = {}) =>
		commit(system, { name: 'test' }, (tx) => {
			const result = recordCpdTotal(tx, annId, { ...total, ...changes });
			tx.recorded += 1;
			return result;
		});

	test('counts for hours, is marked, and the same file again changes nothing', () => {
		const first = bring();
		expect(bring()).toEqual({ id: first.id, isChanged: false });
		expect(bring({ minutes: 960 })).toEqual({ id: first.id, isChanged: true });
		const have = Object.fromEntries(cpdStandingOf(ann, annId).rules.map((r) => [r.key, r.have]));
		expect(have).toMatchObject({ minutes: 960, iptMinutes: 240, activities: 0, reflections: 0 });
		expect(read(ann, first.id)).toMatchObject({ kind: 'brought_forward', source: 'Join It export' });
	});

	test('is not the member’s to change or delete', () => {
		const { id } = bring();
		expect(() => changeEntry(ann, id, { ...typed({}, true), version: 1 })).toThrow('brought forward by the office');
		expect(() => deleteEntry(ann, id, 1)).toThrow('brought forward by the office');
	});
});

describe('a year that was declared', () => {
	beforeEach(() => {
		const text = `INSERT INTO cpd_year (id, person_id, from_on, to_on, rules_version, is_met, explanation, content, digest, declared_at)
			VALUES ('y', ?, '2025-04-01', '2026-03-31', '2026-1', 1, '', '{}', 'd', 0)`;
		system.db.sql.prepare(text).run(annId);
	});

	test('takes nothing in any more, whoever asks and however', () => {
		const into = { on: '2026-03-31' };
		expect(() => logActivity(ann, typed(into))).toThrow('declared');
		const id = logActivity(ann, typed());
		expect(() => changeEntry(ann, id, { ...typed(into, true), version: 1 })).toThrow('declared');
		logActivity(bob, typed(into));
		expect(logActivity(ann, typed({ ...into, as: 'draft' }))).toBeTruthy();
	});
});
