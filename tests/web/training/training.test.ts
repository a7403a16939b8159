import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { deliveredMails, rawMail } from '#core/mail-files.ts';
import { readMail } from '#core/mail-reading.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, becomeA, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { CASE_TYPED } from '../../features/training/records.ts';

let site: Site;
let ctx: Ctx;
let tess: Visitor;
let sue: Visitor;
let other: Visitor;
let officer: Visitor;
let committee: Visitor;
let relation: string;
beforeAll(async () => {
	site = await startSite();
	ctx = siteCtx(site);
	const row = ctx.db.sql
		.prepare(
			`SELECT c.person_id AS trainee, r.supervisor_id AS supervisor, r.id FROM training_case c JOIN supervision_relation r ON r.id = c.relation_id
				WHERE EXISTS (SELECT 1 FROM course o WHERE o.lead_id = r.supervisor_id) ORDER BY c.id LIMIT 1`,
		)
		.get() as { trainee: string; supervisor: string; id: string };
	relation = row.id;
	const stranger =
		'SELECT person_id FROM membership_period WHERE ended_on IS NULL AND person_id NOT IN (SELECT supervisee_id FROM supervision_relation UNION SELECT supervisor_id FROM supervision_relation WHERE supervisor_id IS NOT NULL) ORDER BY person_id';
	[tess, sue, other, officer, committee] = await Promise.all([
		become(site, row.trainee),
		become(site, row.supervisor),
		become(site, one(stranger)),
		becomeA(site, 'membership_officer'),
		becomeA(site, 'committee'),
	]);
});
afterAll(() => {
	ctx?.db.sql.close();
	return site?.stop();
});

function one(text: string, ...values: unknown[]): string {
	return ctx.db.sql
		.prepare(text)
		.pluck()
		.get(...values) as string;
}
let keys = 0;
const fresh = () => {
	keys += 1;
	return `web-training-${keys}`;
};
const typed = (changes: Record<string, string> = {}) => ({ ...CASE_TYPED, beganOn: '04/05/2026', relation, repeatKey: fresh(), version: '1', ...changes });
/** Begins a case over HTTP. @returns its code */
async function begun(changes: Record<string, string> = {}): Promise<string> {
	const answer = await tess.post('/my/training/cases/new', typed(changes));
	expect(answer.status).toBe(303);
	return /CASE-[\w-]+/.exec(answer.headers.get('location') ?? '')?.[0] ?? '';
}
const SCORES = ['structure', 'focus', 'links', 'affect', 'communication', 'options', 'alliance', 'time'];
const ratingTyped = (sessionOn: string) => ({
	sessionOn,
	phase: 'early',
	atRandom: 'yes',
	heard: 'yes',
	repeatKey: fresh(),
	...Object.fromEntries(SCORES.map((key) => [`score-${key}`, '4'])),
});
const reportTyped = (changes: Record<string, string> = {}) => ({
	decision: 'passed',
	strengths: 'Kept to the focus.',
	concerns: '',
	competence: 'Competent.',
	hasConflict: 'no',
	conflict: '',
	signedName: 'Sue',
	agrees: 'yes',
	reason: '',
	factsNumber: '1',
	statementVersion: '2026-1',
	repeatKey: fresh(),
	...changes,
});

describe('a trainee', () => {
	test('sees a half-filled grid as a picture with the same in a table, and courses with how they stand', async () => {
		const html = await (await tess.get('/my/training')).text();
		expect(html).toMatch(/<svg[^>]+role="img"[^>]+aria-label="\d of 4 cases complete/);
		expect(textOf(html)).toMatch(/Case 1 .* of 12 .* of 3 .*IPT practitioner training Practitioner training/);
		expect(textOf(html)).toContain('Default, to be confirmed');
	});

	test('begins a case; mistakes keep all that was typed; twice is once', async () => {
		const wrong = await tess.post('/my/training/cases/new', typed({ sessionsHeld: '3', note: 'A focus <b>' }));
		const page = await wrong.text();
		expect([wrong.status, page.includes('A focus &lt;b&gt;'), page.includes('More cannot have been supervised')]).toEqual([422, true, true]);
		const form = typed();
		const before = Number(one('SELECT count(*) FROM training_case'));
		await Promise.all([tess.post('/my/training/cases/new', form), tess.post('/my/training/cases/new', form)]);
		expect(Number(one('SELECT count(*) FROM training_case'))).toBe(before + 1);
	});

	test('cannot send what looks like a client’s, whatever box is ticked, and it stays in the form to be mended', async () => {
		for (const note of ['Client J.S. came', 'She is called Anna', 'NHS 943 476 5919']) {
			const answer = await tess.post('/my/training/cases/new', { ...typed({ note }), checked: 'yes' });
			const page = await answer.text();
			expect([note, answer.status, page.includes(note), page.includes('Nothing that could show who a client is may stand here')]).toEqual([
				note,
				422,
				true,
				true,
			]);
		}
	});

	test('changes a case in two tabs: the second hears of it and loses nothing typed', async () => {
		const code = await begun();
		expect((await tess.post(`/my/training/cases/${code}/change`, typed({ sessionsPlanned: '18' }))).status).toBe(303);
		const clash = await tess.post(`/my/training/cases/${code}/change`, typed({ sessionsPlanned: '20' }));
		const page = await clash.text();
		expect([clash.status, page.includes('value="20"'), page.includes('another window'), page.includes('name="version" value="2"')]).toEqual([
			409,
			true,
			true,
			true,
		]);
		expect((await tess.post(`/my/training/cases/${code}/delete`, { version: '2' })).headers.get('location')).toBe('/my/training?done=deleted');
		expect((await tess.get(`/my/training/cases/${code}`)).status).toBe(404);
	});

	test('has a case that is nobody else’s, read or written, at any address', async () => {
		const code = await begun({ note: 'Canary of a focus' });
		for (const who of [other, sue, officer]) {
			for (const act of ['', '/change', '/delete'])
				expect([act, (await who.get(`/my/training/cases/${code}${act}`)).status, (await who.post(`/my/training/cases/${code}${act}`, typed())).status]).toEqual(
					[act, 404, 404],
				);
		}
		for (const who of [other, tess, officer]) {
			for (const act of ['', '/rate', '/sign', '/retract'])
				expect([
					act,
					(await who.get(`/my/training/supervisees/${code}${act}`)).status,
					(await who.post(`/my/training/supervisees/${code}${act}`, reportTyped())).status,
				]).toEqual([act, 404, 404]);
		}
		expect(await (await sue.get(`/my/training/supervisees/${code}`)).text()).toContain('Canary of a focus');
	});
});

describe('a supervisor with an account', () => {
	test('rates, signs, and what they wrote is then the trainee’s to read and nobody’s to change', async () => {
		const code = await begun();
		const page = await (await sue.get(`/my/training/supervisees/${code}/sign`)).text();
		for (const name of ['strengths', 'concerns', 'competence', 'conflict']) expect(page, name).toMatch(new RegExp(`name="${name}"[^>]*></textarea>`));
		const incomplete = await sue.post(`/my/training/supervisees/${code}/rate`, { ...ratingTyped('11/05/2026'), 'score-focus': '', heard: '' });
		expect([incomplete.status, (await incomplete.text()).includes('heard the recording yourself')]).toEqual([422, true]);
		expect((await sue.post(`/my/training/supervisees/${code}/rate`, ratingTyped('11/05/2026'))).status).toBe(303);
		const refused = await sue.post(`/my/training/supervisees/${code}/sign`, reportTyped({ strengths: 'Helped Mrs Smith' }));
		expect([refused.status, (await refused.text()).includes('a name with a title')]).toEqual([422, true]);
		expect((await sue.post(`/my/training/supervisees/${code}/sign`, reportTyped())).status).toBe(303);
		const read = textOf(await (await tess.get(`/my/training/cases/${code}`)).text());
		for (const words of ['Kept to the focus.', '4.00, passed', 'I supervised this case', 'Correct this case']) expect(read).toContain(words);
		expect(read).not.toContain('Delete this case');
		expect((await tess.post(`/my/training/cases/${code}/delete`, { version: '1' })).status).toBe(409);
		const id = one('SELECT r.id FROM training_rating r JOIN training_case c ON c.id = r.case_id WHERE c.code = ?', code);
		expect((await sue.post(`/my/training/supervisees/${code}/retract?rating=${id}`, { reason: 'The wrong trainee' })).status).toBe(303);
		expect(textOf(await (await tess.get(`/my/training/cases/${code}`)).text())).toContain('Taken back: The wrong trainee');
	});
});

describe('a supervisor by link', () => {
	test('opens it, which changes and shows nothing; goes on by a post; rates and signs; then it is used', async () => {
		const code = await begun();
		expect((await tess.post(`/my/training/cases/${code}`, { ask: 'yes' })).status).toBe(303);
		expect((await tess.post(`/my/training/cases/${code}`, { ask: 'yes' })).status).toBe(409);
		const id = one("SELECT id FROM outbox WHERE kind = 'training.sign' ORDER BY created_at DESC, rowid DESC");
		const mail = await vi.waitUntil(() => deliveredMails(site.dataDir).find((m) => m.id === id), { timeout: 20_000, interval: 100 });
		expect(rawMail(site.dataDir, mail.name)).not.toBeNull();
		const path = /\/training\/confirm\/[\w-]{43}/.exec(readMail(site.dataDir, mail.name)?.text ?? '')?.[0] ?? '';
		const outside = visitor(site);
		for (let i = 0; i < 3; i += 1) {
			const scanned = await outside.get(path);
			expect([scanned.status, scanned.headers.get('cache-control'), (await scanned.text()).includes(code)]).toEqual([200, 'no-store', false]);
		}
		expect((await outside.get('/training/confirm')).status).toBe(404);
		expect((await outside.post(path, { go: 'on' })).headers.get('location')).toBe('/training/confirm');
		expect(textOf(await (await outside.get('/training/confirm')).text())).toMatch(new RegExp(`${code}.*Life change.*Rate a recording`));
		expect((await outside.post('/training/confirm', { act: 'rate', ...ratingTyped('11/05/2026') })).headers.get('location')).toBe(
			'/training/confirm?done=rated',
		);
		const wrong = await outside.post('/training/confirm', { act: 'sign', ...reportTyped({ signedName: '' }) });
		expect([wrong.status, (await wrong.text()).includes('Kept to the focus.')]).toEqual([422, true]);
		expect((await outside.post('/training/confirm', { act: 'sign', ...reportTyped() })).status).toBe(303);
		expect(textOf(await (await outside.get('/training/confirm')).text())).toContain('Your report is signed.');
		expect(textOf(await (await outside.get(path)).text())).toContain('This link was used already');
		expect(textOf(await (await tess.get(`/my/training/cases/${code}`)).text())).toContain('This case is signed as it stands.');
	});
});

describe('courses', () => {
	const COURSE = { title: 'A course of the test', provider: 'P', kind: 'refresher', minutes: '6h', fromOn: '1/9/2026', toOn: '1/9/2026', version: '1' };
	const leadNumber = () => one('SELECT g.number FROM registration g JOIN supervision_relation r ON r.supervisor_id = g.person_id WHERE r.id = ?', relation);

	test('are entered by the office, approved by the committee, and attended by a list of the lead trainer’s', async () => {
		const entered = await officer.post('/office/courses/new', { ...COURSE, lead: leadNumber(), repeatKey: fresh() });
		const reference = /CRS-[\w-]+/.exec(entered.headers.get('location') ?? '')?.[0] ?? '';
		const approval = { fromOn: '1/1/2026', toOn: '31/12/2026', decidedAtWords: 'Committee of March' };
		expect((await officer.post(`/office/courses/${reference}/approve`, approval)).status).toBe(403);
		expect((await committee.post(`/office/courses/${reference}/approve`, approval)).status).toBe(303);
		expect((await committee.get(`/office/courses/${reference}/change`)).status).toBe(403);
		const lead = `/my/training/lead/${reference}`;
		const wrong = await sue.post(lead, { who: 'nobody@else.example', minutes: '6h' });
		expect([wrong.status, (await wrong.text()).includes('Nothing was recorded')]).toEqual([422, true]);
		const email = one('SELECT email FROM person WHERE id = (SELECT supervisee_id FROM supervision_relation WHERE id = ?)', relation);
		expect((await sue.post(lead, { who: email, minutes: '6h' })).headers.get('location')).toBe(`${lead}?done=recorded`);
		expect((await tess.get(lead)).status).toBe(404);
		expect(textOf(await (await tess.get('/my/training')).text())).toMatch(/A course of the test Refresher 1 September 2026 P Confirmed/);
		const attendance = one('SELECT a.reference FROM course_attendance a JOIN course c ON c.id = a.course_id WHERE c.reference = ?', reference);
		expect((await other.get(`/my/training/courses/${attendance}`)).status).toBe(404);
		const struck = await sue.post(lead, { strike: attendance, because: '' });
		expect([struck.status, (await struck.text()).includes('Say why.')]).toEqual([422, true]);
		expect((await sue.post(lead, { strike: attendance, because: 'She was ill' })).headers.get('location')).toBe(`${lead}?done=taken_back`);
		expect((await committee.post(`/office/courses/${reference}/end`, { endedOn: '1/12/2026', because: 'No longer held' })).status).toBe(303);
	});

	test('that are claimed wait with their file for the office, who says why when it refuses', async () => {
		const reference = one('SELECT reference FROM course_attendance WHERE outcome IS NULL AND retracted_at IS NULL');
		expect(textOf(await (await officer.get('/office')).text())).toMatch(/Courses that members say they attended 1/);
		const page = await (await officer.get(`/office/courses/claims/${reference}`)).text();
		const file = /claims\/ATT-[\w-]+\/([\w-]+)"/.exec(page)?.[1] ?? '';
		const download = await officer.get(`/office/courses/claims/${reference}/${file}`);
		expect([download.status, download.headers.get('content-type')]).toEqual([200, 'image/png']);
		for (const who of [other, sue]) expect((await who.get(`/my/training/courses/${reference}/${file}`)).status).toBe(404);
		expect((await officer.post(`/office/courses/claims/${reference}`, { decision: 'refused', reason: '' })).status).toBe(422);
		expect((await officer.post(`/office/courses/claims/${reference}`, { decision: 'refused', reason: 'Not readable' })).status).toBe(303);
		expect((await officer.post(`/office/courses/claims/${reference}`, { decision: 'confirmed', reason: '' })).status).toBe(409);
	});

	test('a case is opened by the office with a reason only', async () => {
		const code = await begun({ note: 'Canary for the office' });
		const path = `/office/courses/cases/${code}`;
		expect(textOf(await (await officer.get('/office/courses/cases')).text())).toContain(code);
		expect(await (await officer.get(path)).text()).not.toContain('Canary');
		expect((await officer.post(path, { reason: '' })).status).toBe(422);
		expect((await officer.post(path, { reason: 'A question from the trainee' })).status).toBe(303);
		expect(await (await officer.get(path)).text()).toContain('Canary for the office');
		expect((await committee.get(path)).status).toBe(403);
	});
});
