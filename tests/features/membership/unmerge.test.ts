import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { openAccount } from '#features/accounts/index.ts';
import { MEMBERSHIP_HANDLERS, refreshFinder } from '#features/directory/index.ts';
import {
	askToUnmerge,
	changePerson,
	dropUnmerge,
	indexName,
	mergedInto,
	mergeFiles,
	previewUnmerge,
	unmergeFiles,
	unmergesWaiting,
	writeNote,
} from '#features/membership/index.ts';
import { findNumber } from '#features/register/index.ts';
import { as, invoiceTo, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

let register: TestRegister;
let ctx: Ctx;
let officer: Ctx;
let second: Ctx;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	officer = as(ctx, putPayer(ctx, 'Olu', null), 'membership_officer');
	second = as(ctx, putPayer(ctx, 'Reg', null), 'registrar');
});
afterEach(() => register.close());

const run = (text: string, ...values: unknown[]) => ctx.db.sql.prepare(text).run(...values);
const one = <T>(text: string, ...values: string[]) =>
	ctx.db.sql
		.prepare(text)
		.pluck()
		.get(...values) as T;
const onChanged = MEMBERSHIP_HANDLERS.onChanged;

function fullPerson(name: string): string {
	const email = `${name.toLowerCase()}@x.example`;
	const id = listTherapist(ctx.db, `${name.toLowerCase()}-town`, { email });
	run('UPDATE person_name SET given_names = ? WHERE person_id = ?', name, id);
	invoiceTo(ctx, id, { subjectId: name });
	run("INSERT INTO membership_leave (id, person_id, from_on, to_on) VALUES (?, ?, '2025-01-01', '2025-02-01')", newId(), id);
	writeNote(officer, { personId: id, text: `About ${name}`, repeat: name });
	commit(ctx, { name: 'test' }, (tx) => {
		changePerson(tx, id, {});
		indexName(tx, { id: one('SELECT id FROM person_name WHERE person_id = ?', id), personId: id, givenNames: name, familyName: 'Example' });
		refreshFinder(tx, id);
	});
	return id;
}

/** All that the register says, but for the audit, what is made from it, and counters. */
function everything(): Record<string, unknown[]> {
	const text = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
	const apart = /^(audit_|finder|outbox|person_unmerge|file_read|session|public_state|job_run|rate_window)/;
	const tables = (ctx.db.sql.prepare(text).pluck().all() as string[]).filter((table) => !apart.test(table));
	const rows = (table: string) =>
		(ctx.db.sql.prepare(`SELECT * FROM "${table}"`).all() as Record<string, unknown>[]).map(({ version: _, ...row }) => JSON.stringify(row));
	return Object.fromEntries(tables.map((table) => [table, rows(table).toSorted()]));
}

const merge = (loserId: string, winnerId: string) => mergeFiles(officer, { loserId, winnerId, reason: 'The same person' }, onChanged);
function takeApart(loserId: string, winnerId: string, by = second): void {
	askToUnmerge(officer, { loserId, winnerId, reason: 'They are sisters' });
	const { id = '', version = 0 } = mergedInto(officer, winnerId).find((m) => m.loserId === loserId)?.asked ?? {};
	unmergeFiles(by, { id, version }, onChanged);
}

describe('a merge that was a mistake', () => {
	test('is undone whole where both files are full: the register says what it said before, and both pages are shown again', () => {
		const [winner, loser] = [fullPerson('Ann'), fullPerson('Anna')];
		const [before, shown] = [everything(), one('SELECT count(*) FROM finder')];
		merge(loser, winner);
		expect(one('SELECT count(*) FROM finder')).not.toBe(shown);
		takeApart(loser, winner);
		expect(everything()).toEqual(before);
		expect([one('SELECT count(*) FROM finder'), ctx.db.sql.pragma('foreign_key_check')]).toEqual([shown, []]);
		const number = one<string>('SELECT number FROM registration WHERE person_id = ?', loser);
		expect(findNumber(ctx, number)).toMatchObject({ kind: 'number', number, exists: true });
	});

	test('is undone whole where the file that stands held nothing: account, number, page and facts go back', () => {
		const [winner, loser] = [putPayer(ctx, 'Ann', null), fullPerson('Anna')];
		commit(ctx, { name: 'test' }, (tx) => openAccount(tx, loser, 'anna@x.example', null));
		run("UPDATE person SET born_on = '1980-02-03', import_key = 'M-7', phone = '020 7946 0001' WHERE id = ?", loser);
		const before = everything();
		merge(loser, winner);
		expect(one('SELECT person_id FROM account')).toBe(winner);
		takeApart(loser, winner);
		expect(everything()).toEqual(before);
	});

	test('leaves with the file that stands what was written since, and does not undo what was corrected since', () => {
		const [winner, loser] = [putPayer(ctx, 'Ann', null), fullPerson('Anna')];
		merge(loser, winner);
		writeNote(officer, { personId: winner, text: 'Rang', repeat: 'later' });
		commit(officer, { name: 'test' }, (tx) => changePerson(tx, winner, { email: 'ann@new.example' }));
		takeApart(loser, winner);
		expect(one('SELECT count(*) FROM person_note WHERE person_id = ?', winner)).toBe(1);
		expect([winner, loser].map((id) => one('SELECT email FROM person WHERE id = ?', id))).toEqual(['ann@new.example', 'anna@x.example']);
	});

	test('takes two officers: who asked does not do it, in the command and in the schema; the audit says who', () => {
		const [winner, loser] = [fullPerson('Ann'), fullPerson('Anna')];
		merge(loser, winner);
		expect(() => takeApart(loser, winner, officer)).toThrow('Somebody else has to do this');
		expect(unmergesWaiting(second)).toMatchObject([{ name: 'Ann Example', askerName: 'Olu Example' }]);
		expect(() => askToUnmerge(second, { loserId: loser, winnerId: winner, reason: 'x' })).toThrow('already');
		expect(() => run('UPDATE person_unmerge SET done_at = 1, done_by = asked_by')).toThrow('CHECK');
		const { id = '', version = 0 } = mergedInto(second, winner)[0]?.asked ?? {};
		const old = { ...second, actor: { ...second.actor, provedAt: 0 } as Ctx['actor'] };
		expect(() => unmergeFiles(old, { id, version }, onChanged)).toThrow('Confirm');
		unmergeFiles(second, { id, version }, onChanged);
		expect(() => unmergeFiles(second, { id, version }, onChanged)).toThrow('decided this already');
		const said = ctx.db.sql.prepare("SELECT kind, actor FROM audit_event WHERE kind LIKE 'person.unmerge%' ORDER BY seq").all() as { actor: string }[];
		expect(said).toMatchObject([{ kind: 'person.unmerge_asked' }, { kind: 'person.unmerged' }, { kind: 'person.unmerged_away' }]);
		expect(said[0]?.actor).not.toBe(said[1]?.actor);
		merge(loser, winner);
		expect(mergedInto(second, winner)).toMatchObject([{ loserId: loser, asked: null }]);
	});

	test('can be left as it is, with a reason; tried, it changes nothing', () => {
		const [winner, loser] = [fullPerson('Ann'), fullPerson('Anna')];
		merge(loser, winner);
		const merged = everything();
		expect(previewUnmerge(officer, { loserId: loser, winnerId: winner }).moved).toContainEqual({ table: 'invoice', count: 1 });
		askToUnmerge(officer, { loserId: loser, winnerId: winner, reason: 'They are sisters' });
		const { id = '', version = 0 } = mergedInto(second, winner)[0]?.asked ?? {};
		expect(() => dropUnmerge(second, { id, version, reason: '' })).toThrow('Say why');
		dropUnmerge(second, { id, version, reason: 'One person after all' });
		expect([everything(), unmergesWaiting(second)]).toEqual([merged, []]);
	});

	test('is refused while something stands in its way, and where what is needed was not noted', () => {
		const [winner, loser, third] = [fullPerson('Ann'), fullPerson('Anna'), fullPerson('Cy')];
		const why = () => previewUnmerge(officer, { loserId: loser, winnerId: winner }).obstacles.join(' ');
		expect(why()).toContain('have not been brought together');
		merge(loser, winner);
		run("UPDATE person SET died_on = '2026-10-01' WHERE id = ?", winner);
		expect(why()).toContain('death');
		run('UPDATE person SET died_on = NULL WHERE id = ?', winner);
		merge(winner, third);
		expect(why()).toContain('brought into another one');
		takeApart(winner, third);
		expect(why()).toBe('');
		run("UPDATE person_merge_row SET row_before = json_remove(row_before, '$.names') WHERE table_name = 'person'");
		expect(why()).toContain('not noted');
	});

	test('is refused when an award was given since under the number that would go back', () => {
		const [winner, loser] = [putPayer(ctx, 'Ann', null), fullPerson('Anna')];
		merge(loser, winner);
		const award = "INSERT INTO award (id, person_id, level, kind, standards_version, awarded_on) VALUES (?, ?, 'supervisor', 'adult', 'x', '2026-11-22')";
		run(award, newId(), winner);
		expect(previewUnmerge(officer, { loserId: loser, winnerId: winner }).obstacles.join(' ')).toContain('An award was given since');
	});

	test('is for those who keep files, and never about oneself', () => {
		const [winner, loser] = [fullPerson('Ann'), fullPerson('Anna')];
		merge(loser, winner);
		for (const role of ['finance', 'administrator', 'external_reviewer', 'member'] as const)
			expect(() => previewUnmerge(as(ctx, putPayer(ctx, 'X', null), role), { loserId: loser, winnerId: winner })).toThrow('does not allow');
		expect(() => previewUnmerge(as(ctx, winner, 'registrar'), { loserId: loser, winnerId: winner })).toThrow('does not allow');
	});
});
