import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts';
import { makePdf } from '#core/pdf.ts';
import { sealText } from '#core/vault.ts';
import { dropConcernFile } from '#features/complaints/file-drop.ts';
import { type FileLane, putSealedBytes } from '#features/complaints/file-put.ts';
import { bundles } from '#features/complaints/index.ts';
import { standingByReference, takeStep } from '#features/complaints/step.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { approvedPack } from '#tests/helpers/concern-packs.ts';
import { act, inPreparation } from '#tests/helpers/concern-scene.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let ctx: Ctx;
let owner: Someone;
let lay: Someone;
let therapist: Someone;
let made: { id: string; reference: string };

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23');
	ctx = { ...ctx, settings: { ...ctx.settings, dataDir: folder.path } };
	onTestFinished(() => void ctx.db.sql.close());
	owner = here(staff(ctx, 'Olga', 'complaints_officer'));
	lay = here(staff(ctx, 'Lars', 'lay_panel_member'));
	therapist = here(staff(ctx, 'Tess', 'assessor'));
	made = inPreparation(ctx, { owner, lay, about: therapist, words: 'I went to see her.\n\nMy sister Annabel was there. Annabel lives at 9 Mill Lane.' });
});

const here = (who: Someone): Someone => ({ ...who, ctx: { ...who.ctx, settings: ctx.settings } });
const system = () => ({ ...ctx, actor: { kind: 'system', name: 'test' } as const });
const messages = () => ctx.db.sql.prepare('SELECT id FROM concern_message WHERE concern_id = ? ORDER BY sent_at, id').pluck().all(made.id) as string[];

async function image(name: string, lane: FileLane = 'complainant', colour = '#336699'): Promise<string> {
	const bytes = await sharp({ create: { width: 400, height: 300, channels: 3, background: colour } })
		.jpeg()
		.toBuffer();
	return putSealedBytes(ctx, { concernId: made.id, lane, kind: 'evidence', byPerson: null, name, type: 'image/jpeg' }, bytes);
}
async function paper(name: string, pages = 1): Promise<string> {
	const words = Array.from({ length: pages * 500 }, () => 'some plain words').join(' ');
	const bytes = await makePdf(
		{ title: name, author: 'x', footer: name, blocks: [{ kind: 'paragraph', text: words }] },
		{ now: ctx.now, sourceDir: ctx.settings.sourceDir },
	);
	return putSealedBytes(ctx, { concernId: made.id, lane: 'respondent', kind: 'evidence', byPerson: null, name, type: 'application/pdf' }, bytes);
}
const ask = (files: string[] = [], chosen: string[] = [], purpose: 'hearing' | 'interim' | 'screening' = 'hearing', who = owner) =>
	bundles.askForBundle(who.ctx, made.reference, { purpose, files, messages: chosen });
/** Made and opened: the text of each page, and all of it. */
async function read(id: string, who = owner) {
	await bundles.makeBundle(ctx, id);
	const { content } = await bundles.openBundle(who.ctx, made.reference, id);
	const pdf = await getDocument({ data: new Uint8Array(content), verbosity: VerbosityLevel.ERRORS }).promise;
	const pages: string[] = [];
	for (let n = 1; n <= pdf.numPages; n += 1) {
		const { items } = await (await pdf.getPage(n)).getTextContent();
		pages.push(
			items
				.map((item) => ('str' in item ? item.str : ''))
				.join(' ')
				.replace(/\s+/g, ' '),
		);
	}
	const outline = (await pdf.getOutline()) as { title: string; items: { title: string }[] }[];
	return {
		pdf,
		pages,
		all: pages.join(' '),
		raw: content.toString('latin1'),
		titles: outline.flatMap((one) => [one.title, ...one.items.map(({ title }) => title)]),
	};
}

describe('a bundle', () => {
	test('holds all its parts in the order of reading, with exhibits by their numbers, pictures in their place and PDFs counted', async () => {
		const files = [await image('torn letter.jpg'), await paper('notes of sessions.pdf', 3), await image('calendar.jpg', 'respondent', '#ff0000')];
		approvedPack(owner, lay, made.reference);
		act(owner, made.reference, 'disclose', { toldRespondent: 'A concern was raised.', words: '' });
		act(owner, made.reference, 'replied', { words: 'He telephoned.' });
		const { pages, all, titles, raw } = await read(ask(files, messages().slice(0, 1)));
		expect(titles).toEqual([
			'What is said to have happened',
			'What was said by the person who raised it',
			'What the therapist replied',
			'Messages',
			'What happened, step by step',
			'Exhibits',
			'Exhibit 1: torn letter.jpg',
			'Exhibit 2: notes of sessions.pdf',
			'Exhibit 3: calendar.jpg',
		]);
		const words = [
			'Hearing panel',
			'Did not answer for months.',
			'I went to see her.',
			'It arrived.',
			'Laid before the therapist',
			'It is a PDF and stands apart from this bundle.',
		];
		const at = words.map((one) => all.indexOf(one));
		expect(at).toEqual(at.toSorted((a, b) => a - b));
		expect(at[0]).toBeGreaterThan(0);
		expect(all).not.toContain('How are you?');
		expect(all).not.toContain('He telephoned.');
		expect(all).toMatch(/It has [2-6] pages\./);
		for (const [n, text] of pages.entries()) expect(text).toMatch(new RegExp(`^${made.reference}.*|${made.reference} Bundle page ${n + 1} of ${pages.length}`));
		expect(raw.match(/\/Subtype \/Image/g)).toHaveLength(2);
		expect(raw).toContain('/StructTreeRoot');
	});

	test('has no word that was covered for a side, wherever else it stands', async () => {
		const files = [await image('Annabel at the door.jpg')];
		act(owner, made.reference, 'message', { side: 'complainant', words: 'Thank you for what you said of ANNABEL.' });
		approvedPack(owner, lay, made.reference, {
			cover: [
				{ words: 'Annabel', because: 'third_party' },
				{ words: '9 Mill Lane', because: 'address' },
			],
		});
		const { all, raw } = await read(ask(files, messages()));
		expect(all).not.toMatch(/annabel|mill lane/i);
		expect(raw).not.toMatch(/annabel|mill lane/i);
		expect(all).toContain('My sister [covered: somebody else] was there. [covered: somebody else] lives at [covered: address].');
		expect(all).toContain('Exhibit 1: [covered: somebody else] at the door.jpg');
	});

	test('has a copy with something covered in place of its original', async () => {
		const original = await image('face.jpg');
		const copy = await putSealedBytes(
			ctx,
			{ concernId: made.id, lane: 'office', kind: 'redacted', byPerson: null, name: 'copy.jpg', type: 'image/jpeg' },
			await sharp({ create: { width: 10, height: 10, channels: 3, background: '#000000' } })
				.jpeg()
				.toBuffer(),
		);
		ctx.db.sql
			.prepare('INSERT INTO concern_redacted_file (file_id, original_id, because, made_by, made_at) VALUES (?, ?, ?, ?, 1)')
			.run(copy, original, 'third_party', owner.id);
		const { all, raw } = await read(ask([original]));
		expect(all).toContain('This is a copy in which something is covered.');
		expect(raw).toMatch(/\/Width 10\b/);
		expect(raw).not.toMatch(/\/Width 400\b/);
	});

	test('that is made anew is a new version; the older one opens as it was', async () => {
		const first = ask([await image('one.jpg')]);
		const before = await read(first);
		act(owner, made.reference, 'allegation', { category: 'boundaries_non_sexual', words: 'Another thing.' });
		const second = await read(ask([]));
		expect(second.all).toContain('Version 2');
		expect(second.all).toContain('Another thing.');
		const again = await bundles.openBundle(owner.ctx, made.reference, first);
		expect(again.content.toString('latin1')).toBe(before.raw);
		expect(bundles.bundlesView(owner.ctx, made.reference).bundles.map(({ title }) => title)).toEqual(['Hearing panel, version 2', 'Hearing panel, version 1']);
	});

	test('is made once, however often it is begun; while it is made no other is asked for', async () => {
		const id = ask([await image('one.jpg')]);
		expect(() => ask()).toThrow(Conflict);
		await expect(bundles.openBundle(owner.ctx, made.reference, id)).rejects.toThrow(Conflict);
		await Promise.all([bundles.makeBundle(ctx, id), bundles.makeBundle(ctx, id), bundles.makeWaitingBundles(system())]);
		expect(ctx.db.sql.prepare("SELECT count(*) FROM concern_file WHERE kind = 'bundle'").pluck().get()).toBe(1);
		expect(ctx.db.sql.prepare('SELECT done, total, tries FROM concern_bundle').get()).toEqual({ done: 1, total: 1, tries: 1 });
	});

	test('whose making died is made by the job, and is said to have failed after three tries', async () => {
		const id = ask();
		ctx.db.sql.prepare('UPDATE concern_bundle SET begun_at = ?, tries = 1').run(ctx.now - 31 * 60_000);
		expect(await bundles.makeWaitingBundles(system())).toBe(1);
		expect((await bundles.openBundle(owner.ctx, made.reference, id)).type).toBe('application/pdf');
		const lost = { ...system(), settings: { ...ctx.settings, sourceDir: '/nowhere' } };
		const second = ask();
		for (let n = 0; n < 3; n += 1) await expect(bundles.makeBundle(lost, second)).rejects.toThrow();
		expect(bundles.bundlesView(owner.ctx, made.reference).bundles[0]?.says).toContain('Could not be made');
		expect(await bundles.makeWaitingBundles(system())).toBe(0);
	});

	test('says of a document that went meanwhile that it does not open, and is made all the same', async () => {
		const [stays, went] = [await image('stays.jpg'), await image('went.jpg', 'respondent')];
		const id = ask([stays, went]);
		ctx.db.sql.prepare('UPDATE concern_file SET quarantined_at = 1 WHERE id = ?').run(went);
		const { all } = await read(id);
		expect(all).toContain('This document was found to be harmful');
	});

	test('tells a hearing nothing of a risk or an order for the time being', async () => {
		const words = { side: 'office', personId: owner.id } as const;
		commit(system(), { name: 'test' }, (tx) => {
			sealText(tx, made.id, 'interim:1', 'a risk of this kind');
			takeStep(tx, takeStep(tx, standingByReference(ctx.db, made.reference), 'interim_asked', words), 'flagged', words, { flag: 'police' });
		});
		expect((await read(ask())).all).not.toMatch(/interim|risk/i);
		const interim = (await read(ask([], [], 'interim'))).all;
		expect(interim).toContain('a risk of this kind');
		expect(interim).toContain('An interim order was asked for');
	});
});

describe('who may', () => {
	function seated(kind: 'screening' | 'hearing'): Someone {
		const who = here(staff(ctx, 'Pia', 'committee'));
		letIn(ctx, made.id, who, 'panel');
		const sql = ctx.db.sql;
		sql.exec('DROP TRIGGER IF EXISTS concern_panel_seat_open; DROP TRIGGER IF EXISTS concern_panel_seat_chair');
		sql
			.prepare(
				"INSERT INTO concern_panel (id, concern_id, no, kind, rules_version, sits_on, composed_by, composed_at) VALUES ('p', ?, 1, ?, '2026-1', '2027-01-01', ?, 1)",
			)
			.run(made.id, kind, owner.id);
		sql
			.prepare(`INSERT INTO concern_panel_seat (id, panel_id, person_id, access_id, role, is_lay, seated_on)
				VALUES ('s', 'p', ?, (SELECT id FROM concern_access WHERE person_id = ? AND capacity = 'panel'), 'member', 0, '2026-11-23')`)
			.run(who.id, who.id);
		return who;
	}

	test('a panel reads the bundles made for its own kind, and what stands apart from them; it has none made', async () => {
		const id = ask([await image('one.jpg'), await paper('two.pdf')]);
		await bundles.makeBundle(ctx, id);
		const interim = ask([], [], 'interim');
		await bundles.makeBundle(ctx, interim);
		const member = seated('hearing');
		expect((await bundles.openBundle(member.ctx, made.reference, id)).type).toBe('application/pdf');
		expect((await bundles.openExhibit(member.ctx, made.reference, id, 2)).type).toBe('application/pdf');
		await expect(bundles.openExhibit(member.ctx, made.reference, id, 3)).rejects.toThrow(NotFound);
		await expect(bundles.openBundle(member.ctx, made.reference, interim)).rejects.toThrow(NotFound);
		const view = bundles.bundlesView(member.ctx, made.reference);
		expect(view.bundles).toHaveLength(1);
		expect(view.bundles[0]?.apart).toEqual([{ no: 2, name: 'two.pdf' }]);
		expect(view.choices).toBe(null);
		expect(() => ask([], [], 'hearing', member)).toThrow(Forbidden);
	});

	test('nobody else: strangers, both sides, a reviewer, a shut gate; and every opening is noted', async () => {
		const id = ask();
		await bundles.makeBundle(ctx, id);
		const reviewer = here(staff(ctx, 'Rex', 'committee'));
		letIn(ctx, made.id, reviewer, 'reviewer');
		const shut = here(staff(ctx, 'Shu', 'complaints_officer'));
		letIn(ctx, made.id, shut, 'caseworker', { isGateShut: true });
		for (const who of [reviewer, shut, therapist, here(staff(ctx, 'Reg', 'registrar')), here(staff(ctx, 'Add', 'administrator'))]) {
			expect(() => bundles.bundlesView(who.ctx, made.reference)).toThrow(NotFound);
			await expect(bundles.openBundle(who.ctx, made.reference, id)).rejects.toThrow(NotFound);
			await expect(bundles.openExhibit(who.ctx, made.reference, id, 1)).rejects.toThrow(NotFound);
		}
		expect(() => ask([], [], 'hearing', therapist)).toThrow(NotFound);
		expect(() => ask([], [], 'hearing', reviewer)).toThrow(Forbidden);
		await bundles.openBundle(owner.ctx, made.reference, id);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM concern_read WHERE what = ? AND person_id = ?').pluck().get(`bundle:${id}`, owner.id)).toBe(1);
	});

	test('what is of another case, a bundle or a dropped document is not taken in', async () => {
		const other = inPreparation(ctx, { owner, lay, about: therapist, words: 'Another.' });
		const theirs = ctx.db.sql.prepare('SELECT id FROM concern_message WHERE concern_id = ?').pluck().get(other.id) as string;
		expect(() => ask([], [theirs])).toThrow(Invalid);
		const gone = await image('gone.jpg');
		commit(system(), { name: 'test' }, (tx) => dropConcernFile(tx, gone, 'office'));
		expect(() => ask([gone])).toThrow(Invalid);
	});
});
