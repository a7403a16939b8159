import { afterAll, beforeAll, expect, test } from 'vitest';
import { scanAgain, scanWaiting } from '#core/scan-files.ts';
import { ON_QUARANTINED } from '#jobs/files.ts';
import { readSettings } from '#settings';
import { pdf } from '#tests/core/files/corpus.ts';
import { FakeClamd } from '#tests/helpers/fake-clamd.ts';
import { textOf } from '#tests/helpers/html.ts';
import { becomeA, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

let clamd: FakeClamd;
let site: Site;
let member: Visitor;
let office: Visitor;
let evidence: string;
beforeAll(async () => {
	clamd = await new FakeClamd().listen();
	site = await startSite({ JOBS: 'outside', SCAN: 'clamd', CLAMD_ADDRESS: clamd.address });
	member = await becomeA(site, 'member');
	office = await becomeA(site, 'membership_officer');
	expect((await member.post('/my/cpd/new', { title: 'A day of training', as: 'draft', repeatKey: 'k'.repeat(43) })).status).toBe(303);
	const entry = jobs(0).db.sql.prepare('SELECT id FROM cpd_entry ORDER BY created_at DESC LIMIT 1').pluck().get();
	evidence = `/my/cpd/${entry}/evidence`;
});
afterAll(async () => {
	await site?.stop();
	await clamd?.close();
});

/** What the jobs would run with, some days on. */
function jobs(days: number) {
	const ctx = siteCtx(site);
	const { scan } = readSettings({ SCAN: 'clamd', CLAMD_ADDRESS: clamd.address });
	return { ...ctx, now: ctx.now + days * 86_400_000, settings: { ...ctx.settings, scan } };
}
const send = (text: string) => {
	const form = new FormData();
	form.append('evidence', new File([new Uint8Array(pdf({ text }))], 'attendance.pdf'));
	return member.post(evidence, form);
};
const page = async (who: Visitor, path: string) => textOf(await (await who.get(path)).text());
const linked = async () => /href="(\/my\/cpd\/[^"]+\/evidence\/[^"]+)"/.exec(await (await member.get(evidence)).text())?.[1];

test('a file stays "being checked" while the scanner is away, opens when it is back, and opens for nobody once it is found to be harmful', async () => {
	clamd.mood = 'nonsense';
	expect((await send('canary-later')).status).toBe(303);
	expect(await page(member, evidence)).toContain('attendance.pdf is being checked for anything harmful');
	expect(await linked()).toBeUndefined();
	const id = jobs(0).db.sql.prepare('SELECT id FROM stored_file ORDER BY created_at DESC LIMIT 1').pluck().get();
	expect((await member.get(`${evidence}/${id}`)).status).toBe(409);

	const ctx = jobs(0);
	ctx.db.sql.prepare('UPDATE stored_file SET created_at = created_at - 7200000 WHERE id = ?').run(id);
	for (const path of ['/office', '/office/files']) expect(await page(office, path)).toContain('has not answered for more than an hour: 1 file waits');
	const health = await (await office.get('/health')).json();
	expect(health).toMatchObject({ disk: { takesFiles: true, freeMegabytes: expect.any(Number) } });
	expect(health.jobs.warnings).toContain('Files that no scanner has checked for an hour: 1.');

	clamd.mood = 'well';
	expect(await scanWaiting(ctx, ON_QUARANTINED)).toMatchObject({ clean: 1, waiting: 0 });
	const href = (await linked()) ?? '';
	expect((await member.get(href)).status).toBe(200);
	expect(await page(office, '/office')).not.toContain('has not answered');

	clamd.signatures.set('Test.Later-1', 'canary-later');
	expect(await scanAgain(jobs(1), ON_QUARANTINED)).toMatchObject({ found: 1 });
	expect((await member.get(href)).status).toBe(409);
	expect(await page(member, evidence)).toContain('attendance.pdf was found to be harmful after it was stored');
	const shown = await page(office, '/office/files');
	expect(shown).toContain('Test.Later-1');
	expect(shown).not.toContain('attendance.pdf');

	const refused = await send('canary-later');
	expect(refused.status).toBe(422);
	expect(textOf(await refused.text())).toContain('That file was found to be harmful and is not kept.');
});
