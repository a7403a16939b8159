import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdf } from '#tests/core/files/corpus.ts';
import { inRegister } from '#tests/helpers/account-site.ts';
import { textOf } from '#tests/helpers/html.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { colleague, supervises } from '#tests/helpers/upkeep.ts';
import { hiddenOf } from '../membership/acting.ts';
import { type Scene, sceneOn, type Who } from '../records/scene.ts';
import * as upkeep from '../records/upkeep.ts';

let site: Site;
let scene: Scene;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	scene = sceneOn(site);
});
afterAll(() => site.stop());

const read = async (who: Who, path: string) => {
	const answer = await (await scene.be(who)).get(path);
	return { status: answer.status, text: textOf(await answer.text()) };
};
const count = (text: string, ...values: unknown[]) =>
	inRegister(site, (sql) =>
		sql
			.prepare(`SELECT count(*) FROM ${text}`)
			.pluck()
			.get(...values),
	);
const send = async (who: Who, path: string, values: Record<string, string>) => {
	const someone = await scene.be(who);
	const hidden = hiddenOf(await (await someone.get(path)).text());
	return someone.post(path, { ...hidden, ...values });
};
/** Somebody of the office who supervises a member. */
const tied = (role: 'registrar' | 'membership_officer', member: () => Promise<string>) => async () => {
	const memberId = await member();
	const ctx = siteCtx(site);
	const id = colleague(ctx.db, `Tied${role}`, role);
	supervises(ctx.db, id, memberId);
	ctx.db.sql.close();
	return id;
};
const tiedRegistrar = tied('registrar', () => scene.made(upkeep.early));
const tiedOfficer = tied('membership_officer', () => scene.made(upkeep.sent));

describe('more time that waits', () => {
	test('is shown to a second officer, and to nobody of the member’s own circle', async () => {
		const at = `/office/renewals/extend/${await scene.made(upkeep.extension)}`;
		const reference = await scene.made(upkeep.earlyRenewal);
		expect(await read(upkeep.second, at)).toMatchObject({ status: 200, text: expect.stringContaining('A long illness.') });
		expect((await read(upkeep.second, '/office/renewals')).text).toContain(`${reference} until 2027-12-31`);
		const shut = await read(tiedRegistrar, at);
		expect([shut.status, shut.text.includes('A long illness.')]).toEqual([404, false]);
		expect((await read(tiedRegistrar, '/office/renewals')).text).not.toContain(reference);
		expect((await send(tiedRegistrar, at, { decision: 'confirm' })).status).toBe(404);
		for (const who of [upkeep.assessor, upkeep.auditor, upkeep.early]) expect([403, 404]).toContain((await read(who, at)).status);
		expect((await read(upkeep.assessor, '/office/renewals')).text).not.toContain('waits for a second officer');
	});
});

test('nobody chooses somebody of their own circle for an audit, nor themselves', async () => {
	const number = scene.value('SELECT number FROM registration WHERE person_id = ?', await scene.made(upkeep.supervisor));
	const ctx = siteCtx(site);
	const officer = colleague(ctx.db, 'Chooser', 'membership_officer');
	supervises(ctx.db, await scene.made(upkeep.supervisor), officer);
	ctx.db.sql.close();
	const before = count('cpd_audit');
	const answer = await send(() => officer, '/office/cpd-audits/target', { number, because: 'I wonder.' });
	const text = textOf(await answer.text());
	expect([answer.status, text]).toEqual([422, expect.stringContaining('Somebody else has to choose them')]);
	expect(text).toContain('I wonder.');
	expect(count('cpd_audit')).toBe(before);
});

describe('the file of a re-accreditation', () => {
	const words = ['Rena Member', 'Two days a week in a clinic.', 'Her recordings are a pleasure to rate.', 'I support it', 'confirmed', 'What the logs say'];
	const at = async () => `/office/renewals/${await scene.made(upkeep.renewal)}`;

	test('opens to its assessor and to officers, which is an event each time', async () => {
		const path = await at();
		for (const who of [upkeep.assessor, upkeep.officer]) {
			const before = count("audit_event WHERE kind = 'renewal.file_read'") as number;
			const { status, text } = await read(who, path);
			expect(status).toBe(200);
			for (const one of words) expect(text).toContain(one);
			expect(count("audit_event WHERE kind = 'renewal.file_read'")).toBe(before + 1);
		}
	});

	test('is not there for other assessors, for auditors, for members, or for the member’s own circle', async () => {
		const path = await at();
		for (const who of [upkeep.newAssessor, upkeep.auditor, upkeep.sent, upkeep.supervisor, tiedOfficer]) {
			const { status, text } = await read(who, path);
			expect([403, 404]).toContain(status);
			expect(text).not.toContain('Two days a week');
		}
	});

	test('says nothing of the logs before something was sent', async () => {
		const { status, text } = await read(upkeep.officer, `/office/renewals/${await scene.made(upkeep.earlyRenewal)}`);
		expect([status, text]).toEqual([200, expect.stringContaining('Nothing was sent yet')]);
		expect(text).not.toContain('What the logs say');
	});

	test('stays shut before its assessor has said that nothing ties them to the member', async () => {
		const path = await at();
		await send(upkeep.officer, `${path}/unassign`, { words: 'Away for long.' });
		expect((await send(upkeep.officer, `${path}/assign`, { person: await scene.made(upkeep.newAssessor) })).status).toBe(303);
		const before = count("audit_event WHERE kind = 'renewal.file_read'");
		const shut = await read(upkeep.newAssessor, path);
		expect([shut.status, shut.text]).toEqual([200, expect.stringContaining('Rena Member')]);
		for (const one of words.slice(1)) expect(shut.text).not.toContain(one);
		expect(count("audit_event WHERE kind = 'renewal.file_read'")).toBe(before);
		expect((await send(upkeep.newAssessor, `${path}/declare`, { declared: 'none', words: '' })).status).toBe(303);
		expect((await read(upkeep.newAssessor, path)).text).toContain('Her recordings are a pleasure to rate.');
		expect((await read(upkeep.assessor, path)).status).toBe(404);
	});
});

describe('an audit', () => {
	test('shows its auditor the member’s words and files, and nobody else', async () => {
		const reference = await scene.made(upkeep.told);
		const [mine, office] = [`/my/audit/${reference}`, `/office/cpd-audits/${reference}`];
		const wanda = await scene.be(upkeep.early);
		const post = async (fields: Record<string, string>, file?: File) => {
			const page = await (await wanda.get(`${mine}/answer`)).text();
			const form = new FormData();
			for (const [name, value] of Object.entries({ ...hiddenOf(page), ...fields })) form.append(name, value);
			for (const [, id = ''] of page.matchAll(/name="files" value="([^"]+)"/g)) form.append('files', id);
			if (file) form.append('files', file);
			return wanda.post(`${mine}/answer`, form);
		};
		const course = new File([new Uint8Array(pdf({ text: 'A course' }))], 'course.pdf', { type: 'application/pdf' });
		const long = await post({ act: 'save', words: 'x'.repeat(2001) }, course);
		const again = await long.text();
		expect([long.status, again.includes('x'.repeat(2001)), again.includes('Keep course.pdf')]).toEqual([422, true, true]);
		expect((await post({ act: 'save', words: 'The paper of the' }, course)).headers.get('location')).toContain('done=saved');
		expect((await read(upkeep.early, mine)).text).toContain('You have begun your answer. Only you can see it until you send it.');
		expect((await read(upkeep.officer, office)).text).not.toContain('The paper of the');
		const saved = await (await wanda.get(`${mine}/answer`)).text();
		for (const one of ['The paper of the</textarea>', 'Keep course.pdf']) expect(saved).toContain(one);
		expect((await post({ act: 'send', words: 'The paper of the course is here.' })).headers.get('location')).toContain('done=sent');
		expect((await read(upkeep.early, mine)).text).toContain('We have your answer, and an auditor is looking at it.');
		const person = await scene.made(upkeep.auditor);
		expect((await send(upkeep.officer, `${office}/assign`, { person })).status).toBe(303);
		const file = scene.value("SELECT id FROM stored_file WHERE attached_type = 'cpd_audit'");
		const download = async (who: Who) => (await (await scene.be(who)).get(`${office}/files/${file}`)).status;

		expect((await read(upkeep.auditor, office)).text).not.toContain('The paper of the course');
		expect(await download(upkeep.auditor)).toBe(404);
		await send(upkeep.auditor, `${office}/declare`, { declared: 'none', words: '' });
		const { text } = await read(upkeep.auditor, office);
		for (const one of ['Wanda Member', 'The paper of the course is here.', 'course.pdf']) expect(text).toContain(one);
		const before = count("audit_event WHERE kind = 'audit.log_read'") as number;
		expect(await download(upkeep.auditor)).toBe(200);
		expect(count("audit_event WHERE kind = 'audit.log_read'")).toBe(before + 1);
		expect((await (await scene.be(upkeep.early)).get(`${mine}/files/${file}`)).status).toBe(200);
		for (const who of [upkeep.sent, upkeep.auditor, upkeep.officer]) expect((await (await scene.be(who)).get(`${mine}/files/${file}`)).status).toBe(404);
		expect((await read(upkeep.officer, office)).text).not.toContain('course.pdf');
		expect(await download(upkeep.officer)).toBe(404);
		for (const who of [upkeep.assessor, upkeep.sent, upkeep.supervisor, tiedRegistrar]) {
			expect([403, 404]).toContain((await read(who, office)).status);
			expect([403, 404]).toContain(await download(who));
		}
		const other = await scene.made(upkeep.answered);
		expect((await (await scene.be(upkeep.auditor)).get(`/office/cpd-audits/${other}/files/${file}`)).status).toBe(404);
	});

	test('says on the member’s page why it was not satisfied, once two auditors agree', async () => {
		const reference = await scene.made(upkeep.answered);
		const office = `/office/cpd-audits/${reference}`;
		await send(upkeep.auditor, `${office}/short`, { words: 'Half of the hours have nothing to show for them.' });
		expect((await read(upkeep.sent, `/my/audit/${reference}`)).text).not.toContain('Half of the hours');
		const ctx = siteCtx(site);
		const other = colleague(ctx.db, 'Otto', 'auditor');
		ctx.db.sql.close();
		await send(upkeep.officer, `${office}/assign`, { person: other });
		await send(() => other, `${office}/declare`, { declared: 'none', words: '' });
		const second = await scene.be(() => other);
		const hidden = hiddenOf(await (await second.get(`${office}/second`)).text());
		expect((await second.post(`${office}/second`, { ...hidden, agrees: 'yes', words: 'I see it as my colleague does.' })).status).toBe(303);
		const { text } = await read(upkeep.sent, `/my/audit/${reference}`);
		for (const one of ['Half of the hours have nothing to show', 'I see it as my colleague does.', '20 December 2026']) expect(text).toContain(one);
		expect((await send(upkeep.sent, `/my/audit/${reference}/say`, { words: '' })).status).toBe(422);
		const said = await send(upkeep.sent, `/my/audit/${reference}/say`, { words: 'I was ill from May to August.' });
		expect(said.headers.get('location')).toContain('done=said');
		for (const who of [upkeep.sent, upkeep.auditor]) {
			const path = who === upkeep.sent ? `/my/audit/${reference}` : office;
			expect((await read(who, path)).text).toContain('I was ill from May to August.');
		}
		expect((await read(upkeep.early, `/my/audit/${reference}/say`)).status).toBe(404);
	});

	test('shows the committee what was found and what the member says to it, once somebody has declared, and nobody else', async () => {
		const [meeting] = await scene.made(upkeep.referred);
		const found = await scene.made(upkeep.found);
		await send(upkeep.short, `/my/audit/${found}/say`, { words: 'My log was lost in a fire.' });
		const before = count("audit_event WHERE kind = 'meeting.papers_opened'") as number;
		const { text } = await read(upkeep.chair, `/office/meetings/${meeting}/items/1`);
		for (const one of ['Sharon Member', 'Half of it is missing.', 'I see it so too.', 'My log was lost in a fire.']) expect(text).toContain(one);
		expect(count("audit_event WHERE kind = 'meeting.papers_opened'")).toBe(before + 1);
		for (const who of [upkeep.officer, upkeep.auditor, upkeep.short]) {
			const shut = await read(who, `/office/meetings/${meeting}/items/1`);
			expect(shut.text).not.toContain('My log was lost');
		}
	});

	test('says on the member’s page why a request was refused', async () => {
		const number = scene.value('SELECT number FROM registration WHERE person_id = ?', await scene.made(upkeep.supervisor));
		await send(upkeep.second, '/office/cpd-audits/target', { number, because: 'A letter came.' });
		await send(upkeep.officer, '/office/cpd-audits/notify', {});
		const reference = scene.value('SELECT reference FROM cpd_audit WHERE person_id = ?', await scene.made(upkeep.supervisor));
		const mine = `/my/audit/${reference}`;
		expect((await send(upkeep.supervisor, `${mine}/ask`, { kind: 'excuse', words: 'I would rather not.', untilOn: '' })).status).toBe(303);
		const refuse = { decision: 'refused', answer: 'Everyone who was chosen answers; we can give more time.' };
		expect((await send(upkeep.second, `/office/cpd-audits/${reference}/answer`, refuse)).status).toBe(303);
		const { text } = await read(upkeep.supervisor, mine);
		expect(text).toContain('You asked to be excused. The office could not agree.');
		expect(text).toContain(refuse.answer);
		expect((await read(upkeep.sent, mine)).status).toBe(404);
	});
});

test('the demonstration has an audit at every stage, and the draw of the year still to be made', async () => {
	const phases = (text: string) => inRegister(site, (sql) => sql.prepare(text).pluck().all());
	expect(phases('SELECT phase FROM cpd_audit ORDER BY reference LIMIT 5')).toEqual(['satisfied', 'action_plan', 'in_review', 'responding', 'notified']);
	expect(count("sample_draw WHERE purpose = 'audit'")).toBe(0);
	const auditor = scene.value("SELECT person_id FROM role_grant WHERE role = 'auditor' ORDER BY rowid");
	const { text } = await read(() => auditor, '/office/cpd-audits');
	for (const one of ['The answer is being looked at.', 'The member has something to do by a day.']) expect(text).toContain(one);
});
