import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import type { Role } from '#core/roles.ts';
import type { Db } from '#db/client.ts';
import {
	askOnAudit,
	assignAudit,
	decideAsk,
	declareOnAudit,
	findShort,
	judgeAuditTask,
	planAudit,
	referAudit,
	satisfyAudit,
	secondAudit,
} from '#features/accreditation/audit-commands.ts';
import { drawAudits, eligibleForAudit, notifyChosen, targetAudit } from '#features/accreditation/audit-draw-commands.ts';
import { ownAudit } from '#features/accreditation/audit-own.ts';
import { answerAudit, answerAuditItems, askInAudit } from '#features/accreditation/audit-own-commands.ts';
import { readAuditedLog } from '#features/accreditation/audit-sight.ts';
import { AUDIT_MOVES, type AuditKind, type AuditStep, auditDueOn, auditRefusal, auditStateOf } from '#features/accreditation/audit-state.ts';
import { auditByReference } from '#features/accreditation/audit-step.ts';
import { tendAudits } from '#features/accreditation/audit-tend-commands.ts';
import { digestOfNumbers, drawSample, sumOf, wasDrawn } from '#features/accreditation/draw-sample.ts';
import { renewalRules } from '#features/accreditation/renewal-rules.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { accreditedMember, as, colleague, supervises } from '#tests/helpers/upkeep.ts';

const TODAY = '2026-11-23';
let folder: ReturnType<typeof temporaryFolder>;
let db: Db;
let ctx: Ctx;
let officer: string;
let person: string;
beforeEach(() => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
	ctx = testCtx(db, TODAY);
	officer = colleague(db, 'Olive', 'membership_officer');
	person = accreditedMember(db, 'Mary', [{ fromOn: '2022-03-01', toOn: '2027-02-28' }], TODAY);
});
afterEach(() => {
	db.sql.close();
	folder.remove();
});
const who = (id: string, role: Role, day = TODAY) => as(ctx, id, [role], day);
const office = (day = TODAY) => who(officer, 'membership_officer', day);
const me = (day = TODAY) => who(person, 'member', day);
const refused = (act: () => unknown, words: string) => expect(act).toThrow(words);
const mails = (kind: string) => db.sql.prepare('SELECT count(*) FROM outbox WHERE kind = ?').pluck().get(kind);
const find = (reference: string) => auditByReference(ctx, reference);
const seen = (reference: string) => ({ seen: find(reference).seen });

function told(): string {
	drawAudits(office(), { percent: 10 });
	notifyChosen(office());
	return db.sql.prepare('SELECT reference FROM cpd_audit').pluck().get() as string;
}
function inReview(): { reference: string; auditor: Ctx } {
	const reference = told();
	answerAudit(me(), reference, { act: 'send', version: 0, words: '', files: [] });
	const ada = colleague(db, 'Ada', 'auditor');
	assignAudit(office(), reference, { ...seen(reference), person: ada });
	declareOnAudit(who(ada, 'auditor'), reference, { declared: 'none', words: '' });
	return { reference, auditor: who(ada, 'auditor') };
}

describe('a draw', () => {
	test('is repeated from what is published, whatever the order of the numbers', () => {
		const numbers = fc.uniqueArray(fc.stringMatching(/^IPT-\d{5}[A-Z]$/), { minLength: 1, maxLength: 60 });
		fc.assert(
			fc.property(numbers, fc.stringMatching(/^[0-9a-f]{16,32}$/), fc.integer({ min: 1, max: 100 }), (all, seed, percent) => {
				const draw = drawSample(seed, all, percent);
				expect(drawSample(seed, [...all].reverse(), percent)).toEqual(draw);
				expect(draw.numbers).toHaveLength(Math.ceil((all.length * percent) / 100));
				expect(all.filter((number) => wasDrawn(seed, draw.cut, number)).toSorted()).toEqual(draw.numbers);
				expect(draw.digest).toBe(digestOfNumbers(all));
			}),
		);
	});

	test('gives by hand what it gives here', () => {
		// printf '%s' '00ff:IPT-00012X' | sha256sum
		expect(sumOf('00ff', 'IPT-00012X')).toMatch(/^[0-9a-f]{64}$/);
	});

	test('leaves out who is new, on leave, or was audited in the last three years; and is made once a year', () => {
		const young = accreditedMember(db, 'New', [{ fromOn: '2026-03-01', toOn: '2031-02-28' }], TODAY);
		const away = accreditedMember(db, 'Away', [{ fromOn: '2022-03-01', toOn: '2027-02-28' }], TODAY);
		db.sql.prepare("INSERT INTO membership_leave (id, person_id, from_on, to_on) VALUES ('l', ?, '2026-10-01', '2027-01-01')").run(away);
		expect(eligibleForAudit(ctx).map(({ personId }) => personId)).toEqual([person]);
		expect(eligibleForAudit(ctx).map(({ personId }) => personId)).not.toContain(young);
		drawAudits(office(), { percent: 10 });
		expect(eligibleForAudit(ctx)).toEqual([]);
		refused(() => drawAudits(office(), { percent: 10 }), 'drawn already');
		refused(() => db.sql.exec("UPDATE sample_draw SET seed = 'another seed of mine'"), 'never changed');
	});
});

test('a member sees why, what is missing and the day; answers; and the auditor reads the log, which is recorded', () => {
	const { reference, auditor } = inReview();
	expect(ownAudit(me(), reference).draw).toMatchObject({ eligible: 1, drawn: 1 });
	expect(mails('audit.notified')).toBe(1);
	readAuditedLog(auditor, reference);
	expect(db.sql.prepare("SELECT count(*) FROM audit_event WHERE kind = 'audit.log_read'").pluck().get()).toBe(1);
	askOnAudit(auditor, reference, { ...seen(reference), questions: ['Which course was that?'] });
	const [item] = ownAudit(me(), reference).items;
	answerAuditItems(me(), reference, { ...seen(reference), answers: { [item?.id ?? '']: { answer: 'The one in Leeds.', files: [], version: 1 } } });
	refused(() => askOnAudit(auditor, reference, { ...seen(reference), questions: ['Again?'] }), 'One round');
	satisfyAudit(auditor, reference, { ...seen(reference), words: '' });
	expect(find(reference).state).toMatchObject({ phase: 'satisfied', isFinal: true });
});

test('failed, then mended: tasks by a day, shown and judged', () => {
	const { reference, auditor } = inReview();
	planAudit(auditor, reference, { ...seen(reference), tasks: ['Log two reflections.'], dueOn: '2027-03-01', words: '' });
	const [item] = ownAudit(me(), reference).items;
	answerAuditItems(me(), reference, { ...seen(reference), answers: { [item?.id ?? '']: { answer: 'Both are there.', files: [], version: 1 } } });
	judgeAuditTask(auditor, reference, { ...seen(reference), item: item?.id ?? '', judgement: 'met', words: '' });
	expect(find(reference).state.phase).toBe('satisfied');
});

test('not satisfied needs a second auditor, in the commands and in the schema', () => {
	const { reference, auditor } = inReview();
	findShort(auditor, reference, { ...seen(reference), words: 'Nothing is there.' });
	refused(() => secondAudit(auditor, reference, { ...seen(reference), words: 'x', agrees: 'yes' }), 'no such');
	const { audit } = find(reference);
	const first = auditor.actor.kind === 'person' ? auditor.actor.personId : '';
	const text = "INSERT INTO cpd_audit_step (audit_id, no, kind, at, on_day, by_person, data, process_id) VALUES (?, ?, 'not_satisfied', 0, ?, ?, '{}', 'x')";
	refused(() => db.sql.prepare(text).run(audit.id, audit.steps + 1, TODAY, first), 'second auditor');
	const bob = colleague(db, 'Bob', 'auditor');
	assignAudit(office(), reference, { ...seen(reference), person: bob });
	declareOnAudit(who(bob, 'auditor'), reference, { declared: 'none', words: '' });
	secondAudit(who(bob, 'auditor'), reference, { ...seen(reference), words: 'I agree.', agrees: 'yes' });
	expect(find(reference).state).toMatchObject({ phase: 'not_satisfied', isFinal: false });
});

test('no answer is never a sanction by itself: six weeks and two more, then an officer', () => {
	const reference = told();
	for (let day = TODAY; day < addDays(TODAY, 90); day = addDays(day, 1)) tendAudits(testCtx(db, day));
	expect(mails('audit.reminder')).toBe(3);
	expect(find(reference).state.phase).toBe('notified');
	const early = { ...seen(reference), meeting: 'x', words: 'No answer.' };
	refused(() => referAudit(office(addDays(TODAY, 56)), reference, early), 'has not passed');
});

test('more time is one officer’s word; an excuse takes two', () => {
	const reference = told();
	askInAudit(me(), reference, { kind: 'time', words: 'I moved.', untilOn: addDays(TODAY, 60) });
	decideAsk(office(), reference, { decision: 'agreed', answer: '' });
	expect(find(reference).state.answerBy).toBe(addDays(TODAY, 60));
	askInAudit(me(), reference, { kind: 'excuse', words: 'I am ill.', untilOn: null });
	decideAsk(office(), reference, { decision: 'agreed', answer: '' });
	refused(() => decideAsk(office(), reference, { decision: 'agreed', answer: '' }), 'second officer');
	expect(find(reference).state.phase).toBe('notified');
	decideAsk(who(colleague(db, 'Reg', 'registrar'), 'registrar'), reference, { decision: 'agreed', answer: '' });
	expect(find(reference).state.phase).toBe('excused');
});

test('nobody audits their supervisor, supervisee or themselves', () => {
	const { reference } = inReview();
	const sue = colleague(db, 'Sue', 'auditor');
	supervises(db, sue, person);
	const put = 'INSERT INTO upkeep_reviewer (id, audit_id, person_id, place, assigned_by, assigned_at) VALUES (?, ?, ?, 2, ?, 0)';
	for (const one of [sue, person]) refused(() => db.sql.prepare(put).run('x', find(reference).audit.id, one, 'test'), 'own circle');
	const number = db.sql.prepare('SELECT number FROM registration').pluck().get() as string;
	refused(() => targetAudit(office(), { number, because: 'A concern.' }), 'open already');
});

test('nobody chooses their own circle for a reason, in the command and in the schema', () => {
	const number = db.sql.prepare('SELECT number FROM registration').pluck().get() as string;
	const nell = accreditedMember(db, 'Nell', [{ fromOn: '2022-03-01', toOn: '2027-02-28' }], TODAY);
	supervises(db, officer, person);
	refused(() => targetAudit(office(), { number, because: 'A concern.' }), 'Somebody else has to choose them');
	refused(() => targetAudit(who(person, 'registrar'), { number, because: 'A concern.' }), 'Somebody else has to choose them');
	const reference = targetAudit(who(nell, 'registrar'), { number, because: 'A concern.' });
	const { audit } = find(reference);
	db.sql.prepare("UPDATE cpd_audit SET phase = 'excused', is_final = 1 WHERE id = ?").run(audit.id);
	const put = `INSERT INTO cpd_audit (id, reference, person_id, because, from_on, to_on, begun_at, phase, is_final, steps)
		VALUES ('a', 'AUD-2026-0099', ?, 'A concern.', '2025-01-01', '2025-12-31', 0, 'selected', 0, 1)`;
	db.sql.prepare(put).run(person);
	const step = "INSERT INTO cpd_audit_step (audit_id, no, kind, at, on_day, by_person, data, process_id) VALUES ('a', 1, 'selected', 0, ?, ?, '{}', 'x')";
	for (const one of [officer, person]) refused(() => db.sql.prepare(step).run(TODAY, one), 'own circle');
});

test('random histories of audits: only what the table allows, a due day never earlier for a pause, the past is its replay', () => {
	const kinds = Object.keys(AUDIT_MOVES) as AuditKind[];
	const rules = renewalRules(db, TODAY).audit;
	const dataFor = (kind: AuditKind, day: string, n: number): Record<string, unknown> => {
		if (kind === 'notified' || kind === 'information_requested') return { dueOn: addDays(day, 21) };
		if (kind === 'extended') return { until: addDays(day, n % 90) };
		if (kind === 'action_plan') return { tasks: [{ id: 'one', dueOn: addDays(day, 90) }] };
		if (kind === 'task_met' || kind === 'task_missed') return { task: 'one' };
		return kind === 'assigned' ? { person: `p${n}` } : { result: n % 2 ? 'stands' : 'set_aside' };
	};
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(kinds.length - 1), fc.nat(30), fc.nat(99)), { maxLength: 40 }), (chosen) => {
			let steps: AuditStep[] = [{ no: 1, kind: 'selected', at: 0, onDay: TODAY, byPerson: null, data: {} }];
			let day = TODAY;
			for (const [which, days, n] of chosen) {
				day = addDays(day, days);
				const kind = kinds[which] as AuditKind;
				const before = auditStateOf(steps);
				if (auditRefusal(before, kind) !== null) continue;
				steps = [...steps, { no: steps.length + 1, kind, at: 0, onDay: day, byPerson: `p${n}`, data: dataFor(kind, day, n) }];
				const after = auditStateOf(steps);
				expect(auditStateOf(steps.slice(0, -1))).toEqual(before);
				if (before.isFinal) throw new Error('nothing follows the end');
				if (kind === 'extended') expect((after.answerBy ?? '') >= (before.answerBy ?? '')).toBe(true);
				if (kind === 'information_answered') {
					const unpaused = auditDueOn({ ...after, pauses: [] }, rules, new Set());
					expect((auditDueOn(after, rules, new Set()) ?? '') >= (unpaused ?? '')).toBe(true);
				}
				if (after.phase === 'not_satisfied' && !after.isFinal) expect(before.foundShortBy).not.toBeNull();
			}
		}),
		{ numRuns: 300 },
	);
});
