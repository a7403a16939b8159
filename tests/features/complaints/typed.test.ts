import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts';
import { openText } from '#core/vault.ts';
import type { Cookies } from '#features/accounts/index.ts';
import { casework, typedConcerns, wayIn } from '#features/complaints/index.ts';
import { sightOf } from '#features/complaints/sight.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

const PASSPHRASE = 'marble otter kettle sunrise';
let ctx: Ctx;
let olga: Someone;
let otto: Someone;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23', { kind: 'public' });
	onTestFinished(() => void ctx.db.sql.close());
	olga = staff(ctx, 'Olga', 'complaints_officer');
	otto = staff(ctx, 'Otto', 'complaints_officer');
});

const begin = (who: Someone, way: 'telephone' | 'letter' | 'email' | 'own_motion', repeat = `${way}-${who.id}`) =>
	typedConcerns.beginTyped(who.ctx, { way, about: 'therapist', cameOn: '2026-11-20', repeat });

/** Typed by Olga, with everything that it needs. */
function typed(way: 'telephone' | 'letter' | 'email' | 'own_motion'): string {
	const id = begin(olga, way);
	typedConcerns.saveTypedAbout(olga.ctx, id, { number: '', called: 'Dana Quirk', described: 'Works in Leeds' });
	if (way !== 'own_motion') typedConcerns.saveTyped(olga.ctx, id, 'you', { source: 'client', name: 'Ann' });
	typedConcerns.saveTyped(olga.ctx, id, 'what', { happened: 'Said on the telephone.' });
	return id;
}

function giveKey(id: string): string {
	const caseKey = wayIn.newCaseKey();
	typedConcerns.giveKey(olga.ctx, id, { caseKey, seal: wayIn.sealOfKey(ctx, caseKey), given: true });
	return caseKey;
}

const lists = (who: Someone) => typedConcerns.typedLists(who.ctx);
const recordedAt = (id: string) => ctx.db.sql.prepare('SELECT recorded_at FROM concern_typed WHERE concern_id = ?').pluck().get(id) as number;
const confirm = (id: string, how: 'telephone' | 'letter' = 'telephone') => typedConcerns.recordConfirmation(olga.ctx, id, { how, on: '2026-11-23' });
const check = (who: Someone, id: string, result: 'agreed' | 'refused' = 'agreed') => typedConcerns.checkTyped(who.ctx, id, { result, seen: recordedAt(id) });

test('what was said on the telephone opens once with the key and a passphrase chosen then, is corrected and sent by the person, and is no officer’s any more', async () => {
	const id = typed('telephone');
	const caseKey = giveKey(id);
	expect(lists(olga).own).toEqual([expect.objectContaining({ title: 'By telephone, 20 November 2026', state: expect.stringContaining('has a key') })]);
	expect(lists(otto)).toEqual({ own: [], toCheck: [] });
	expect(() => typedConcerns.typedView(otto.ctx, id)).toThrow(NotFound);
	await expect(wayIn.openFirst(ctx, browser(), { caseKey, passphrase: 'password' })).rejects.toThrow(Invalid);
	// Nobody opens it with the key alone by the other door, nor with another key by this one.
	await expect(wayIn.openByKey(ctx, browser(), { caseKey, passphrase: PASSPHRASE })).rejects.toThrow('do not fit together');
	await expect(wayIn.openFirst(ctx, browser(), { caseKey: '2222-2222-2222', passphrase: PASSPHRASE })).rejects.toThrow('This key does not fit');
	const cookies = browser();
	await wayIn.openFirst(ctx, cookies, { caseKey, passphrase: PASSPHRASE });
	expect(wayIn.visitOf(ctx, cookies)).toBe(id);
	await expect(wayIn.openFirst(ctx, browser(), { caseKey, passphrase: PASSPHRASE })).rejects.toThrow('This key does not fit');
	expect(await wayIn.openByKey(ctx, browser(), { caseKey, passphrase: PASSPHRASE })).toBe(id);

	expect(() => typedConcerns.typedView(olga.ctx, id)).toThrow(NotFound);
	expect(() => typedConcerns.saveTyped(olga.ctx, id, 'what', { happened: 'Something else.' })).toThrow(NotFound);
	expect(() => giveKey(id)).toThrow(NotFound);
	expect(wayIn.draftOf(ctx, id).answers.what).toEqual({ happened: 'Said on the telephone.' });
	wayIn.savePart(ctx, id, 'what', { happened: 'It was in June, not in May.' });
	const reference = wayIn.sendConcern(ctx, id, wayIn.draftOf(ctx, id).standing.seen);
	expect(openText(ctx, id, 'statement')).toContain('It was in June');
	expect(lists(olga).own).toEqual([]);
	// Whoever typed it knows nothing of it any more, unless they are let in; the gate names whom it is about without opening what was said.
	expect(() => sightOf(olga.ctx, reference)).toThrow(NotFound);
	const queue = (who: Someone) => casework.concernQueue(who.ctx, { stage: '', isMine: false, isOverdue: false, page: 1 }).lines.map((line) => line.reference);
	expect([queue(olga), queue(otto)]).toEqual([[], [reference]]);
	expect(casework.caseAct(otto.ctx, reference, 'declare').shows).toEqual(['Dana Quirk (the person it is about, as described)', 'Ann (raised it)']);
	ctx.db.sql.prepare("UPDATE role_grant SET to_on = '2026-11-22' WHERE person_id = ?").run(otto.id);
	// With no other officer left, nobody but them could take it on.
	expect([queue(olga), sightOf(olga.ctx, reference).isGateShut]).toEqual([[reference], true]);
});

test('what was confirmed by telephone or in a signed letter is sent once another has checked it, and what they read stands in the record', () => {
	const id = typed('letter');
	expect(() => confirm('nothing')).toThrow(NotFound);
	confirm(id, 'letter');
	expect(lists(otto).toCheck).toHaveLength(1);
	const waits = (who: Someone) => casework.concernWork(who.ctx).find(({ label }) => label.startsWith('Typed'))?.count;
	expect([waits(otto), waits(olga), waits(staff(ctx, 'Reg', 'registrar'))]).toEqual([1, undefined, undefined]);
	expect(lists(olga).toCheck).toEqual([]);
	expect(() => check(olga, id)).toThrow(NotFound);
	typedConcerns.typedCheckView(otto.ctx, id);
	const before = recordedAt(id);
	// Changed after it was confirmed: it has to be confirmed again.
	typedConcerns.saveTyped(olga.ctx, id, 'tried', { tried: 'Nothing.' });
	expect(() => typedConcerns.checkTyped(otto.ctx, id, { result: 'agreed', seen: before })).toThrow(NotFound);
	confirm(id, 'letter');
	expect(check(otto, id, 'refused')).toBe(false);
	expect(lists(olga).own[0]?.state).toBe('Being typed');
	confirm(id, 'letter');
	const lay = staff(ctx, 'Lars', 'lay_panel_member');
	typedConcerns.typedCheckView(lay.ctx, id);
	expect(() => typedConcerns.checkTyped(lay.ctx, id, { result: 'agreed', seen: 1 })).toThrow(Conflict);
	expect(check(lay, id)).toBe(true);
	const step = ctx.db.sql.prepare("SELECT by_person AS who, by_side AS side FROM concern_step WHERE concern_id = ? AND kind = 'sent'").get(id);
	expect(step).toEqual({ who: lay.id, side: 'office' });
	const reads = ctx.db.sql.prepare('SELECT person_id FROM concern_read WHERE concern_id = ? ORDER BY at, id').pluck().all(id);
	expect(new Set(reads)).toEqual(new Set([otto.id, lay.id]));
	expect(() => typedConcerns.typedCheckView(lay.ctx, id)).toThrow(NotFound);
});

test('of our own motion it needs no key and nobody behind it, and a second person all the same', () => {
	const id = typed('own_motion');
	expect(wayIn.draftOf(ctx, id).parts.map(({ key }) => key)).toEqual(['about', 'what', 'witnesses']);
	expect(() => giveKey(id)).toThrow(Conflict);
	typedConcerns.recordConfirmation(olga.ctx, id, null);
	expect(check(otto, id)).toBe(true);
	const row = ctx.db.sql.prepare('SELECT way, source, typed_by AS typedBy, phase FROM concern WHERE id = ?').get(id);
	expect(row).toEqual({ way: 'own_motion', source: 'own_motion', typedBy: olga.id, phase: 'received' });
});

test('nobody types or checks what is about themselves, and only those who work on concerns type at all', () => {
	const number = (who: Someone, value: string) =>
		ctx.db.sql
			.prepare('INSERT INTO registration (person_id, number, sequence, registered_on) VALUES (?, ?, ?, ?)')
			.run(who.id, value, Number(value), '2020-01-01');
	number(otto, '900001');
	expect(() => begin(staff(ctx, 'Reg', 'registrar'), 'telephone')).toThrow(Forbidden);
	expect(() => begin(staff(ctx, 'Lars', 'lay_panel_member'), 'telephone')).toThrow(Forbidden);
	const id = typed('telephone');
	ctx.db.sql.prepare('UPDATE concern SET respondent_id = ? WHERE id = ?').run(otto.id, id);
	confirm(id);
	expect(lists(otto).toCheck).toEqual([]);
	expect(() => typedConcerns.typedCheckView(otto.ctx, id)).toThrow(NotFound);
	expect(() => check(otto, id)).toThrow(NotFound);
	expect(() => begin(olga, 'telephone', 'twice') && begin(olga, 'telephone', 'twice')).toThrow('begun already');
});

test('what nobody confirmed goes ninety days after it was last touched, with its key; it can be removed at once when asked', async () => {
	const id = typed('telephone');
	const caseKey = giveKey(id);
	const gone = typed('email');
	typedConcerns.dropTyped(olga.ctx, gone);
	const later = { ...ctx, now: ctx.now + 90 * 86_400_000, today: '2027-02-21' };
	expect(wayIn.tendConcernDrafts(later)).toEqual({ dropped: 1, reminded: 0 });
	for (const table of ['concern', 'concern_typed', 'concern_typed_look', 'vault_text'])
		expect(ctx.db.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
	await expect(wayIn.openFirst(later, browser(), { caseKey, passphrase: PASSPHRASE })).rejects.toThrow('This key does not fit');
	expect(id).not.toBe(gone);
});

function browser(): Cookies {
	const jar = new Map<string, string>();
	return {
		get: (name) => (jar.has(name) ? { value: jar.get(name) ?? '' } : undefined),
		set: (name, value) => void jar.set(name, value),
		delete: (name) => void jar.delete(name),
	};
}
