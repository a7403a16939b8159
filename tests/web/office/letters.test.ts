import { afterAll, beforeAll, expect, test } from 'vitest';
import { officeRequest } from '#features/accreditation/index.ts';
import { pdf } from '#tests/core/files/corpus.ts';
import { aPerson, putStandards, type Someone, sentApplication } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { hiddenOf } from '../membership/acting.ts';

let site: Site;
let ctx: ReturnType<typeof siteCtx>;
let applicant: Someone;
let reference: string;
let officer: Visitor;
let self: Visitor;
let request: () => ReturnType<typeof officeRequest>['row'];
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	ctx = siteCtx(site);
	putStandards(ctx);
	applicant = aPerson(ctx, 'Tess');
	const olga = staff(ctx, 'Olga', 'membership_officer');
	reference = sentApplication(applicant);
	[officer, self] = (await Promise.all([olga.id, applicant.id].map((id) => become(site, id)))) as [Visitor, Visitor];
	request = () => officeRequest(olga.ctx, reference, 'reference-1').row;
});
afterAll(async () => {
	ctx.db.sql.close();
	await site.stop();
});

const at = (act: string) => `/office/applications/${reference}/${act}`;
const page = async (who: Visitor, path: string) => (await who.get(path)).text();
const withFile = (values: Record<string, string>, name: string) => {
	const form = new FormData();
	for (const [field, value] of Object.entries(values)) form.append(field, value);
	form.append('files', new File([new Uint8Array(pdf({ text: 'A letter.' }))], name, { type: 'application/pdf' }));
	return form;
};

test('a request that came back is noted, counted on the office’s first page, and leads to a list that leads to it', async () => {
	const path = at('requests/reference-1');
	expect((await officer.post(path, { act: 'bounced', version: String(request().version) })).status).toBe(303);
	expect(await page(officer, '/office')).toContain('/office/applications/undelivered');
	expect(await page(officer, '/office/applications/undelivered')).toContain(path);
});

test('a letter in the post is typed in with its scan, which a mistake in the form does not cost; its applicant cannot open it', async () => {
	const path = at('requests/reference-1');
	const values = { act: 'hand', version: String(request().version), ending: 'answered', words: 'I recommend her.' };
	const refused = await officer.post(path, withFile({ ...values, signedName: '' }, 'letter.pdf'));
	const html = await refused.text();
	expect([refused.status, textOf(html).includes('Keep letter.pdf')]).toEqual([422, true]);
	const [, kept = ''] = /name="files" value="([\w-]+)"/.exec(html) ?? [];
	expect((await officer.post(path, { ...values, signedName: 'Rob Referee', files: kept })).status).toBe(303);
	const after = await page(officer, path);
	const [href = ''] = /\/office\/applications\/[\w-]+\/files\/[\w-]+/.exec(after) ?? [];
	expect([textOf(after).includes('Scan of the letter: letter.pdf'), (await officer.get(href)).status, (await self.get(href)).status]).toEqual([true, 200, 403]);
	expect((await self.get(`/my/accreditation/${reference}/files/${href.split('/').at(-1)}`)).status).toBe(404);
});

test('a letter of the applicant takes the application back; the second press is told and keeps what was typed', async () => {
	expect(await page(officer, `/office/applications/${reference}`)).toContain(at('letter'));
	const hidden = hiddenOf(await page(officer, at('letter')));
	const day = { 'receivedOn-day': '2', 'receivedOn-month': '1', 'receivedOn-year': '2026' };
	const values = { ...hidden, kind: 'withdraw', words: 'I am moving abroad.', ...day };
	expect((await officer.post(at('letter'), withFile({ ...values, kind: '' }, 'own.pdf'))).status).toBe(422);
	const done = await officer.post(at('letter'), withFile(values, 'own.pdf'));
	expect([done.status, done.headers.get('location')]).toEqual([303, `/office/applications/${reference}?done=letter`]);
	const again = await officer.post(at('letter'), values);
	expect([again.status, (await again.text()).includes('I am moving abroad.')]).toEqual([409, true]);
	expect(textOf(await page(self, `/my/accreditation/${reference}`))).toContain('Your letter said so; the office typed it in.');
});
