import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import {
	acceptApplication,
	answerItem,
	askForMore,
	checkApplications,
	extendRound,
	holdApplication,
	itemsOf,
	putToCommittee,
	recomputeDue,
	releaseApplication,
	returnApplication,
	returnsOf,
	runTimers,
	sendAnswers,
	standingByReference,
} from '#features/accreditation/index.ts';
import { keepRemovedMatch } from '#features/membership/index.ts';
import { type Assessing, accepted, castOf, inAssessment, later, markAll, seal, seen, sent, stateNow } from '#tests/helpers/assessing.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let cast: Assessing;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-23');
	cast = castOf(system);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const error = (status: number, more = {}) => expect.objectContaining({ status, ...more });
const QUESTION = { section: 'course', criterion: 'enough', reason: 'evidence_missing', question: 'Please send the certificate.' };
const applicationOf = (reference: string) => standingByReference(system.db, reference).application;
const now = (reference: string) => ({ seen: seen(system, reference) });
const ask = (reference: string, days = 0) => askForMore(later(cast.lead, days), reference, { ...now(reference), items: [QUESTION] });
const answer = (reference: string, days: number) => {
	const ctx = later(cast.applicant, days);
	answerItem(ctx, reference, 1, { answer: 'Here it is.', fileId: '', version: 1 });
	sendAnswers(ctx, reference, seen(system, reference));
};
const mails = (kind: string) => system.db.sql.prepare('SELECT count(*) FROM outbox WHERE kind = ?').pluck().get(kind);
const noDifference = () => expect(checkApplications(system).differences).toEqual([]);

describe('the completeness check', () => {
	test('sends back what lacks something, part by part and with a day; sent again it is looked at again', () => {
		const reference = sent(cast);
		const input = { ...now(reference), items: [{ section: 'cases', words: 'Case 3 is not signed.' }], dueOn: '2026-12-18' };
		expect(() => returnApplication(cast.officer.ctx, reference, { ...input, dueOn: '2026-11-23' })).toThrow(error(422, { field: 'dueOn' }));
		returnApplication(cast.officer.ctx, reference, input);
		expect(stateNow(system, reference).phase).toBe('draft');
		expect(returnsOf(system.db, applicationOf(reference).id)).toMatchObject([{ section: 'cases', words: 'Case 3 is not signed.', dueOn: '2026-12-18' }]);
		expect(mails('accreditation.sent-back')).toBe(1);
		expect(() => returnApplication(cast.officer.ctx, reference, input)).toThrow(error(409));
		noDifference();
	});

	test('wants a word when the applicant bears the marks of somebody removed', () => {
		const reference = sent(cast);
		commit(system, { name: 'test' }, (tx) => {
			keepRemovedMatch(tx, cast.applicant.id);
			tx.recorded += 1;
		});
		expect(() => acceptApplication(cast.officer.ctx, reference, { ...now(reference), words: '' })).toThrow(error(422, { field: 'words' }));
		acceptApplication(cast.officer.ctx, reference, { ...now(reference), words: 'Another person: I saw the passport.' });
		expect(stateNow(system, reference).phase).toBe('assessment');
	});

	test('is not made by assessors, nor on an older sight of it', () => {
		const reference = sent(cast);
		expect(() => acceptApplication(cast.lead.ctx, reference, { ...now(reference), words: '' })).toThrow(error(404));
		expect(() => acceptApplication(cast.officer.ctx, reference, { seen: 1, words: '' })).toThrow(error(409));
	});
});

describe('asking for more', () => {
	test('is for what can be mended only, by the lead or the office, and the clock stands still until the answer', () => {
		const reference = inAssessment(cast);
		const dueBefore = applicationOf(reference).dueOn ?? '';
		const wrong = { ...now(reference), items: [{ ...QUESTION, reason: 'standard_not_met' }] };
		expect(() => askForMore(cast.lead.ctx, reference, wrong)).toThrow(error(422, { field: 'reason-0' }));
		expect(() => askForMore(cast.second.ctx, reference, { ...now(reference), items: [QUESTION] })).toThrow(error(409));
		ask(reference);
		expect(applicationOf(reference)).toMatchObject({ phase: 'waiting_on_applicant', turn: 'applicant', dueOn: '2027-01-04' });
		answer(reference, 14);
		expect(applicationOf(reference).dueOn?.localeCompare(dueBefore)).toBe(1);
		noDifference();
	});

	test('happens three times at most, each time with its own days', () => {
		const reference = inAssessment(cast);
		const days: (string | null)[] = [];
		for (const day of [0, 1, 2]) {
			ask(reference, day);
			days.push(applicationOf(reference).dueOn);
			answer(reference, day);
		}
		expect(days).toEqual(['2027-01-04', '2026-12-15', '2026-12-16']);
		expect(() => ask(reference, 3)).toThrow(error(409));
		expect(itemsOf(system.db, applicationOf(reference).id).map(({ round }) => round)).toEqual([1, 2, 3]);
	});

	test('that nobody answers goes to a person by the job, once, and declines nothing', () => {
		const reference = inAssessment(cast);
		ask(reference);
		expect(runTimers(later({ ctx: system }, 42))).toMatchObject({ overdue: 0 });
		expect(runTimers(later({ ctx: system }, 43))).toMatchObject({ overdue: 1 });
		expect(runTimers(later({ ctx: system }, 43))).toMatchObject({ overdue: 0 });
		expect(applicationOf(reference)).toMatchObject({ phase: 'assessment', turn: 'office', outcome: null });
		expect(mails('accreditation.answer-overdue')).toBe(1);
		const officer = later(cast.officer, 44);
		expect(() => putToCommittee(officer, reference, { ...now(reference), words: '' })).toThrow(error(422));
		putToCommittee(officer, reference, { ...now(reference), words: 'No answer came.' });
		expect(stateNow(system, reference)).toMatchObject({ phase: 'panel', noReply: false });
		noDifference();
	});

	test('is given more time once, before the day or after it', () => {
		const reference = inAssessment(cast);
		ask(reference);
		extendRound(cast.officer.ctx, reference, { ...now(reference), words: 'Illness.' });
		expect(applicationOf(reference).dueOn).toBe('2027-01-18');
		expect(itemsOf(system.db, applicationOf(reference).id).map(({ dueOn }) => dueOn)).toEqual(['2027-01-18']);
		expect(() => extendRound(cast.officer.ctx, reference, { ...now(reference), words: 'Again.' })).toThrow(error(409));
		runTimers(later({ ctx: system }, 60));
		expect(() => extendRound(later(cast.officer, 60), reference, { ...now(reference), words: 'Again.' })).toThrow(error(409));
	});

	test('is reminded of, each distance once', () => {
		const reference = inAssessment(cast);
		ask(reference);
		const on = (day: number) => runTimers(later({ ctx: system }, day)).reminded;
		expect([on(27), on(28), on(28), on(38), on(39), on(40), on(42)]).toEqual([0, 1, 0, 0, 1, 0, 0]);
		expect(mails('accreditation.answer-reminder')).toBe(2);
	});
});

describe('a hold', () => {
	test('has a reason and a last day, stops every clock, and is released by the job when it is over', () => {
		const reference = inAssessment(cast);
		const due = applicationOf(reference).dueOn ?? '';
		const hold = (untilOn: string) => holdApplication(cast.officer.ctx, reference, { ...now(reference), words: 'A concern is looked into.', untilOn });
		for (const day of ['2026-11-23', '2029-01-01']) expect(() => hold(day)).toThrow(error(422, { field: 'untilOn' }));
		hold('2026-12-07');
		expect(applicationOf(reference)).toMatchObject({ dueOn: null, heldUntilOn: '2026-12-07', turn: 'office' });
		expect(() => markAll(cast.lead, reference)).toThrow(error(409));
		expect(runTimers(later({ ctx: system }, 13)).released).toBe(0);
		expect(runTimers(later({ ctx: system }, 14)).released).toBe(1);
		expect(applicationOf(reference).heldUntilOn).toBeNull();
		expect((applicationOf(reference).dueOn ?? '') > due).toBe(true);
		noDifference();
	});

	test('gives an applicant who is waited for the same days again', () => {
		const reference = inAssessment(cast);
		ask(reference);
		holdApplication(cast.officer.ctx, reference, { ...now(reference), words: 'A strike of the post.', untilOn: '2026-12-31' });
		expect(runTimers(later({ ctx: system }, 30)).overdue).toBe(0);
		releaseApplication(later(cast.officer, 10), reference, { ...now(reference), words: '' });
		expect(applicationOf(reference).dueOn).toBe('2027-01-14');
		expect(itemsOf(system.db, applicationOf(reference).id)[0]?.dueOn).toBe('2027-01-14');
	});

	test('that begins while somebody seals wins or loses, and says so', () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference);
		const before = now(reference);
		seal(cast.lead, reference);
		expect(() => holdApplication(cast.officer.ctx, reference, { ...before, words: 'Late.', untilOn: '2026-12-07' })).toThrow(error(409));
		holdApplication(cast.officer.ctx, reference, { ...now(reference), words: 'Now.', untilOn: '2026-12-07' });
		expect(() => markAll(cast.second, reference)).toThrow(error(409));
	});
});

describe('a bank holiday that is added late', () => {
	test('moves what is due by as many days, and the nightly check finds no difference', () => {
		const reference = accepted(cast);
		const due = applicationOf(reference).dueOn ?? '';
		system.db.sql.exec("INSERT INTO bank_holiday (day, title, added_at) VALUES ('2026-12-02', 'A day of mourning', 0)");
		expect(checkApplications(system)).toMatchObject({ checked: 1, differences: [applicationOf(reference).id] });
		const changed = commit(system, { name: 'test' }, (tx) => {
			tx.recorded += 1;
			return recomputeDue(tx);
		});
		expect(changed).toBe(1);
		expect((applicationOf(reference).dueOn ?? '') > due).toBe(true);
		noDifference();
	});

	test('is the only thing that makes the check find something: a column that was bent is found too', () => {
		const reference = accepted(cast);
		noDifference();
		system.db.sql.prepare("UPDATE accreditation_application SET turn = 'committee' WHERE reference = ?").run(reference);
		expect(checkApplications(system).differences).toHaveLength(1);
	});
});
