import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { filesFolder } from '#core/file-store.ts';
import { filesOnDisk } from '#core/file-upkeep.ts';
import { putConcernFile, putSealedBytes } from '#features/complaints/file-put.ts';
import { caseFiles, casework } from '#features/complaints/index.ts';
import { scanFilesAgain, scanWaitingFiles } from '#jobs/files.ts';
import { readSettings } from '#settings';
import { pdf } from '#tests/core/files/corpus.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
import { FakeClamd } from '#tests/helpers/fake-clamd.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const LANES = ['complainant', 'respondent', 'office'] as const;
const DAY = 86_400_000;
let register: TestRegister;
let clamd: FakeClamd;
let ctx: Ctx;
let owner: Someone;
beforeEach(async () => {
	clamd = await new FakeClamd().listen();
	register = registerIn('2026-11-23', { scan: readSettings({ SCAN: 'clamd', CLAMD_ADDRESS: clamd.address }).scan });
	ctx = register.ctx;
	owner = staff(ctx, 'Olga', 'complaints_officer');
});
afterEach(async () => {
	register.close();
	await clamd.close();
});

const file = (text: string) => new File([new Uint8Array(pdf({ text }))], `${text}.pdf`);
const open = (who: Someone, reference: string, id: string) => caseFiles.openCaseDocument(who.ctx, reference, id);
const reads = (id: string) =>
	ctx.db.sql.prepare('SELECT what FROM concern_read WHERE concern_id = ? AND what LIKE ? ORDER BY at, id').pluck().all(id, 'file:%');

/** A case about somebody with a document in each lane; its owner has answered at the gate. */
async function aCase(): Promise<{ id: string; reference: string; respondent: Someone; documents: Record<(typeof LANES)[number], string> }> {
	const respondent = staff(ctx, 'Tess', 'assessor');
	const { id, reference } = aConcern(ctx, { about: respondent });
	letIn(ctx, id, owner, 'owner');
	const put = (lane: (typeof LANES)[number]) =>
		putConcernFile(ctx, { concernId: id, lane, kind: 'evidence', byPerson: lane === 'office' ? owner.id : null, field: 'documents' }, file(`from ${lane}`));
	const documents = { complainant: await put('complainant'), respondent: await put('respondent'), office: await put('office') };
	return { id, reference, respondent, documents };
}

describe('a document of a case', () => {
	test('opens for the people of the case, each opening noted with who and which', async () => {
		const { id, reference, documents } = await aCase();
		const helper = staff(ctx, 'Hal', 'complaints_officer');
		letIn(ctx, id, helper, 'caseworker');
		for (const lane of LANES) expect((await open(helper, reference, documents[lane])).content.toString('latin1')).toContain(`from ${lane}`);
		expect(reads(id)).toEqual(LANES.map((lane) => `file:${documents[lane]}`));
		const { reads: shown } = casework.accessView(owner.ctx, reference);
		expect(shown.filter(({ name }) => name === 'Hal Example').map(({ what }) => what)).toEqual(LANES.map((lane) => `from ${lane}.pdf`).reverse());
		expect(caseFiles.caseDocuments(owner.ctx, reference).lanes.map(({ files }) => files.map(({ name, by }) => [name, by]))).toEqual([
			[['from complainant.pdf', null]],
			[['from respondent.pdf', null]],
			[['from office.pdf', 'Olga Example']],
		]);
	});

	test('is not there for anybody else: stranger, the therapist, a shut gate, who stepped back, whose time is over, a reviewer', async () => {
		const { id, reference, respondent, documents } = await aCase();
		const somebody = (name: string, capacity?: string, more = {}) => {
			const one = staff(ctx, name, 'complaints_officer');
			if (capacity !== undefined) letIn(ctx, id, one, capacity, more);
			return one;
		};
		const late = somebody('Late', 'caseworker', { days: 1 });
		const back = somebody('Back', 'caseworker');
		casework.stepBack(back.ctx, reference);
		const nobodies = [
			respondent,
			somebody('Stranger'),
			somebody('Shut', 'caseworker', { isGateShut: true }),
			back,
			{ ...late, ctx: { ...late.ctx, now: ctx.now + 2 * DAY } },
			somebody('Reviewer', 'reviewer'),
			staff(ctx, 'Adam', 'administrator'),
		];
		for (const who of nobodies) {
			for (const lane of LANES) await expect(open(who, reference, documents[lane]), `${lane}`).rejects.toThrow(NotFound);
			expect(() => caseFiles.caseDocuments(who.ctx, reference)).toThrow(new NotFound('There is no such case.'));
			await expect(caseFiles.addCaseDocument(who.ctx, reference, { lane: 'office', kind: 'evidence' }, file('x'))).rejects.toThrow();
		}
		expect(reads(id)).toEqual([]);
	});

	test('of another case is not there, and neither is one that never was', async () => {
		const [one, two] = [await aCase(), aConcern(ctx)];
		letIn(ctx, two.id, owner, 'owner');
		for (const id of [one.documents.office, 'no-such-file', '']) await expect(open(owner, two.reference, id)).rejects.toThrow('There is no such document.');
		expect(reads(two.id)).toEqual([]);
	});

	test('opens for a panel only when it was made for it', async () => {
		const { id, reference, documents } = await aCase();
		const member = staff(ctx, 'Pam', 'lay_panel_member');
		letIn(ctx, id, member, 'panel');
		for (const lane of LANES) await expect(open(member, reference, documents[lane])).rejects.toThrow(NotFound);
		const bundle = await putSealedBytes(
			ctx,
			{ concernId: id, lane: 'office', kind: 'bundle', byPerson: owner.id, name: 'Bundle', type: 'application/pdf' },
			pdf(),
		);
		expect((await open(member, reference, bundle)).name).toBe('Bundle.pdf');
		expect(caseFiles.caseDocuments(member.ctx, reference).lanes.flatMap(({ files }) => files.map(({ kind }) => kind))).toEqual(['bundle']);
	});

	test('of the other side is not there for whoever raised it', async () => {
		const { id, documents } = await aCase();
		expect(caseFiles.ownDocuments(ctx, id).files.map(({ id: key }) => key)).toEqual([documents.complainant]);
		for (const lane of ['respondent', 'office'] as const) await expect(caseFiles.openOwnDocument(ctx, id, documents[lane])).rejects.toThrow('no such document');
		expect((await caseFiles.openOwnDocument(ctx, id, documents.complainant)).name).toBe('from complainant.pdf');
		expect(reads(id)).toEqual([`file:${documents.complainant}`]);
	});
});

describe('the office', () => {
	test('adds for itself or for a side; for the therapist once they were told, and never by who only looks', async () => {
		const { id, reference } = await aCase();
		const add = (who: Someone, lane: string, kind = 'letter') => caseFiles.addCaseDocument(who.ctx, reference, { lane, kind }, file(`posted to ${lane}`));
		await add(owner, 'complainant');
		await add(owner, 'office');
		await expect(add(owner, 'respondent')).rejects.toMatchObject({ status: 422, field: 'lane' });
		await expect(add(owner, 'office', 'bundle')).rejects.toMatchObject({ status: 422 });
		const adviser = staff(ctx, 'Ada', 'assessor');
		letIn(ctx, id, adviser, 'adviser');
		await expect(add(adviser, 'office')).rejects.toMatchObject({ status: 403 });
		expect(caseFiles.ownDocuments(ctx, id).files.map(({ name, by }) => [name, by])).toContainEqual(['posted to complainant.pdf', 'Olga Example']);
	});

	test('is told how many there are and which are new since it last looked', async () => {
		const { id, reference } = await aCase();
		expect(casework.caseView(owner.ctx, reference).files).toEqual({ count: 3, fresh: 3 });
		const later = { ...owner, ctx: { ...owner.ctx, now: ctx.now + 1000 } };
		expect(caseFiles.caseDocuments(later.ctx, reference).lanes[0]?.files[0]?.isNew).toBe(true);
		await caseFiles.giveDocument({ ...ctx, now: ctx.now + 2000 }, id, file('one more'));
		expect(casework.caseView(later.ctx, reference).files).toEqual({ count: 4, fresh: 1 });
	});
});

describe('the scanner', () => {
	test('away: it is kept and opens for nobody; back again: it opens, or is shut for everybody and whoever gave it is told', async () => {
		const { id, reference } = await aCase();
		ctx.db.sql.prepare('UPDATE concern SET owner_id = ? WHERE id = ?').run(owner.id, id);
		clamd.mood = 'nonsense';
		const [good, bad] = [await caseFiles.giveDocument(ctx, id, file('good')), await caseFiles.giveDocument(ctx, id, file('canary bad'))];
		for (const one of [good, bad])
			await expect(open(owner, reference, one)).rejects.toMatchObject({ status: 409, message: expect.stringContaining('being checked') });
		expect(await scanWaitingFiles(ctx)).toBe('0 clean, 0 harmful, 2 waiting');
		clamd.mood = 'well';
		clamd.signatures.set('Test.Canary-1', 'canary bad');
		expect(await scanWaitingFiles(ctx)).toBe('1 clean, 1 harmful, 0 waiting');
		expect((await open(owner, reference, good)).name).toBe('good.pdf');
		for (const reading of [open(owner, reference, bad), caseFiles.openOwnDocument(ctx, id, bad)])
			await expect(reading).rejects.toMatchObject({ status: 409, message: expect.stringContaining('Nobody can open it') });
		const kinds = ctx.db.sql.prepare('SELECT kind FROM audit_event').pluck().all();
		expect(ctx.db.sql.prepare('SELECT kind FROM outbox').pluck().all()).toEqual(['concern.document_harmful']);
		for (const kind of ['concern.file_scanned', 'concern.file_quarantined']) expect(kinds).toContain(kind);
	});

	test('that learns shuts what was open; what it finds at once is not kept at all', async () => {
		const { id, reference, documents } = await aCase();
		clamd.signatures.set('Test.Canary-2', 'from respondent');
		await expect(caseFiles.giveDocument(ctx, id, file('from respondent again'))).rejects.toMatchObject({
			status: 422,
			message: expect.stringContaining('harmful'),
		});
		const before = filesOnDisk(filesFolder(register.folder), ctx.now).length;
		expect(before).toBe(3);
		expect(await scanFilesAgain({ ...ctx, now: ctx.now + DAY })).toBe('2 clean, 1 harmful, 0 waiting');
		await expect(open(owner, reference, documents.respondent)).rejects.toMatchObject({ status: 409 });
		expect(caseFiles.caseDocuments(owner.ctx, reference).lanes[1]?.files[0]?.state).toBe('quarantined');
	});
});

test('the message about a harmful document says neither which, nor of what', () => {
	const settings = { ...readSettings({}), publicOrigin: 'https://register.example' };
	expectGoldenMail(caseFiles.documentHarmful(settings, { key: 'k' }, 'somebody@office.example'));
});
