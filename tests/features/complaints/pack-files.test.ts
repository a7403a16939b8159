import fc from 'fast-check';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { openTexts, placesOf } from '#core/vault.ts';
import { putSealedBytes } from '#features/complaints/file-put.ts';
import { casework, ownArea, packs } from '#features/complaints/index.ts';
import { standingByReference } from '#features/complaints/step.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { approvedPack, madePack, packOf, versionOf } from '#tests/helpers/concern-packs.ts';
import { act, inPreparation } from '#tests/helpers/concern-scene.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let ctx: Ctx;
let owner: Someone;
let lay: Someone;
let therapist: Someone;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	const made = testCtx(emptyRegister(folder.path), '2026-11-23');
	ctx = { ...made, settings: { ...made.settings, dataDir: folder.path } };
	onTestFinished(() => void ctx.db.sql.close());
	owner = staff(ctx, 'Olga', 'complaints_officer');
	lay = staff(ctx, 'Lars', 'lay_panel_member');
	therapist = aPerson(ctx, 'Tess');
});

test('a document goes to a side as its copy, without its name; the original and what was not chosen stay shut', async () => {
	const { id, reference } = inPreparation(ctx, { owner, lay, about: therapist });
	const put = (kind: 'evidence' | 'redacted', words: string) =>
		putSealedBytes(
			ctx,
			{ concernId: id, lane: kind === 'redacted' ? 'office' : 'complainant', kind, byPerson: owner.id, name: `${words}.pdf`, type: 'application/pdf' },
			Buffer.from(words),
		);
	const [original, copy, other] = [await put('evidence', 'Ruth-Bellweather'), await put('redacted', 'covered-Ruth'), await put('evidence', 'other')];
	expect(packs.originalsIn(owner.ctx, reference).map(({ value }) => value)).toEqual([original, other]);
	expect(() => packs.linkRedactedFile(owner.ctx, reference, { original, copy: other, because: 'third_party' })).toThrow('Choose the copy again.');
	packs.linkRedactedFile(owner.ctx, reference, { original, copy, because: 'third_party' });
	const keys = packs.sourcesOf(ctx, id).map(({ key }) => key);
	expect([keys.includes(`file:${copy}`), keys.includes(`file:${original}`)]).toEqual([true, false]);
	const no = approvedPack(owner, lay, reference, { keys: [...keys.filter((key) => key.startsWith('allegation')), `file:${copy}`] });
	const open = (file: string) => ownArea.openAsRespondent(therapist.ctx, reference, file);
	await expect(open(copy)).rejects.toThrow(NotFound);
	act(owner, reference, 'disclose', { toldRespondent: 'A concern was raised.', words: '' });
	expect(packs.packPage(lay.ctx, reference, no).copies).toEqual([{ n: 2, copy, original, because: 'third_party' }]);
	expect(await open(copy)).toMatchObject({ name: 'document.pdf', content: Buffer.from('covered-Ruth') });
	for (const shut of [original, other, 'none']) await expect(open(shut)).rejects.toThrow(NotFound);
	await expect(ownArea.openGivenDocument(ctx, id, copy)).rejects.toThrow(NotFound);
	expect(JSON.stringify(ownArea.packView(therapist.ctx, reference, no))).not.toMatch(/Ruth|Bellweather/);
	expect(ctx.db.sql.prepare("SELECT count(*) FROM concern_read WHERE what = ? AND capacity = 'respondent'").pluck().get(`file:${copy}`)).toBe(1);
});

test('whatever is covered, it is nowhere in the sealed copies nor in what the side reads', { timeout: 60_000 }, () => {
	const word = fc.constantFrom('ruth', 'Mill', 'Lane', 'late', 'sister', '4', 'O’Hara', '(x)', 'café');
	const text = fc.array(word, { minLength: 3, maxLength: 40 }).map((words) => words.join(' '));
	const cover = fc.array(
		fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
		{ minLength: 1, maxLength: 4 },
	);
	fc.assert(
		fc.property(text, cover, (words, covered) => {
			const { id, reference } = inPreparation(ctx, { owner, lay, about: therapist, words });
			const held = covered.filter((one) => words.toLowerCase().includes(one.toLowerCase()));
			const keys = ['statement'];
			const no = madePack(owner, reference, { keys });
			for (const sought of held) {
				const page = packs.packPage(owner.ctx, reference, no);
				const hits = page.items.flatMap((item) => packs.hitsOf(item.words ?? '', sought).map(({ from, to }) => `${item.n}:${from}:${to}`));
				packs.coverHits(owner.ctx, reference, { no, version: versionOf(owner, reference, no), hits, because: 'safety' });
			}
			packs.sendPack(owner.ctx, reference, { no, version: versionOf(owner, reference, no) });
			packs.checkPack(lay.ctx, reference, { no, version: versionOf(owner, reference, no), result: 'approved', words: '', saw: true });
			act(owner, reference, 'disclose', { toldRespondent: 'Read it.', words: '' });
			const copies = [...openTexts(ctx, id, placesOf(ctx.db, id, `pack:${packOf(owner, reference, no).id}:`)).values()].join('\n');
			const read = JSON.stringify(ownArea.ownView(therapist.ctx, reference).packs);
			for (const one of held) for (const seen of [copies, read]) expect(seen.toLowerCase()).not.toContain(one.toLowerCase());
		}),
		{ numRuns: 25, seed: 5 },
	);
});

test('what waits of both sides stands on the first page of the office, for those alone who can do it', () => {
	const { reference } = inPreparation(ctx, { owner, lay, about: therapist });
	const waiting = (who: Someone) => casework.concernWork(who.ctx).map(({ label }) => label);
	const no = madePack(owner, reference);
	packs.sendPack(owner.ctx, reference, { no, version: versionOf(owner, reference, no) });
	const CHECK = 'What is laid before a side: check what others covered';
	expect(waiting(lay)).toContain(CHECK);
	expect(waiting(owner)).not.toContain(CHECK);
	packs.checkPack(lay.ctx, reference, { no, version: versionOf(owner, reference, no), result: 'approved', words: '', saw: true });
	expect(waiting(lay)).not.toContain(CHECK);
	act(owner, reference, 'disclose', { toldRespondent: 'Read it.', words: '' });
	ownArea.askForTime(therapist.ctx, reference, { words: 'A week.' });
	expect([waiting(owner), waiting(lay)].map((labels) => labels.includes('Therapists who ask for time'))).toEqual([true, false]);
	expect(standingByReference(ctx.db, reference).concern.isPaused).toBe(0);
});

test('a representative is told of messages like the therapist', () => {
	const { reference } = inPreparation(ctx, { owner, lay, about: therapist });
	approvedPack(owner, lay, reference);
	act(owner, reference, 'disclose', { toldRespondent: 'Read it.', words: '' });
	const speaker = aPerson(ctx, 'Spike');
	ctx.db.sql
		.prepare("INSERT OR REPLACE INTO registration (person_id, number, sequence, registered_on) VALUES (?, '990009', 990009, '2020-01-01')")
		.run(speaker.id);
	for (const who of [therapist, speaker]) ctx.db.sql.prepare('UPDATE person SET email = ? WHERE id = ?').run(`${who.id}@member.example`, who.id);
	ownArea.nameHelper(therapist.ctx, reference, { kind: 'representative', name: 'Spike', reach: '', number: '990009' });
	ownArea.answerInvitation(speaker.ctx, reference, { agrees: true });
	const mails = () =>
		ctx.db.sql.prepare("SELECT count(*) FROM outbox WHERE kind = 'concern.words' AND to_address = ?").pluck().get(`${speaker.id}@member.example`);
	const before = mails() as number;
	act(owner, reference, 'message', { side: 'respondent', words: 'Hello.' });
	expect(mails()).toBe(before + 1);
});
