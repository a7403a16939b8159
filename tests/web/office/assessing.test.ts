import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import { aPerson } from '#tests/helpers/application.ts';
import { type Assessing, castOf, sent, stateNow } from '#tests/helpers/assessing.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { hiddenOf } from '../membership/acting.ts';

let site: Site;
let cast: Assessing;
let reference: string;
let officer: Visitor;
let lead: Visitor;
let second: Visitor;
let third: Visitor;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	const ctx = siteCtx(site);
	cast = castOf(ctx);
	ctx.db.sql
		.prepare(
			`INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, from_on, asked_by, asked_at, agreed_at) VALUES (?, ?, ?, '2025-01-01', 'supervisee', 0, 0)`,
		)
		.run(newId(), cast.applicant.id, cast.third.id);
	reference = sent(cast);
	[officer, lead, second, third] = (await Promise.all([cast.officer, cast.lead, cast.second, cast.third].map(({ id }) => become(site, id)))) as [
		Visitor,
		Visitor,
		Visitor,
		Visitor,
	];
});
afterAll(async () => {
	cast.ctx.db.sql.close();
	await site.stop();
});

const at = (act = '') => `/office/applications/${reference}${act && `/${act}`}`;
const page = async (who: Visitor, path: string) => {
	const answer = await who.get(path);
	return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
};
/** Sends the form of a page with its hidden fields. */
const send = async (who: Visitor, path: string, values: Record<string, string>) => {
	const answer = await who.post(path, { ...hiddenOf((await page(who, path)).html), ...values });
	return { status: answer.status, location: answer.headers.get('location'), html: await answer.text() };
};
const marks = (words: string, mark = 'met', reason = '') => ({ 'mark-enough': mark, 'reason-enough': reason, 'words-enough': words });
const cases = (words: string) => ({ 'mark-complete': 'met', 'words-complete': words, 'mark-competent': 'met', 'words-competent': '' });

describe('an application on its way through the office', () => {
	test('stands in the queue, whose filters are an address', async () => {
		const { html } = await page(officer, '/office/applications?view=all&phase=checks');
		expect(html).toContain(at());
		expect(textOf(html)).toContain('Tess Example');
		expect((await page(officer, '/office/applications?view=all&phase=panel')).html).not.toContain(at());
		expect((await page(officer, '/office/applications?view=nonsense&route=%3Cb%3E&after=x')).status).toBe(200);
		expect((await page(officer, '/office')).html).toContain('/office/applications?view=team');
	});

	test('is found complete once, with what the system found beside it; the second press is told so and keeps what was typed', async () => {
		const facts = textOf((await page(officer, at())).html);
		for (const words of ['Found on record', 'Other files that look alike', 'Removed from the register before']) expect(facts).toContain(words);
		const values = { ...hiddenOf((await page(officer, at('accept'))).html), words: 'Looks whole.' };
		expect((await officer.post(at('accept'), values)).status).toBe(303);
		const again = await officer.post(at('accept'), values);
		expect([again.status, (await again.text()).includes('Looks whole.')]).toEqual([409, true]);
	});

	test('is given to two; who is barred cannot be chosen, and a form that was bent is refused', async () => {
		const { html } = await page(officer, at('assign'));
		expect(html).not.toContain(`value="${cast.third.id}"`);
		expect(textOf(html)).toContain('Cyd Example : they supervised the applicant');
		expect((await send(officer, at('assign'), { person: cast.third.id })).status).toBe(422);
		expect((await send(officer, at('assign'), { person: cast.lead.id })).status).toBe(303);
		expect((await send(officer, at('assign'), { person: cast.second.id })).status).toBe(303);
		expect((await page(third, at())).status).toBe(404);
	});

	test('opens to an assessor only after they have declared', async () => {
		for (const path of [at(), at('sent'), at('sheet/course')]) expect((await page(lead, path)).location).toBe(at('declare'));
		for (const path of [at('seal'), at('reconcile'), at('ask'), at('files/x')]) expect((await page(lead, path)).status).toBe(404);
		expect(textOf((await page(lead, at('declare'))).html)).not.toContain('Words on my cases');
		expect((await send(lead, at('declare'), {})).status).toBe(422);
		expect((await send(lead, at('declare'), { declared: 'minor', words: '' })).status).toBe(422);
		expect((await send(lead, at('declare'), { declared: 'none' })).location).toBe(at());
		expect((await send(second, at('declare'), { declared: 'minor', words: 'Same conference.' })).status).toBe(303);
		expect(textOf((await page(lead, at('sheet/cases'))).html)).toContain('Words on my cases');
	});

	test('keeps each sheet to its owner until all are sealed; then they open together', async () => {
		expect((await send(lead, at('sheet/course'), marks('Ada’s own words', 'fixable'))).status).toBe(422);
		expect((await send(lead, at('sheet/course'), marks('Ada’s own words', 'fixable', 'evidence_missing'))).status).toBe(303);
		expect((await send(lead, at('sheet/cases'), cases('Ada on cases'))).location).toBe(at('seal'));
		expect((await send(lead, at('seal'), { recommendation: 'award', summary: 'Ada sums up.' })).status).toBe(422);
		expect((await send(lead, at('seal'), { recommendation: 'award_with_conditions', summary: 'Ada sums up.' })).status).toBe(303);
		for (const who of [second, officer])
			for (const path of [at(), at('sheets'), at('sheet/course'), at('seal'), at('ask')]) {
				const { html } = await page(who, path);
				expect(html, path).not.toMatch(/Ada’s own|Ada&#8217;s own|Ada on cases|Ada sums/);
			}
		expect((await page(second, at())).html).not.toContain('Ada Example');
		await send(second, at('sheet/course'), marks('Bea’s own words'));
		await send(second, at('sheet/cases'), cases('Bea on cases'));
		expect((await page(lead, at('sheets'))).html).not.toContain('Bea on cases');
		expect((await send(second, at('seal'), { recommendation: 'award', summary: 'Bea sums up.' })).status).toBe(303);
		for (const who of [lead, second, officer]) {
			const { html } = await page(who, at('sheets'));
			for (const words of ['Ada on cases', 'Ada sums up.', 'Bea on cases', 'Bea sums up.']) expect(html).toContain(words);
		}
	});

	test('is brought together in writing by the lead alone', async () => {
		expect((await send(second, at('reconcile'), { recommendation: 'award', words: 'Me.' })).status).not.toBe(303);
		const said = { recommendation: 'award', words: 'Together.', 'mark-course-enough': 'met', 'why-course-enough': '' };
		const missing = await send(lead, at('reconcile'), said);
		expect([missing.status, missing.html.includes('Together.')]).toEqual([422, true]);
		expect((await send(lead, at('reconcile'), { ...said, 'why-course-enough': 'We read it again.' })).status).toBe(303);
		expect(stateNow(cast.ctx, reference).phase).toBe('panel');
		expect(textOf((await page(officer, at('sheets'))).html)).toContain('We read it again.');
	});

	test('notes every opening of it', async () => {
		const text = textOf((await page(officer, at())).html);
		expect(text).toContain('Who opened this file last');
		const reads = cast.ctx.db.sql.prepare("SELECT count(*) FROM audit_event WHERE kind = 'accreditation.file_read'").pluck().get();
		expect(reads).toBeGreaterThan(10);
	});
});

test('whoever steps back sees neither its name nor the applicant’s anywhere any more', async () => {
	const ctx = cast.ctx;
	const other = sent({ ...cast, applicant: aPerson(ctx, 'Uma') });
	const path = `/office/applications/${other}`;
	const values = hiddenOf((await page(officer, `${path}/accept`)).html);
	await officer.post(`${path}/accept`, { ...values, words: '' });
	await send(officer, `${path}/assign`, { person: cast.third.id });
	expect((await page(third, '/office/applications')).html).toContain(other);
	expect((await send(third, `${path}/declare`, { declared: 'recuse' })).location).toContain('done=stepped-back');
	const look = [
		'/office',
		'/office/applications',
		'/office/applications?view=all',
		'/office/applications?phase=assessment',
		'/office/applications/agreement',
		'/my',
	];
	for (const one of look) {
		const { html } = await page(third, one);
		expect(html, one).not.toContain(other);
		expect(html, one).not.toContain('Uma Example');
	}
	const acts = [
		'',
		'sent',
		'sheets',
		'declare',
		'seal',
		'ask',
		'reconcile',
		'sheet/course',
		'accept',
		'hold',
		'assign',
		'replace',
		'return',
		'files/x',
		'requests',
	];
	for (const act of acts) expect((await page(third, `${path}${act && `/${act}`}`)).status, act).toBe(404);
	for (const act of ['declare', 'seal', 'ask']) expect((await third.post(`${path}/${act}`, { declared: 'none', saw: '', seen: '1' })).status).not.toBe(303);
	expect(textOf((await page(officer, path)).html)).toContain('stepped back');
});
