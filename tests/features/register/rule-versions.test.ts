import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { factsOf, registerRules, registerStatus, rulesChangeOn } from '#features/register/index.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { accreditedMember } from '#tests/helpers/upkeep.ts';

const CHANGE = '2026-11-01';
let folder: ReturnType<typeof temporaryFolder>;
let db: Db;
beforeEach(() => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
});
afterEach(() => {
	db.sql.close();
	folder.remove();
});

const awardsOn = (person: string, day: string) => {
	const facts = factsOf(db, person);
	return facts ? registerStatus(facts, day, registerRules(db, day)).awards.length : 0;
};

test('the longer late window begins with a version of its own: what the register says of days before it stays as it was', () => {
	expect([addDays(CHANGE, -1), CHANGE].map((day) => registerRules(db, day).awardGraceDays)).toEqual([28, 60]);
	const { awardGraceDays: _, ...before } = registerRules(db, '2020-01-01');
	expect(registerRules(db, CHANGE)).toEqual({ ...before, awardGraceDays: 60 });
	const early = accreditedMember(db, 'Early', [{ fromOn: '2021-06-01', toOn: '2026-06-30' }], CHANGE);
	expect([28, 29].map((days) => awardsOn(early, addDays('2026-06-30', days)))).toEqual([1, 0]);
	const late = accreditedMember(db, 'Late', [{ fromOn: '2021-11-01', toOn: '2026-10-31' }], CHANGE);
	expect([60, 61].map((days) => awardsOn(late, addDays('2026-10-31', days)))).toEqual([1, 0]);
});

test('the day from which other rules hold is known, so that what was worked out before it is made anew', () => {
	expect([rulesChangeOn(db, addDays(CHANGE, -1)), rulesChangeOn(db, CHANGE)]).toEqual([CHANGE, null]);
});
