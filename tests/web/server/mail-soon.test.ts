import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { JOBS } from '#jobs/index.ts';
import { inRegister } from '#tests/helpers/account-site.ts';
import { get } from '#tests/helpers/html.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { slugsOf } from '../attacks/probe.ts';
import { fieldsFor, referenceOf, send } from '../contact/sending.ts';

let site: Site;
beforeAll(async () => {
	site = await startSite({ JOBS: 'inside', TRUSTED_PROXIES: '127.0.0.1' });
});
afterAll(() => site?.stop());

test('in the demonstration a message can be read under /demo/mail within about two seconds', async () => {
	// What the demonstration itself had to send is sent before the message is written: every job had its first turn, and nothing waits.
	await expect.poll(() => inRegister(site, (sql) => sql.prepare(ENDED).pluck().get()), { timeout: 30_000 }).toBe(JOBS.length);
	await expect.poll(() => inRegister(site, (sql) => sql.prepare(WAITING).pluck().get()), { timeout: 15_000 }).toBe(0);
	const [slug] = slugsOf(site, 1);
	const before = await lettersShown();
	expect(referenceOf(await send(site, `/therapists/${slug}/contact`, fieldsFor(site)))).toMatch(/^ENQ-/);
	const begun = performance.now();
	while ((await lettersSince(before)) < 2 && performance.now() - begun < 10_000) await wait(50);
	expect(await lettersSince(before)).toBe(2);
	expect(performance.now() - begun).toBeLessThan(4000);
}, 60_000);

const ENDED = 'SELECT count(DISTINCT job) FROM job_run WHERE ended_at IS NOT NULL';
const WAITING = 'SELECT count(*) FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND due_at <= (SELECT max(recorded_at) FROM audit_event)';

/** The newest are on the first page, at the top. */
async function lettersShown(): Promise<Set<string>> {
	const { text } = await get(`${site.origin}/demo/mail`);
	return new Set(text.match(/href="\/demo\/mail\/[^"]+"/g));
}

async function lettersSince(before: ReadonlySet<string>): Promise<number> {
	return [...(await lettersShown())].filter((letter) => !before.has(letter)).length;
}
