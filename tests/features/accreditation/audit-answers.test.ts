import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import { storeUpload } from '#core/files.ts';
import type { Role } from '#core/roles.ts';
import { askOnAudit, assignAudit, declareOnAudit, findShort, judgeAuditTask, planAudit, secondAudit } from '#features/accreditation/audit-commands.ts';
import { notifyChosen, targetAudit } from '#features/accreditation/audit-draw-commands.ts';
import { ownAudit, readOwnAuditFile } from '#features/accreditation/audit-own.ts';
import { answerAudit, answerAuditItems, sayInAudit } from '#features/accreditation/audit-own-commands.ts';
import { auditByReference } from '#features/accreditation/audit-step.ts';
import { tellAudit } from '#features/accreditation/audit-words.ts';
import { readUpkeepFile } from '#features/accreditation/upkeep-files.ts';
import { pdf } from '#tests/core/files/corpus.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { accreditedMember, as, colleague } from '#tests/helpers/upkeep.ts';

const TODAY = '2026-11-23';
let place: TestRegister;
let person: string;
let officer: string;
let reference: string;
beforeEach(() => {
	place = registerIn(TODAY);
	person = accreditedMember(place.ctx.db, 'Mary', [{ fromOn: '2022-03-01', toOn: '2027-02-28' }], TODAY);
	officer = colleague(place.ctx.db, 'Olive', 'membership_officer');
	const number = place.ctx.db.sql.prepare('SELECT number FROM registration').pluck().get() as string;
	reference = targetAudit(who(officer, 'membership_officer'), { number, because: 'A concern was raised.' });
	notifyChosen(who(officer, 'membership_officer'));
});
afterEach(() => place.close());

const who = (id: string, role: Role, day = TODAY) => as(place.ctx, id, [role], day);
const me = (day = TODAY) => who(person, 'member', day);
const find = () => auditByReference(place.ctx, reference);
const seen = () => ({ seen: find().seen });
const events = (kind: string) => place.ctx.db.sql.prepare('SELECT count(*) FROM audit_event WHERE kind = ?').pluck().get(kind);
const upload = async (text: string) => {
	const file = new File([new Uint8Array(pdf({ text }))], `${text}.pdf`, { type: 'application/pdf' });
	return (await storeUpload(me(), file, { purpose: 'cpd_evidence', ownerPersonId: person, field: 'files' })).id;
};
const auditor = (name: string) => {
	const id = colleague(place.ctx.db, name, 'auditor');
	assignAudit(who(officer, 'membership_officer'), reference, { ...seen(), person: id });
	declareOnAudit(who(id, 'auditor'), reference, { declared: 'none', words: '' });
	return who(id, 'auditor');
};
const sent = (files: string[] = []) => answerAudit(me(), reference, { act: 'send', version: 0, words: 'All of it.', files });

describe('an answer that is not sent yet', () => {
	test('is kept with its files, begins the answer once, and is read by nobody else', async () => {
		const [one, two] = [await upload('one'), await upload('two')];
		answerAudit(me(), reference, { act: 'save', version: 0, words: 'One course is', files: [one, two] });
		expect(find().state.phase).toBe('responding');
		expect(tellAudit(find().state)).toContain('Only you can see it');
		expect(ownAudit(me(), reference)).toMatchObject({ draft: { words: 'One course is', version: 1 }, files: [{ id: one }, { id: two }] });
		expect((await readOwnAuditFile(me(), reference, one)).name).toBe('one.pdf');
		await expect(readUpkeepFile(who(officer, 'membership_officer'), 'audit', reference, one)).rejects.toThrow('no such file');
		answerAudit(me(), reference, { act: 'save', version: 1, words: 'One course is missing.', files: [two] });
		expect(ownAudit(me(), reference)).toMatchObject({ draft: { words: 'One course is missing.', version: 2 }, files: [{ id: two }] });
		expect([events('audit.began'), events('audit.answer_saved')]).toEqual([1, 2]);
	});

	test('is not written over from an older window, and not sent twice', () => {
		answerAudit(me(), reference, { act: 'save', version: 0, words: 'First.', files: [] });
		expect(() => answerAudit(me(), reference, { act: 'save', version: 0, words: 'Other.', files: [] })).toThrow('another window');
		expect(() => answerAudit(me(), reference, { act: 'send', version: 0, words: 'Other.', files: [] })).toThrow('another window');
		const send = { act: 'send', version: 1, words: 'First, and more.', files: [] } as const;
		answerAudit(me(), reference, send);
		expect(() => answerAudit(me(), reference, send)).toThrow('your answer already');
		const words = place.ctx.db.sql.prepare('SELECT words FROM cpd_audit_answer').pluck().all();
		expect([words, ownAudit(me(), reference).draft]).toEqual([['First, and more.'], null]);
	});
});

test('files open to the member and to the auditor who declared, with answers and with what was asked; to nobody else, officers neither', async () => {
	const file = await upload('course');
	sent([file]);
	const ada = auditor('Ada');
	askOnAudit(ada, reference, { ...seen(), questions: ['Which course was that?'] });
	const proof = await upload('proof');
	const [item] = ownAudit(me(), reference).open;
	answerAuditItems(me(), reference, { ...seen(), answers: { [item?.id ?? '']: { answer: 'The one in Leeds.', files: [proof], version: 1 } } });
	const [late, stranger] = [colleague(place.ctx.db, 'Bob', 'auditor'), accreditedMember(place.ctx.db, 'Nell', [], TODAY)];
	for (const one of [file, proof]) {
		expect((await readUpkeepFile(ada, 'audit', reference, one)).content.length).toBeGreaterThan(100);
		expect((await readOwnAuditFile(me(), reference, one)).id).toBe(one);
		await expect(readUpkeepFile(who(officer, 'membership_officer'), 'audit', reference, one)).rejects.toThrow('no such file');
		await expect(readUpkeepFile(who(late, 'auditor'), 'audit', reference, one)).rejects.toThrow('no such audit');
		await expect(readOwnAuditFile(who(stranger, 'member'), reference, one)).rejects.toThrow('no such audit');
	}
	expect(events('audit.log_read')).toBe(2);
});

test('a file that is found to be harmful after it was stored keeps the answer, not the file', async () => {
	const file = await upload('bad');
	answerAudit(me(), reference, { act: 'save', version: 0, words: 'Here.', files: [file] });
	place.ctx.db.sql.prepare('UPDATE stored_file SET quarantined_at = 1, quarantine_finding = ? WHERE id = ?').run('Eicar', file);
	const send = { act: 'send', version: 1, words: 'Here.', files: [file] } as const;
	expect(() => answerAudit(me(), reference, send)).toThrow('found to be harmful');
	await expect(readOwnAuditFile(me(), reference, file)).rejects.toThrow('harmful');
	answerAudit(me(), reference, { ...send, files: [] });
	expect(find().state.phase).toBe('in_review');
});

test('what was short is mended task by task, each with its file; what was shown before is not shown again by itself', async () => {
	sent();
	const ada = auditor('Ada');
	planAudit(ada, reference, { ...seen(), tasks: ['Log two reflections.', 'Send the paper.'], dueOn: '2027-03-01', words: '' });
	expect(ownAudit(me(), reference).missing).toEqual(expect.arrayContaining(['Log two reflections. (by 1 March 2027)', 'Send the paper. (by 1 March 2027)']));
	const [first, second] = ownAudit(me(), reference).open;
	const answer = (id: string, words: string, files: string[] = [], version = 1) => ({ [id]: { answer: words, files, version } });
	const none = { ...answer(first?.id ?? '', ''), ...answer(second?.id ?? '', '') };
	expect(() => answerAuditItems(me(), reference, { ...seen(), answers: none })).toThrow('at least one task');
	const file = await upload('paper');
	expect(() => answerAuditItems(me(), reference, { ...seen(), answers: answer(second?.id ?? '', '', [file]) })).toThrow('Write a sentence');
	answerAuditItems(me(), reference, { ...seen(), answers: { ...answer(first?.id ?? '', 'Both.'), ...answer(second?.id ?? '', 'Here.', [file]) } });
	const again = { ...answer(first?.id ?? '', 'Both.', [], 2), ...answer(second?.id ?? '', 'Here it is.', [], 2) };
	answerAuditItems(me(), reference, { ...seen(), answers: again });
	expect(events('upkeep.item_answered')).toBe(3);
	expect((await readUpkeepFile(ada, 'audit', reference, file)).name).toBe('paper.pdf');
	for (const one of [first, second]) judgeAuditTask(ada, reference, { ...seen(), item: one?.id ?? '', judgement: 'met', words: '' });
	expect(tellAudit(find().state)).toBe('Your audit is done. Everything is in order.');
	expect(ownAudit(me(), reference).missing).toEqual([]);
});

test('a member has 28 days to say something to what two auditors found, and says it once for one form', () => {
	sent();
	expect(() => sayInAudit(me(), reference, { version: 0, words: 'Wait.' })).toThrow('nothing to say');
	findShort(auditor('Ada'), reference, { ...seen(), words: 'Half is missing.' });
	expect(ownAudit(me(), reference).short).toEqual([]);
	secondAudit(auditor('Bob'), reference, { ...seen(), words: 'I agree.', agrees: 'yes' });
	expect(ownAudit(me(), reference)).toMatchObject({ short: ['Half is missing.', 'I agree.'], sayBy: addDays(TODAY, 28) });
	sayInAudit(me(addDays(TODAY, 28)), reference, { version: 0, words: 'I was ill from May to August.' });
	expect(() => sayInAudit(me(), reference, { version: 0, words: 'I was ill from May to August.' })).toThrow('already');
	expect(() => sayInAudit(me(addDays(TODAY, 29)), reference, { version: 1, words: 'And more.' })).toThrow('could be said until 21 December 2026');
	expect(ownAudit(me(), reference).said.map(({ words }) => words)).toEqual(['I was ill from May to August.']);
	expect(() => place.ctx.db.sql.exec("UPDATE cpd_audit_say SET words = 'x'")).toThrow('never rewritten');
});
