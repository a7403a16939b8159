import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import {
	changeNote,
	fillLetter,
	letterMail,
	letterOf,
	lettersOf,
	letterTemplatesOn,
	noteOf,
	notesOf,
	retractNote,
	writeLetter,
	writeNote,
} from '#features/membership/index.ts';
import { expectGolden, expectGoldenMail } from '#tests/helpers/golden.ts';
import { as, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let register: TestRegister;
let ctx: Ctx;
let officer: Ctx;
let ann: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	ann = putPayer(ctx);
	officer = as(ctx, putPayer(ctx, 'Olu', null), 'membership_officer');
});
afterEach(() => register.close());

const note = (text = 'Prefers the telephone', repeat = 'r1') => writeNote(officer, { personId: ann, text, repeat });

describe('notes', () => {
	test('keep every version, with who wrote it and when', () => {
		note();
		const [first] = notesOf(officer, ann);
		changeNote(officer, { personId: ann, noteId: first?.id ?? '', version: 1, text: 'Prefers e-mail' });
		expect(noteOf(officer, ann, first?.id ?? '')).toMatchObject({
			text: 'Prefers e-mail',
			version: 2,
			by: 'Olu Example',
			earlier: [{ text: 'Prefers the telephone' }],
		});
		expect(() => changeNote(officer, { personId: ann, noteId: first?.id ?? '', version: 1, text: 'x' })).toThrow('Somebody has changed');
	});

	test('are retracted, never deleted, and then stay as they are', () => {
		note();
		const noteId = notesOf(officer, ann)[0]?.id ?? '';
		retractNote(officer, { personId: ann, noteId, version: 1, reason: 'Wrong person' });
		expect(noteOf(officer, ann, noteId).retracted).toMatchObject({ by: 'Olu Example', reason: 'Wrong person' });
		expect(() => changeNote(officer, { personId: ann, noteId, version: 2, text: 'x' })).toThrow('retracted');
		expect(() => ctx.db.sql.exec('DELETE FROM person_note')).toThrow('never deleted');
	});

	test('are written once when a form is sent twice, belong to one file, and leave no text in the audit', () => {
		note();
		note();
		expect(notesOf(officer, ann)).toHaveLength(1);
		const other = putPayer(ctx, 'Bo', null);
		expect(() => noteOf(officer, other, notesOf(officer, ann)[0]?.id ?? '')).toThrow('no such note');
		expect(JSON.stringify(ctx.db.sql.prepare('SELECT * FROM audit_event').all())).not.toContain('telephone');
	});

	test('are closed to finance and members; a reviewer from outside sees none; nobody writes into their own file', () => {
		note();
		for (const role of ['finance', 'member', 'auditor'] as const) expect(() => notesOf(as(ctx, newId(), role), ann)).toThrow('does not allow');
		expect(notesOf(as(ctx, newId(), 'external_reviewer'), ann)).toEqual([]);
		const own = (officer.actor as { personId: string }).personId;
		expect(() => writeNote(officer, { personId: own, text: 'x', repeat: 'x' })).toThrow('does not allow');
		expect(() => writeNote(as(ctx, newId(), 'administrator'), { personId: ann, text: 'x', repeat: 'x' })).toThrow('does not allow');
	});
});

describe('letters', () => {
	const write = (changes: Partial<Parameters<typeof writeLetter>[1]> = {}) =>
		writeLetter(officer, { personId: ann, template: 'own', words: 'Thank you for your call.', way: 'mail', repeat: newId(), ...changes });
	const facts = { name: 'Ann Example', grade: 'Member Plus', paidToOn: '2027-03-31', diedOn: null };

	test.each(['membership', 'details', 'document', 'own', 'family'])('of the kind “%s” say what they are to say', (key) => {
		const template = letterTemplatesOn(ctx.db, ctx.today).find((t) => t.key === key);
		if (!template) throw new Error('no such template');
		const words = template.body.includes('{words}') ? 'These are the officer’s own words.\n\nIn two paragraphs.' : '';
		const filled = fillLetter(template, { ...facts, diedOn: key === 'family' ? '2026-11-20' : null }, { words, settings: ctx.settings });
		expect(filled.body).not.toMatch(/[{}]/);
		if (key === 'family') expectGolden('letters/family', `${filled.subject}\n\n${filled.body}\n`);
		else expectGoldenMail(letterMail(ctx.settings, { id: 'l1', template: key, ...filled }, { address: 'ann@payer.example', now: ctx.now }));
	});

	test('are kept as they were written, and sent once when the form is sent twice', () => {
		const id = write({ repeat: 'same' });
		expect(write({ repeat: 'same' })).toBe(id);
		expect(letterOf(officer, ann, id)).toMatchObject({
			title: 'A letter in your own words',
			way: 'mail',
			body: 'Dear Ann Example,\n\nThank you for your call.',
		});
		expect(ctx.db.sql.prepare("SELECT to_address FROM outbox WHERE kind = 'letter.own'").pluck().all()).toEqual(['ann@payer.example']);
		write({ way: 'print' });
		expect([lettersOf(officer, ann).length, ctx.db.sql.prepare('SELECT count(*) FROM outbox').pluck().get()]).toEqual([2, 1]);
	});

	test('confirm a membership only where there is one', () => {
		expect(() => write({ template: 'membership', words: '' })).toThrow('not a member');
		ctx.db.sql
			.prepare("INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on) VALUES ('m', ?, 'plus', '2026-01-01', '2026-12-31')")
			.run(ann);
		const id = write({ template: 'membership', words: '', way: 'print' });
		expect(letterOf(officer, ann, id).body).toContain('Member Plus, paid to 31 December 2026');
	});

	test('go to nobody who has died, and to the family only then', () => {
		expect(() => write({ template: 'family' })).toThrow('family');
		ctx.db.sql.prepare("UPDATE person SET died_on = '2026-11-20' WHERE id = ?").run(ann);
		expect(() => write()).toThrow('write to the family');
		expect(() => write({ template: 'family', words: '' })).toThrow('Print the letter');
		expect(write({ template: 'family', words: '', way: 'print' })).toBeTruthy();
	});

	test('need words where they take some, and an officer who keeps files', () => {
		expect(() => write({ words: '' })).toThrow('what the letter');
		expect(() => write({ template: 'none' })).toThrow('Choose');
		expect(() => writeLetter(as(ctx, newId(), 'finance'), { personId: ann, template: 'own', words: 'x', way: 'print', repeat: 'x' })).toThrow('does not allow');
	});
});
