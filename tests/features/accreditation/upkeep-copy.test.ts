import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import type { Role } from '#core/roles.ts';
import { askOnAudit, assignAudit, declareOnAudit } from '#features/accreditation/audit-commands.ts';
import { notifyChosen, targetAudit } from '#features/accreditation/audit-draw-commands.ts';
import { ownAudit } from '#features/accreditation/audit-own.ts';
import { answerAudit, answerAuditItems } from '#features/accreditation/audit-own-commands.ts';
import { auditByReference } from '#features/accreditation/audit-step.ts';
import { addHolidays } from '#features/accreditation/holidays-commands.ts';
import { copyWarnings } from '#features/accreditation/index.ts';
import { extendRenewal } from '#features/accreditation/renewal-extend-commands.ts';
import { renewalOf } from '#features/accreditation/renewal-step.ts';
import { tendRenewals } from '#features/accreditation/renewal-tend-commands.ts';
import { checkUpkeep } from '#features/accreditation/upkeep-copy.ts';
import { checkApplicationCopies } from '#jobs/accreditation.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { accreditedMember, as, colleague } from '#tests/helpers/upkeep.ts';

const TODAY = '2026-11-23';
let place: TestRegister;
let reference: string;
beforeEach(async () => {
	place = registerIn(TODAY);
	const { db } = place.ctx;
	const person = accreditedMember(db, 'Mary', [{ fromOn: '2022-03-01', toOn: '2027-02-28' }], TODAY);
	const [officer, ada] = [colleague(db, 'Olive', 'membership_officer'), colleague(db, 'Ada', 'auditor')];
	const who = (id: string, role: Role, day = TODAY) => as(place.ctx, id, [role], day);
	await tendRenewals(place.ctx);
	const found = renewalOf(place.ctx, person);
	extendRenewal(who(officer, 'membership_officer'), found?.renewal.reference ?? '', { seen: found?.seen ?? 0, untilOn: '2027-05-01', reason: 'Illness.' });
	const number = db.sql.prepare('SELECT number FROM registration').pluck().get() as string;
	reference = targetAudit(who(officer, 'membership_officer'), { number, because: 'A concern.' });
	notifyChosen(who(officer, 'membership_officer'));
	answerAudit(who(person, 'member'), reference, { act: 'send', version: 0, words: '', files: [] });
	const seen = () => ({ seen: auditByReference(place.ctx, reference).seen });
	assignAudit(who(officer, 'membership_officer'), reference, { ...seen(), person: ada });
	declareOnAudit(who(ada, 'auditor'), reference, { declared: 'none', words: '' });
	askOnAudit(who(ada, 'auditor'), reference, { ...seen(), questions: ['Which course?'] });
	const [item] = ownAudit(who(person, 'member'), reference).open;
	const answers = { [item?.id ?? '']: { answer: 'That one.', files: [], version: 1 } };
	answerAuditItems(who(person, 'member', addDays(TODAY, 10)), reference, { ...seen(), answers });
});
afterEach(() => place.close());

const noted = () => {
	const note = checkApplicationCopies(place.ctx);
	const text = "INSERT INTO job_run (id, job, started_at, ended_at, outcome, note) VALUES (?, 'check-applications', 0, 1, 'done', ?)";
	place.ctx.db.sql.prepare(text).run(crypto.randomUUID(), note);
	return note;
};

test('what queues know of audits and re-accreditations follows from their steps, through questions and more time', () => {
	expect(checkUpkeep(place.ctx)).toEqual({ audits: { checked: 1, differences: [] }, renewals: { checked: 1, differences: [] } });
	expect(noted()).toBe('no difference found in 0 applications, 1 CPD audit and 1 re-accreditation');
	expect(copyWarnings(place.ctx.db)).toEqual([]);
});

test.each([
	['cpd_audit', "phase = 'satisfied'"],
	['cpd_audit', "due_on = '2026-12-01'"],
	['cpd_audit', 'due_on = NULL'],
	['cpd_audit', 'is_final = 1'],
	['cpd_audit', 'steps = steps + 1'],
	['renewal', "phase = 'submitted'"],
	['renewal', "due_on = '2027-02-28'"],
	['renewal', 'is_sampled = 1'],
	['renewal', 'is_drawn = 1'],
	['renewal', 'steps = 1'],
])('a damaged copy in %s (%s) is found the next night, and told where the office and the machine’s keepers look', (table, damage) => {
	place.ctx.db.sql.exec(`UPDATE ${table} SET ${damage}`);
	const what = table === 'renewal' ? 're-accreditations' : 'CPD audits';
	expect(noted()).toBe(`1 difference in ${what} found in 0 applications, 1 CPD audit and 1 re-accreditation`);
	expect(copyWarnings(place.ctx.db)).toEqual([expect.stringContaining(`1 difference in ${what}`)]);
});

test('a bank holiday that is added late moves the day by which an audit is looked at, and is no difference', () => {
	const due = () => auditByReference(place.ctx, reference).audit.dueOn as string;
	const before = due();
	addHolidays(as(place.ctx, colleague(place.ctx.db, 'Reg', 'registrar'), ['registrar'], TODAY), [{ day: '2026-12-15', title: 'A day of mourning' }]);
	expect(due() > before).toBe(true);
	expect(checkUpkeep(place.ctx).audits.differences).toEqual([]);
});
