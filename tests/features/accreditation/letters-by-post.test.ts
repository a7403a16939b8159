import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { storeUpload } from '#core/files.ts';
import {
	applicationsWork,
	officeBounced,
	officeCorrect,
	officeMoreTime,
	officeRequest,
	ownStanding,
	readApplicantsFile,
	readOwnFile,
	recordByHand,
	requestFacts,
	requestLines,
	requestState,
	sightOf,
	undeliveredRequests,
	withdrawApplication,
} from '#features/accreditation/index.ts';
import { exportOwnData } from '#features/membership/index.ts';
import { paths } from '#paths';
import { pdf } from '#tests/core/files/corpus.ts';
import { aPerson, putStandards, type Someone, sentApplication } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { inHand } from './asked.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let tess: Someone;
let officer: Someone;
let reference: string;
beforeEach(() => {
	folder = temporaryFolder();
	const made = testCtx(emptyRegister(folder.path), '2026-11-23');
	system = { ...made, settings: { ...made.settings, dataDir: folder.path } };
	putStandards(system);
	tess = aPerson(system, 'Tess');
	officer = aPerson(system, 'Olga', { roles: ['membership_officer'] });
	reference = sentApplication(tess);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const status = (wanted: number) => expect.objectContaining({ status: wanted });
const row = () => officeRequest(officer.ctx, reference, 'reference-1').row;
const act = () => ({ reference, request: 'reference-1', version: row().version });
const at = (ms: number): Ctx => ({ ...officer.ctx, now: system.now + ms });

describe('a letter that came by post', () => {
	const scan = async (who: Someone) => {
		const file = new File([new Uint8Array(pdf({ text: 'I recommend her.' }))], 'letter.pdf');
		return (await storeUpload(who.ctx, file, { purpose: 'application_evidence', ownerPersonId: who.id, field: 'files' })).id;
	};
	const typeIn = (files: string[]) => recordByHand(officer.ctx, act(), { ending: 'answered', words: 'I recommend her.', signedName: 'Rob Referee', files });

	test('is kept as a scan beside what was typed, for those who may read the answer; its applicant opens it nowhere and is not handed it', async () => {
		const id = await scan(officer);
		typeIn([id]);
		expect(requestFacts(officer.ctx, row()).scans).toMatchObject([{ id, name: 'letter.pdf', state: 'ready' }]);
		expect(requestLines(officer.ctx, sightOf(officer.ctx, reference)).flatMap(({ scans }) => scans.map((one) => one.id))).toEqual([id]);
		expect((await readApplicantsFile(officer.ctx, reference, id)).name).toBe('letter.pdf');
		await expect(readOwnFile(tess.ctx, reference, id)).rejects.toThrow(status(404));
		for (const who of [tess, officer]) expect(JSON.stringify(exportOwnData(who.ctx, 'json'))).not.toContain('letter.pdf');
	});

	test('of another application is not opened through this one', async () => {
		const id = await scan(officer);
		typeIn([id]);
		const other = sentApplication(aPerson(system, 'Otto'));
		await expect(readApplicantsFile(officer.ctx, other, id)).rejects.toThrow(status(404));
	});

	test('cannot be somebody else’s file, and a refusal leaves the request open', async () => {
		const id = await scan(tess);
		expect(() => typeIn([id])).toThrow(status(422));
		expect(row().endedAt).toBeNull();
	});
});

describe('a request that reached nobody', () => {
	const line = () => applicationsWork(officer.ctx).find(({ href }) => href === paths.undeliveredRequests())?.count;

	test('is counted on the office’s first page and listed until it is written to another address', () => {
		expect(line()).toBe(0);
		officeBounced(officer.ctx, act());
		expect([line(), undeliveredRequests(officer.ctx)]).toMatchObject([1, [{ reference, href: paths.applicationRequests(reference, 'reference-1') }]]);
		officeCorrect(at(1000), act(), 'robert@outside.example');
		expect(line()).toBe(0);
	});

	test('is seen as such also when more time was given before, and no longer once its link was opened', () => {
		officeMoreTime(officer.ctx, act());
		officeBounced(officer.ctx, act());
		expect(requestState(row(), '2026-11-23')).toBe('bounced');
		inHand({ ...system, now: system.now + 5000 }, 'rob@outside.example');
		expect([requestState(row(), '2026-11-23'), line()]).toEqual(['more_time', 0]);
	});

	test('is not listed to somebody of the applicant’s circle, nor after the application was taken back; to nobody else at all', () => {
		officeBounced(officer.ctx, act());
		const friend = aPerson(system, 'Fred', { roles: ['membership_officer'] });
		const tie = `INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, from_on, asked_by, asked_at, agreed_at) VALUES ('t', ?, ?, '2025-01-01', 'supervisee', 0, 0)`;
		system.db.sql.prepare(tie).run(tess.id, friend.id);
		expect(undeliveredRequests(friend.ctx)).toEqual([]);
		expect(() => undeliveredRequests(aPerson(system, 'Asa', { roles: ['assessor'] }).ctx)).toThrow(status(403));
		withdrawApplication(tess.ctx, reference, ownStanding(tess.ctx, reference).seen);
		expect(line()).toBe(0);
	});
});
