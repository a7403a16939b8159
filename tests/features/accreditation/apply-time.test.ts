import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bookkeep, commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import {
	answerItem,
	closeIdleDrafts,
	draftView,
	evidenceIn,
	itemsOpen,
	markHarmfulEvidence,
	ownStanding,
	recentTimes,
	sayTimes,
	sendAnswers,
	standingByReference,
	submissionsOf,
	submitApplication,
	takeStep,
	trackerOf,
} from '#features/accreditation/index.ts';
import { shareOf } from '#features/accreditation/tracker-times.ts';
import { aPerson, filledDraft, nameBoth, onDay, putStandards, type Someone, sentApplication } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let tess: Someone;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-23');
	putStandards(system);
	tess = aPerson(system, 'Tess');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const wrong = (status: number, more = {}) => expect.objectContaining({ status, ...more });
const kinds = () => system.db.sql.prepare('SELECT kind FROM outbox ORDER BY rowid').pluck().all() as string[];
const step = (reference: string, kind: Parameters<typeof takeStep>[2], data = {}, on = system) =>
	commit(on, { name: 'test' }, (tx) => takeStep(tx, standingByReference(tx.db, reference), kind, data));
const paid = () => bookkeep(system.db, () => system.db.sql.prepare('UPDATE invoice SET settled_at = 1').run());

/** An application in assessment of which two things are asked. */
function asked(): string {
	const reference = sentApplication(tess);
	paid();
	step(reference, 'accepted');
	step(reference, 'information_requested', { dueOn: '2027-01-04' });
	const { id } = standingByReference(system.db, reference).application;
	const text = `INSERT INTO accreditation_item (id, application_id, round, section, reason, question, asked_by, asked_at, due_on)
		VALUES (?, ?, 1, ?, 'evidence_missing', ?, ?, ?, '2027-01-04')`;
	for (const [n, section] of ['course', 'cases'].entries()) system.db.sql.prepare(text).run(newId(), id, section, `What about your ${section}?`, tess.id, n);
	return reference;
}

describe('answers to what was asked', () => {
	test('are kept one by one, sent together, and the clock runs again', () => {
		const reference = asked();
		const open = () => itemsOpen(system.db, ownStanding(tess.ctx, reference));
		answerItem(tess.ctx, reference, 1, { answer: 'It was in Leeds.', fileId: '', version: 1 });
		expect(() => answerItem(tess.ctx, reference, 1, { answer: 'Another window', fileId: '', version: 1 })).toThrowError(wrong(409));
		expect(() => answerItem(tess.ctx, reference, 3, { answer: 'x', fileId: '', version: 1 })).toThrowError(wrong(404));
		const seen = ownStanding(tess.ctx, reference).seen;
		expect(() => sendAnswers(tess.ctx, reference, seen)).toThrowError(wrong(422, { message: expect.stringContaining('Question 2') }));
		answerItem(tess.ctx, reference, 2, { answer: 'I cannot say.', fileId: '', version: 1 });
		sendAnswers(tess.ctx, reference, seen);
		sendAnswers(tess.ctx, reference, seen);
		expect([open(), ownStanding(tess.ctx, reference).state.phase]).toEqual([[], 'assessment']);
		expect(kinds().filter((kind) => kind === 'accreditation.answers-received')).toHaveLength(1);
		expect(() => answerItem(tess.ctx, reference, 1, { answer: 'Late', fileId: '', version: 2 })).toThrowError(wrong(409));
	});

	test('are nobody else’s to write', () => {
		const reference = asked();
		const otto = aPerson(system, 'Otto');
		expect(() => answerItem(otto.ctx, reference, 1, { answer: 'x', fileId: '', version: 1 })).toThrowError(wrong(404));
		expect(() => sendAnswers(otto.ctx, reference, 4)).toThrowError(wrong(404));
	});
});

describe('a draft that nobody goes on with', () => {
	test('is reminded of 28, 14 and 3 days before, once each, then closed, and what was typed is deleted', () => {
		const key = filledDraft(tess);
		nameBoth(tess, key, true);
		const dueOn = ownStanding(tess.ctx, key).application.dueOn as string;
		const run = (daysBefore: number) => closeIdleDrafts(onDay(system, addDays(dueOn, -daysBefore)));
		const reminded = [40, 28, 27, 14, 3, 1].map((days) => run(days).reminded);
		expect(reminded).toEqual([0, 1, 0, 1, 1, 0]);
		expect([run(0), run(-1)]).toEqual([
			{ reminded: 0, closed: 1 },
			{ reminded: 0, closed: 0 },
		]);
		expect(system.db.sql.prepare('SELECT phase FROM accreditation_application').pluck().get()).toBe('closed');
		expect(system.db.sql.prepare('SELECT count(*) FROM accreditation_answer').pluck().get()).toBe(0);
		expect(system.db.sql.prepare('SELECT group_concat(ending) FROM accreditation_request').pluck().get()).toBe('cancelled,cancelled');
		expect(kinds().at(-1)).toBe('accreditation.draft-closed');
	});

	test('is never closed by itself once it was sent: the office is told', () => {
		const reference = sentApplication(tess);
		step(reference, 'returned');
		const late = onDay(system, '2027-07-01');
		expect([closeIdleDrafts(late), closeIdleDrafts(late)]).toEqual([
			{ reminded: 1, closed: 0 },
			{ reminded: 0, closed: 0 },
		]);
		expect([ownStanding(tess.ctx, reference).state.phase, kinds().at(-1)]).toEqual(['draft', 'accreditation.returned-idle']);
	});
});

describe('evidence that fails its scan', () => {
	const attached = (id: string) => ({
		id: 'file-1',
		purpose: 'application_evidence' as const,
		ownerPersonId: tess.id,
		attached: { type: 'accreditation_application', id },
		finding: 'Eicar',
	});
	const addFile = (id: string) => {
		const text =
			"INSERT INTO accreditation_evidence (id, application_id, section, source, source_id, title, consented_at) VALUES ('e1', ?, 'course', 'file', 'file-1', 'scan.pdf', 0)";
		system.db.sql.prepare(text).run(id);
	};

	test('after it was sent is marked and told, never dropped', () => {
		const key = filledDraft(tess);
		const { id } = ownStanding(tess.ctx, key).application;
		addFile(id);
		nameBoth(tess, key);
		const reference = sentLater(key);
		commit(system, { name: 'test' }, (tx) => markHarmfulEvidence(tx, attached(id)));
		expect(evidenceIn(system.db, id)).toMatchObject([{ title: 'scan.pdf', failedScanAt: system.now, removedAt: null }]);
		expect(kinds().slice(-2)).toEqual(['accreditation.evidence-harmful', 'accreditation.evidence-harmful-office']);
		expect(submissionsOf(system.db, id)[0]).toMatchObject({ isIntact: true });
		expect(standingByReference(system.db, reference).state.phase).toBe('checks');
	});

	test('before it was sent no longer makes its section done', () => {
		putStandardsWithoutQuestion();
		const una = aPerson(system, 'Una');
		filledDraft(una);
		const { id } = ownStanding(una.ctx, 'practitioner').application;
		addFile(id);
		const state = () => draftView(una.ctx, ownStanding(una.ctx, 'practitioner')).sections[0]?.state;
		expect(state()).toBe('done');
		commit(system, { name: 'test' }, (tx) => markHarmfulEvidence(tx, attached(id)));
		expect([state(), kinds().filter((kind) => kind.endsWith('office'))]).toEqual(['begun', []]);
	});

	test('of something else leaves applications alone', () => {
		commit(system, { name: 'test' }, (tx) => {
			markHarmfulEvidence(tx, { ...attached('x'), attached: { type: 'listing', id: 'x' } });
			takeNothing(tx);
		});
		expect(kinds()).toEqual([]);
	});

	const takeNothing = (tx: Parameters<Parameters<typeof commit>[2]>[0]) => (tx.recorded += 1);
	const sentLater = (key: string) => submitApplication(tess.ctx, key, { seen: ownStanding(tess.ctx, key).seen });
});

describe('the way of an application', () => {
	test('says each stage, whose turn it is, what is paused, and every step in plain words', () => {
		const reference = asked();
		const tracker = trackerOf(tess.ctx, ownStanding(tess.ctx, reference));
		expect(tracker.stages.map(({ state }) => state)).toEqual(['done', 'done', 'now', 'todo', 'todo']);
		expect([tracker.headline, tracker.turn, tracker.acts[0]?.label]).toEqual(['We have asked you for more', 'Yours', 'Answer what we asked']);
		expect(tracker.pause).toContain('stood still since 23 November 2026');
		expect(tracker.history[0]?.words).toBe('We asked you for more, until 4 January 2027. The clock stands still.');
		expect(JSON.stringify(tracker)).not.toMatch(/evidence_missing|person/);
	});

	test('says on a hold until when, and that nothing is held against them', () => {
		const reference = sentApplication(tess);
		step(reference, 'held', { untilOn: '2027-01-01' });
		const { pause, rows } = trackerOf(tess.ctx, ownStanding(tess.ctx, reference));
		expect([pause, rows.some(({ key }) => key === 'Looked at by')]).toEqual([expect.stringContaining('1 January 2027'), false]);
	});

	test('tells how long recent decisions took only when there were enough, of this kind or of all', () => {
		const days = [30, 40, 50, 60, 100];
		const decide = (count: number) => {
			for (const [n, took] of days.slice(0, count).entries()) {
				const id = `d${count}${n}`;
				const text = `INSERT INTO accreditation_application (id, reference, person_id, route, standards_version, begun_at, phase, turn, phase_from_on, steps)
					VALUES (?, ?, ?, 'practitioner', 'test-1', 0, 'decided', 'nobody', '2026-01-01', 3)`;
				system.db.sql.prepare(text).run(id, `ACC-2020-${count}${n}`, aPerson(system, `P${id}`).id);
				const insert =
					"INSERT INTO accreditation_step (application_id, no, kind, at, on_day, data, process_id, phase, turn) VALUES (?, ?, ?, 0, ?, '{}', 'p', 'decided', 'nobody')";
				for (const [no, kind, on] of [
					[1, 'begun', '2026-01-01'],
					[2, 'submitted', '2026-02-01'],
					[3, 'decided', addDays('2026-02-01', took)],
				] as const)
					system.db.sql.prepare(insert).run(id, no, kind, on);
			}
		};
		decide(4);
		expect(recentTimes(system.db, 'practitioner', '2026-11-23')).toBeNull();
		decide(5);
		const times = recentTimes(system.db, 'practitioner', '2026-11-23');
		expect(times).toEqual({ count: 9, median: 50, ninetieth: 100, isOfRoute: true });
		expect(recentTimes(system.db, 'supervisor', '2026-11-23')?.isOfRoute).toBe(false);
		expect(times && sayTimes(times)).toBe('Of the last 9 decisions of this kind, half came within 8 weeks of sending, nine in ten within 15 weeks.');
		expect([shareOf([1], 0.9), shareOf([1, 2], 0.5), shareOf([], 0.5)]).toEqual([1, 1, 0]);
	});
});

function putStandardsWithoutQuestion(): void {
	system.db.sql.prepare("DELETE FROM rule_set WHERE kind = 'standards' AND version = 'test-1'").run();
	putStandards(system, (route) => ({ sections: route.sections.map((section) => (section.key === 'course' ? { ...section, question: null } : section)) }));
}
