import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts';
import type { Role } from '#core/roles.ts';
import { openText, sealText } from '#core/vault.ts';
import { filesIn } from '#features/complaints/file-list.ts';
import { readConcernFile } from '#features/complaints/file-read.ts';
import { letters } from '#features/complaints/index.ts';
import type { LetterSide } from '#features/complaints/letter-template.ts';
import type { StepKind } from '#features/complaints/phases.ts';
import { standingByReference, takeStep } from '#features/complaints/step.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let ctx: Ctx;
let owner: Someone;
let second: Someone;
let therapist: Someone;
let made: { id: string; reference: string };

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23');
	ctx = { ...ctx, settings: { ...ctx.settings, dataDir: folder.path } };
	onTestFinished(() => void ctx.db.sql.close());
	owner = here(staff(ctx, 'Olga', 'complaints_officer'));
	second = here(staff(ctx, 'Sam', 'complaints_officer'));
	therapist = here(staff(ctx, 'Tess', 'assessor'));
	made = aConcern(ctx, { about: therapist });
	letIn(ctx, made.id, owner, 'owner');
	letIn(ctx, made.id, second, 'caseworker');
	step('acknowledged');
	step('assigned', { owner: owner.id });
});

const here = (who: Someone): Someone => ({ ...who, ctx: { ...who.ctx, settings: ctx.settings } });
const system = () => ({ ...ctx, actor: { kind: 'system', name: 'test' } as const });

function step(kind: StepKind, data: Record<string, unknown> = {}): number {
	return commit(system(), { name: 'test' }, (tx) =>
		takeStep(tx, standingByReference(ctx.db, made.reference), kind, { side: 'office', personId: owner.id }, data),
	).seen;
}
function seal(place: string, words: string): void {
	commit(system(), { name: 'test' }, (tx) => {
		sealText(tx, made.id, place, words);
		tx.recorded += 1;
	});
}
/** As far as a case that was laid before the therapist; what two people decide is written as decided. */
function disclosed(): number {
	ctx.db.sql.exec('DROP TRIGGER concern_step_screened');
	step('accepted');
	return step('disclosed');
}
const begin = (no: number, side: LetterSide = 'complainant') => letters.beginLetter(owner.ctx, made.reference, { step: no, side });
const view = (id: string, who = owner) => letters.letterView(who.ctx, made.reference, id);
const change = (id: string, body: string, who = owner) =>
	letters.changeLetter(who.ctx, made.reference, id, { version: view(id, who).letter.version, title: 'A letter', body });
const approve = (id: string, who = second) => letters.approveLetter(who.ctx, made.reference, id, { version: view(id, who).letter.version });
const send = (id: string, way: 'message' | 'post' = 'message', who = owner) =>
	letters.sendLetter(who.ctx, made.reference, id, { version: view(id, who).letter.version, way });

async function pagesOf(content: Buffer) {
	const pdf = await getDocument({ data: new Uint8Array(content), verbosity: VerbosityLevel.ERRORS }).promise;
	const page = await pdf.getPage(1);
	const { items } = await page.getTextContent();
	return {
		tags: JSON.stringify(await page.getStructTree()),
		text: items
			.map((item) => ('str' in item ? item.str : ''))
			.join(' ')
			.replace(/\s+/g, ' '),
	};
}

describe('a letter', () => {
	test('begins with the dates that hold, is changed, and goes as a tagged PDF into the lane of its reader, who is told without a word', async () => {
		seal('contact', JSON.stringify({ name: 'Robin Rivers', email: 'robin@post.example' }));
		const id = begin(3);
		expect(begin(3)).toBe(id);
		expect(view(id).body).toContain('We tell you what we decided by 7 December 2026.');
		change(id, 'Dear Robin,\n\nWe have it.\n\na-canary of this letter');
		const fileId = await send(id);
		const file = await readConcernFile(ctx, made.id, fileId, 'complainant');
		const { tags, text } = await pagesOf(file.content);
		expect(text).toContain(`Our reference: ${made.reference} A letter Dear Robin, We have it. a-canary of this letter`);
		expect(tags).toMatch(/"role":"H1"/);
		expect(letters.lettersTo(ctx, made.id, 'complainant')).toEqual([{ title: 'A letter', sentOn: '2026-11-23', fileId }]);
		expect(filesIn(ctx, made.id, 'respondent')).toEqual([]);
		const [message] = ctx.db.sql.prepare("SELECT id, side FROM concern_message WHERE repeat_key LIKE 'letter:%'").all() as { id: string; side: string }[];
		expect(message?.side).toBe('complainant');
		expect(openText(ctx, made.id, `message:${message?.id}`)).not.toContain('We have it');
		const mail = ctx.db.sql.prepare('SELECT to_address AS "to", subject, body AS text FROM outbox').all() as { to: string; text: string }[];
		expect(mail).toMatchObject([{ to: 'robin@post.example', subject: 'A message about your reference' }]);
		expect(JSON.stringify(mail)).not.toMatch(/letter|CON-/i);
	});

	test('that was sent is never sent again, changed or put away', async () => {
		const id = begin(3);
		const { version } = view(id).letter;
		await send(id);
		expect(view(id).acts).toEqual([]);
		await expect(letters.sendLetter(owner.ctx, made.reference, id, { version, way: 'message' })).rejects.toThrow(Conflict);
		expect(() => change(id, 'Other words.')).toThrow(Conflict);
		expect(() => letters.dropLetter(owner.ctx, made.reference, id, { version })).toThrow(Conflict);
		expect(() => ctx.db.sql.prepare('UPDATE concern_letter SET version = 9').run()).toThrow('never changed');
	});

	test('sent by two at the same moment goes once: the other is told, and leaves no document behind', async () => {
		const id = begin(3);
		const { version } = view(id).letter;
		const later = { ...second.ctx, now: ctx.now + 1 };
		const both = await Promise.allSettled([
			letters.sendLetter(owner.ctx, made.reference, id, { version, way: 'message' }),
			letters.sendLetter(later, made.reference, id, { version, way: 'message' }),
		]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(filesIn(ctx, made.id)).toHaveLength(1);
		expect(ctx.db.sql.prepare("SELECT count(*) FROM concern_message WHERE repeat_key LIKE 'letter:%'").pluck().get()).toBe(1);
	});

	test('with something left to be written does not go', async () => {
		ctx.db.sql.exec('DROP TRIGGER concern_step_screened');
		const id = begin(step('declined'));
		expect(view(id).left).toEqual(['the reasons, in plain words']);
		expect(view(id).acts).toEqual(['change', 'drop']);
		await expect(send(id)).rejects.toThrow(Invalid);
		change(id, view(id).body.replace('[Write here: the reasons, in plain words]', 'It is about somebody else.'));
		expect(view(id).body).toContain('until 21 December 2026, which is 28 days');
		await send(id);
	});

	test('that nobody read in between does not go: whoever comes late is told', async () => {
		const id = begin(3);
		const { version } = view(id).letter;
		change(id, 'Words of a colleague.', second);
		await expect(letters.sendLetter(owner.ctx, made.reference, id, { version, way: 'message' })).rejects.toThrow('Somebody has just changed this letter');
	});

	test('goes by post only where an address was given for it, which is then on it', async () => {
		expect(view(begin(3)).ways.map(({ value }) => value)).toEqual(['message']);
		await expect(send(begin(3), 'post')).rejects.toThrow('They gave no address');
		seal('contact', JSON.stringify({ name: 'Robin Rivers', post: '1 Mill Lane\nAnytown' }));
		const { text } = await pagesOf((await readConcernFile(ctx, made.id, await send(begin(3), 'post'))).content);
		expect(text).toContain('Robin Rivers 1 Mill Lane Anytown 23 November 2026');
		expect(ctx.db.sql.prepare("SELECT count(*) FROM concern_message WHERE repeat_key LIKE 'letter:%'").pluck().get()).toBe(0);
	});

	test('that is put away takes its words with it, and can be begun again', () => {
		const id = begin(3);
		change(id, 'a-canary');
		letters.dropLetter(owner.ctx, made.reference, id, { version: view(id).letter.version });
		expect(openText(ctx, made.id, `letter:${id}`)).not.toContain('a-canary');
		expect(begin(3)).not.toBe(id);
	});
});

describe('a letter that two people send', () => {
	test('waits for somebody who did not write it; a change asks for them anew', async () => {
		const id = begin(disclosed(), 'respondent');
		change(id, 'Dear Tess,\n\nThis is what is said.');
		expect(view(id).acts).toEqual(['change', 'drop']);
		expect(view(id).waits).toBe(true);
		await expect(send(id)).rejects.toThrow('A second person has to read this letter');
		expect(() => approve(id, owner)).toThrow('your own words');
		approve(id);
		expect(() => approve(id)).toThrow(Conflict);
		change(id, 'Dear Tess,\n\nThis is what is said. And more.');
		await expect(send(id)).rejects.toThrow(Conflict);
		approve(id);
		const fileId = await send(id);
		expect(filesIn(ctx, made.id, 'respondent').map((file) => file.id)).toEqual([fileId]);
		expect(filesIn(ctx, made.id, 'complainant')).toEqual([]);
	});

	test('is held by the register itself, not only by the page', () => {
		const id = begin(disclosed(), 'respondent');
		const run = (text: string) => () => ctx.db.sql.prepare(text).run({ id, me: owner.id });
		expect(run('UPDATE concern_letter SET approved_by = :me, approved_at = 1 WHERE id = :id')).toThrow('a second person approves');
	});
});

test('a letter on what a panel decided begins with the reasons that it wrote down, part by part', () => {
	disclosed();
	step('reported');
	seal('panel:one:screening', 'Nothing here could be found.');
	seal('panel:one:screening:a', 'On the first point: no.');
	const id = begin(step('no_case', { panel: 'one' }), 'respondent');
	expect(view(id).body).toContain('These are the reasons: Nothing here could be found.\n\nOn the first point: no.');
	expect(view(id).left).toEqual([]);
});

describe('the therapist', () => {
	test('gets no letter before they were told, and is told of the case by the words of two letters only', () => {
		expect(letters.lettersView(owner.ctx, made.reference).fitting.every(({ side }) => side === 'complainant')).toBe(true);
		expect(() => begin(3, 'respondent')).toThrow(Invalid);
		const no = disclosed();
		const fitting = letters.lettersView(owner.ctx, made.reference).fitting.filter(({ side }) => side === 'respondent');
		expect(fitting.map((one) => one.step)).toEqual([no]);
		expect(() => begin(3, 'respondent')).toThrow(Invalid);
	});
});

describe('who may not', () => {
	test('whoever was not let in, the sides, a panel member, an adviser: the same as for no case, for every act', async () => {
		const id = begin(3);
		const panel = here(staff(ctx, 'Pia', 'committee'));
		letIn(ctx, made.id, panel, 'panel');
		const adviser = here(staff(ctx, 'Ada', 'committee'));
		letIn(ctx, made.id, adviser, 'adviser');
		const shut = here(staff(ctx, 'Shu', 'complaints_officer'));
		letIn(ctx, made.id, shut, 'caseworker', { isGateShut: true });
		const roles: Role[] = ['complaints_officer', 'registrar', 'administrator', 'committee', 'membership_officer'];
		const strangers = roles.map((role) => here(staff(ctx, `One${role}`, role as 'registrar')));
		for (const who of [...strangers, therapist, shut]) {
			for (const reference of [made.reference, 'CON-2020-9999']) {
				expect(() => letters.lettersView(who.ctx, reference)).toThrow(NotFound);
				expect(() => letters.beginLetter(who.ctx, reference, { step: 3, side: 'complainant' })).toThrow(NotFound);
				expect(() => letters.changeLetter(who.ctx, reference, id, { version: 1, title: 'x', body: 'x' })).toThrow(NotFound);
				expect(() => letters.approveLetter(who.ctx, reference, id, { version: 1 })).toThrow(NotFound);
				await expect(letters.sendLetter(who.ctx, reference, id, { version: 1, way: 'message' })).rejects.toThrow(NotFound);
				await expect(letters.letterPaper(who.ctx, reference, id)).rejects.toThrow(NotFound);
			}
		}
		for (const who of [panel, adviser]) {
			expect(() => letters.lettersView(who.ctx, made.reference)).toThrow(NotFound);
			expect(() => letters.beginLetter(who.ctx, made.reference, { step: 3, side: 'complainant' })).toThrow(Forbidden);
			expect(() => letters.approveLetter(who.ctx, made.reference, id, { version: 1 })).toThrow(Forbidden);
			await expect(letters.sendLetter(who.ctx, made.reference, id, { version: 1, way: 'message' })).rejects.toThrow(Forbidden);
			await expect(letters.letterPaper(who.ctx, made.reference, id)).rejects.toThrow(Forbidden);
		}
	});

	test('no letter of another case opens in this one', () => {
		const other = aConcern(ctx);
		letIn(ctx, other.id, owner, 'owner');
		expect(() => letters.letterView(owner.ctx, other.reference, begin(3))).toThrow(NotFound);
	});

	test('every opening is noted, and no word stands outside the vault', async () => {
		const id = begin(3);
		change(id, 'a-canary in a letter');
		await letters.letterPaper(owner.ctx, made.reference, id);
		await send(id);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM concern_read WHERE what = ?').pluck().get(`letter:${id}`)).toBeGreaterThan(2);
		const tables = ctx.db.sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'").pluck().all() as string[];
		for (const table of tables) expect(JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM "${table}"`).all())).not.toContain('a-canary');
	});
});
