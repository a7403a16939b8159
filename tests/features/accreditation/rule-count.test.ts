import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { type CountRule, candidatesFor, countOf, saveSection, sayRuleCount } from '#features/accreditation/index.ts';
import { confirmSessions, logSupervision, waitingIn } from '#features/cpd/index.ts';
import { giveAward } from '#features/register/index.ts';
import { rateRecording, recordAttendance, signReport } from '#features/training/index.ts';
import { aPerson, filledDraft, putStandards } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { agreed, aRegistrant, session } from '../cpd/supervised.ts';
import { aCase, aCourse, list, rating, report } from '../training/records.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	putStandards(system);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const rule = (counts: CountRule['counts'], of: CountRule['of'] = null): CountRule => ({ counts, of, atLeast: 4, source: '', isConfirmed: false });
const count = (personId: string, counts: CountRule['counts'], of: CountRule['of'] = null, day = '2026-11-22') =>
	countOf(system.db, personId, rule(counts, of), day);

describe('what a rule counts', () => {
	test('is of cases only what a supervisor passed, of the kind that the rule names', () => {
		const [una, sol] = [aRegistrant(system, 'Una'), aRegistrant(system, 'Sol')];
		const relation = agreed(una, sol);
		const [passed, young] = [aCase(una, relation), aCase(una, relation, { ageBand: '12_17', focalArea: 'grief' })];
		expect(count(una.id, 'cases_passed')).toBe(0);
		for (const day of ['01/02/2026', '01/03/2026', '01/04/2026']) rateRecording(sol.ctx, passed, rating(sol.ctx, day));
		for (const code of [passed, young]) signReport(sol.ctx, code, report(sol.ctx));
		expect([count(una.id, 'cases_passed'), count(una.id, 'cases_passed', 'adolescent'), count(una.id, 'cases_passed', 'perinatal')]).toEqual([2, 1, 0]);
		expect([count(una.id, 'cases_focal_areas'), count(una.id, 'sessions_supervised'), count(una.id, 'recordings_rated')]).toEqual([2, 24, 3]);
	});

	test('is of courses the hours of confirmed attendance, and of supervision what was confirmed', () => {
		const [una, sol] = [aRegistrant(system, 'Una'), aRegistrant(system, 'Sol')];
		const office = { ...sol.ctx, actor: { ...sol.ctx.actor, roles: ['membership_officer'] } } as Ctx;
		recordAttendance(sol.ctx, aCourse(office, sol.number), list(una.number, '25h 30m'));
		expect([count(una.id, 'course_hours'), count(una.id, 'course_hours', 'supervisor')]).toEqual([25, 0]);
		const relation = agreed(una, sol);
		logSupervision(una.ctx, session(relation, { minutes: '3h' }));
		expect(count(una.id, 'supervision_minutes')).toBe(0);
		const waiting = waitingIn(system.db, relation);
		confirmSessions(
			sol.ctx,
			relation,
			waiting.map(({ id, version }) => ({ id, version, dispute: null })),
		);
		expect([count(una.id, 'supervision_minutes'), count(una.id, 'supervision_minutes', null, '2026-01-31')]).toEqual([180, 0]);
	});

	test('is of supervision given what supervisees logged and was confirmed: a group once, however many logged it; and how many people', () => {
		const [sol, una, ida] = [aRegistrant(system, 'Sol'), aRegistrant(system, 'Una'), aRegistrant(system, 'Ida')];
		const group = { kind: 'group', size: '4', minutes: '2h' };
		for (const who of [una, ida]) {
			const relation = agreed(who, sol);
			logSupervision(who.ctx, session(relation, group));
			if (who === una) logSupervision(who.ctx, session(relation, { minutes: '1h' }));
			expect(count(sol.id, 'supervision_given_minutes')).toBe(who === una ? 0 : 180);
			const waiting = waitingIn(system.db, relation);
			confirmSessions(
				sol.ctx,
				relation,
				waiting.map(({ id, version }) => ({ id, version, dispute: null })),
			);
		}
		expect([count(sol.id, 'supervision_given_minutes'), count(sol.id, 'supervisees')]).toEqual([180, 2]);
		expect([count(sol.id, 'supervision_given_minutes', null, '2026-01-31'), count(una.id, 'supervisees')]).toEqual([0, 0]);
		expect(sayRuleCount({ ...rule('supervision_given_minutes'), atLeast: 4800 }, 180)).toBe('3 hours of 80 hours of supervision given and confirmed');
	});

	test('is of teaching the hours of courses led, once they are over, and beside that what the CPD log says', () => {
		const sol = aRegistrant(system, 'Sol');
		const office = { ...sol.ctx, actor: { ...sol.ctx.actor, roles: ['membership_officer'] } } as Ctx;
		aCourse(office, sol.number, { minutes: '14h 30m' });
		expect([count(sol.id, 'courses_led_hours'), count(sol.id, 'courses_led_hours', 'supervisor')]).toEqual([14, 0]);
		expect(count(sol.id, 'courses_led_hours', null, '2026-01-31')).toBe(0);
		const entry = `INSERT INTO cpd_entry (id, person_id, kind, is_draft, title, done_on, minutes, category, repeat_key, created_at, changed_at, deleted_at)
			VALUES (?, ?, 'activity', ?, 'A lecture', ?, 90, ?, ?, 0, 0, ?)`;
		const rows = [
			[0, '2026-02-01', 'teaching_presenting', null],
			[0, '2026-03-01', 'teaching_presenting', null],
			[0, '2026-03-02', 'teaching_presenting', 1],
			[1, '2026-03-03', 'teaching_presenting', null],
			[0, '2026-03-04', 'reading_research', null],
		] as const;
		for (const [i, [draft, day, category, deleted]] of rows.entries())
			system.db.sql.prepare(entry).run(`e${i}`, sol.id, draft, day, category, `k${i}`, deleted);
		expect([count(sol.id, 'teaching_hours'), count(sol.id, 'teaching_hours', null, '2026-02-28')]).toEqual([3, 1]);
	});

	test('is of an award the full months since the first of its level', () => {
		const { id } = aPerson(system, 'Holly', { award: 'practitioner' });
		expect([count(id, 'months_since_award', 'practitioner'), count(id, 'months_since_award', 'supervisor'), count(id, 'months_since_award')]).toEqual([
			81, 0, 81,
		]);
		const terms = [{ fromOn: '2025-01-01', toOn: '2030-01-01' }];
		commit(system, { name: 'test' }, (tx) => giveAward(tx, id, { level: 'supervisor', kind: 'adult', standardsVersion: 'x', awardedOn: '2025-01-01', terms }));
		expect(count(id, 'months_since_award', 'supervisor')).toBe(22);
	});

	test('is said as three of four', () => {
		expect(sayRuleCount(rule('cases_passed'), 3)).toBe('3 of 4 supervised cases passed');
		expect(sayRuleCount({ ...rule('supervision_minutes'), atLeast: 600 }, 90)).toBe('1.5 hours of 10 hours of confirmed supervision');
	});
});

test('what is on record may be chosen for a section by its owner, and is what it was on the day it is sent', () => {
	const [una, sol] = [aRegistrant(system, 'Una'), aRegistrant(system, 'Sol')];
	system.db.sql.prepare('UPDATE award_term SET to_on = ? WHERE award_id IN (SELECT id FROM award WHERE person_id = ?)').run('2021-01-01', una.id);
	const relation = agreed(una, sol);
	const code = aCase(una, relation);
	const key = filledDraft(una);
	const who = { personId: una.id, applicationId: 'none', today: system.today };
	const offered = candidatesFor(system.db, who, ['case', 'supervision']);
	expect(offered.map(({ title }) => title)).toEqual([expect.stringContaining(code), expect.stringContaining('Supervision with Sol Example')]);
	const chosen = offered.map(({ source, sourceId }) => `${source}:${sourceId}`);
	saveSection(una.ctx, key, 'cases', { text: 'x', chosen, files: [], version: 1 });
	const other = candidatesFor(system.db, { ...who, personId: sol.id }, ['case'])[0];
	expect(other).toBeUndefined();
	expect(() => saveSection(una.ctx, key, 'cases', { text: 'x', chosen: ['case:somebody-else’s'], files: [], version: 2 })).toThrowError(
		expect.objectContaining({ status: 422, field: 'chosen' }),
	);
});
