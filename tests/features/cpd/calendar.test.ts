import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { askToConfirm, calendarAt, calendarSince, dueOf, logSupervision, makeCalendarAddress, revokeCalendarAddress } from '#features/cpd/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { agreed, aRegistrant, session } from './supervised.ts';

type Someone = ReturnType<typeof aRegistrant>;
let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let nobody: Ctx;
let tess: Someone;
let sue: Someone;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	nobody = { ...system, actor: { kind: 'public' } };
	[tess, sue] = [aRegistrant(system, 'Tess'), aRegistrant(system, 'Sue')];
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const words = (of: Someone) => dueOf(system.db, of.id, '2026-11-22').map(({ day, words: said }) => `${day} ${said}`);

describe('what is due', () => {
	test('is the membership, the CPD year, what waits to be confirmed on either side, and insurance', () => {
		expect(words(tess)).toEqual(['2026-12-31 Renew your membership', '2027-03-31 Your CPD year ends']);
		const relation = agreed(tess, sue);
		logSupervision(tess.ctx, session(relation));
		expect(words(tess)).toContain('2026-11-30 Ask for your supervision to be confirmed');
		expect(words(sue)).toContain('2026-11-30 Confirm supervision');
		askToConfirm(tess.ctx, relation);
		expect(words(tess).join()).not.toContain('Ask for');
		expect(words(sue)).toContain('2026-12-05 Confirm supervision');
		expect(dueOf(system.db, tess.id, '2027-04-03').map((due) => due.words)).toEqual(['Declare your CPD year']);
	});
});

describe('the calendar’s address', () => {
	test('gives whole days with general words, in any time zone, and no name', () => {
		const text = calendarAt(nobody, makeCalendarAddress(tess.ctx));
		expect(text).toContain('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n');
		expect(text.match(/DTSTART;VALUE=DATE:\d{8}\r\n/g)).toEqual(['DTSTART;VALUE=DATE:20261231\r\n', 'DTSTART;VALUE=DATE:20270331\r\n']);
		expect(text.match(/SUMMARY:.*/g)).toEqual(['SUMMARY:Renew your membership', 'SUMMARY:Your CPD year ends']);
		expect(text).not.toMatch(/Tess|TZID|VTIMEZONE|IPT-\d/);
		expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
	});

	test('keeps the name of each thing, so that a calendar does not hold it twice', () => {
		const token = makeCalendarAddress(tess.ctx);
		const uids = (of: Ctx) => calendarAt(of, token).match(/UID:.*/g);
		expect(uids({ ...nobody, now: nobody.now + 3_600_000 })).toEqual(uids(nobody));
		expect(new Set(uids(nobody)).size).toBe(2);
	});

	test('leads nowhere once revoked, replaced, altered or unknown; and is stored as a hash', () => {
		const [first, second] = [makeCalendarAddress(tess.ctx), makeCalendarAddress(tess.ctx)];
		for (const token of [first, second.slice(1), `${second}A`, second.toLowerCase(), '', "' OR 1=1 --"])
			expect(() => calendarAt(nobody, token), token).toThrowError(expect.objectContaining({ status: 404 }));
		expect(calendarAt(nobody, second)).toContain('BEGIN:VEVENT');
		expect(JSON.stringify(system.db.sql.prepare('SELECT * FROM calendar_feed').all())).not.toContain(second);
		revokeCalendarAddress(tess.ctx);
		revokeCalendarAddress(tess.ctx);
		expect(calendarSince(tess.ctx)).toBeNull();
		expect(() => calendarAt(nobody, second)).toThrowError(expect.objectContaining({ status: 404 }));
		expect(system.db.sql.prepare("SELECT kind FROM audit_event WHERE kind LIKE 'calendar.%' ORDER BY seq").pluck().all()).toEqual([
			'calendar.address_made',
			'calendar.address_made',
			'calendar.address_revoked',
		]);
	});
});
