import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get } from '#tests/helpers/html.ts';
import { become, personWith, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { reading } from '../attacks/probe.ts';

let site: Site;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site?.stop());

const move = (days: string) => visitor(site).post('/demo/clock', { days });

async function dayShown(): Promise<string> {
	for (;;) {
		const { text } = await get(`${site.origin}/demo`);
		if (!/still to go/.test(text)) return /It is ([^.]+)\. Put/.exec(text)?.[1] ?? '';
		await new Promise((wait) => setTimeout(wait, 50));
	}
}

describe('the clock of the demonstration', () => {
	test('is put forward by days, and every day’s jobs run on it', async () => {
		expect(await dayShown()).toBe('22 November 2026');
		expect((await move('7')).status).toBe(303);
		expect(await dayShown()).toBe('29 November 2026');
	});

	test('keeps whoever is signed in signed in', async () => {
		const member = await become(site, personWith(site, 'member'));
		await move('30');
		await dayShown();
		expect((await member.get('/my')).status).toBe(200);
	});

	test('takes only the steps it offers, and never goes back', async () => {
		const before = await dayShown();
		for (const days of ['-1', '0', '5000', 'x', '1e3']) await move(days);
		expect(await dayShown()).toBe(before);
	});

	test('reminds a member of their fee on the way, and hides their listing when the grace is over', { timeout: 120_000 }, async () => {
		const { slug, email } = soonDue();
		expect((await get(`${site.origin}/therapists/${slug}`)).status).toBe(200);
		await move('90');
		await dayShown();
		expect((await get(`${site.origin}/therapists/${slug}`)).status).toBe(410);
		const kinds = reading(site, (sql) =>
			sql.prepare("SELECT kind FROM outbox WHERE dedupe_key LIKE 'membership.%' AND kind LIKE 'membership.%'").pluck().all(),
		);
		expect(email).toContain('@');
		expect(kinds.length).toBeGreaterThan(3);
	});
});

/** The listed member whose fee is due first. */
function soonDue(): { slug: string; email: string } {
	const text = `SELECT f.slug, p.email FROM finder f JOIN membership_period m ON m.person_id = f.person_id AND m.ended_on IS NULL JOIN person p ON p.id = f.person_id
		WHERE p.email IS NOT NULL GROUP BY f.person_id ORDER BY max(m.paid_to_on) LIMIT 1`;
	return reading(site, (sql) => sql.prepare(text).get() as { slug: string; email: string });
}
