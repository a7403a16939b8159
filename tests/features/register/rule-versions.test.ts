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
	const [early, later] = [addDays(CHANGE, -1), CHANGE].map((day) => registerRules(db, day));
	expect([...new Set(later?.awardGraces.map(({ days }) => days))]).toEqual([28, 60]);
	expect(later).toEqual(early);
	const first = accreditedMember(db, 'Early', [{ fromOn: '2021-06-01', toOn: '2026-06-30' }], CHANGE);
	expect([28, 29].map((days) => awardsOn(first, addDays('2026-06-30', days)))).toEqual([1, 0]);
	const late = accreditedMember(db, 'Late', [{ fromOn: '2021-11-01', toOn: '2026-11-01' }], CHANGE);
	expect([60, 61].map((days) => awardsOn(late, addDays('2026-11-01', days)))).toEqual([1, 0]);
});

test('an award that had come to its end by the shorter window is not told again when the longer one begins', () => {
	const ended = accreditedMember(db, 'Ended', [{ fromOn: '2021-09-11', toOn: '2026-09-10' }], CHANGE);
	const days = [28, 29, 45, 52, 59, 60, 61].map((n) => awardsOn(ended, addDays('2026-09-10', n)));
	expect(days).toEqual([1, 0, 0, 0, 0, 0, 0]);
	const across = accreditedMember(db, 'Across', [{ fromOn: '2021-10-21', toOn: '2026-10-20' }], CHANGE);
	expect([28, 29, 60].map((n) => awardsOn(across, addDays('2026-10-20', n)))).toEqual([1, 0, 0]);
});

test('the day from which other rules hold is known, so that what was worked out before it is made anew', () => {
	expect([rulesChangeOn(db, addDays(CHANGE, -1)), rulesChangeOn(db, CHANGE)]).toEqual([CHANGE, null]);
});
