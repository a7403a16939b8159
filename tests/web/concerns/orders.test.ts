import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { listingSlugOf } from '#features/directory/index.ts';
import { onDay, type Someone } from '#tests/helpers/application.ts';
import { get, textOf } from '#tests/helpers/html.ts';
import { become, type Visitor } from '#tests/helpers/person.ts';
import { decidedCase, type OrderCase } from '#tests/helpers/sanctions.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { hiddenOf } from '../membership/acting.ts';

const DECIDED = '2026-10-01';
let site: Site;
let ctx: Ctx;
let made: OrderCase & { step: number };
let slug: string;
let name: string;
const visitors = new Map<string, Visitor>();

beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	ctx = siteCtx(site);
	const text = `SELECT f.person_id AS id, r.number, f.card ->> '$.name' AS name FROM finder f JOIN registration r USING (person_id)
		WHERE f.shown_to_on > '2027-09-30' AND (f.flags & 3) = 3 AND f.person_id NOT IN (SELECT person_id FROM role_grant) ORDER BY f.slug LIMIT 1`;
	const one = ctx.db.sql.prepare(text).get() as { id: string; number: string; name: string };
	name = one.name;
	slug = listingSlugOf(ctx, one.number) ?? '';
	made = decidedCase(
		onDay(ctx, DECIDED),
		[
			{ kind: 'suspension', months: 1 },
			{ kind: 'conditions', months: 12 },
		],
		{ number: one.number, therapist: { id: one.id, ctx } },
	);
});
afterAll(async () => {
	ctx?.db.sql.close();
	await site?.stop();
});

const be = async ({ id }: Someone): Promise<Visitor> => {
	if (!visitors.has(id)) visitors.set(id, await become(site, id));
	return visitors.get(id) as Visitor;
};
const orders = (part = '') => `/office/concerns/${made.reference}/orders${part}`;
const pageOf = async (who: Someone, path: string) => (await (await be(who)).get(path)).text();

async function send(who: Someone, path: string, fields: Record<string, string> = {}): Promise<string> {
	const visitor = await be(who);
	const answer = await visitor.post(path, { ...hiddenOf(await pageOf(who, path)), ...fields });
	expect([path, answer.status, answer.status === 303 ? '' : textOf(await answer.text()).slice(0, 700)]).toEqual([path, 303, '']);
	return answer.headers.get('location') ?? '';
}

/** Moves the clock on: it goes by a day, a week, a month, a quarter or a year. */
async function later(days: number): Promise<void> {
	const visitor = await be(made.owner);
	for (let left = days; left > 0; ) {
		const step = [365, 90, 30, 7, 1].find((one) => one <= left) ?? 1;
		expect((await visitor.post('/demo/clock', { days: String(step) })).status).toBe(303);
		left -= step;
		while (/still to go/.test(await (await visitor.get('/demo')).text())) await new Promise((wait) => setTimeout(wait, 50));
	}
}

/** What the public and programs are told, with every cache warm. */
async function told() {
	const last = encodeURIComponent(name.replace(/^(?:Dr|Prof\w*) /, ''));
	const [finder, listing, entry, api, notices] = await Promise.all(
		[`/find?name=${last}`, `/therapists/${slug}`, `/register/${made.number}`, `/api/v1/register/${made.number}`, '/register/notices'].map((path) =>
			get(site.origin + path),
		),
	);
	for (const answer of [finder, listing, entry, api, notices]) {
		const control = answer?.headers.get('cache-control') ?? '';
		expect(Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0)).toBeLessThanOrEqual(60);
	}
	const certificate = textOf(await pageOf(made.therapist, '/my/certificates'));
	return {
		isFound: finder?.text.includes(`/therapists/${slug}`),
		listing: listing?.status,
		isSuspended: /suspended/i.test(textOf(entry?.text ?? '')),
		api: (JSON.parse(api?.text ?? '{}') as { status: { code: string } }).status.code,
		hasCertificate: certificate.includes('Accredited since'),
		isNoticed: notices?.text.includes(`/register/notices/${made.number}/suspension-`),
	};
}

test('an order is drafted by one, published by another, and at the next request everything says it; it goes on its days', { timeout: 180_000 }, async () => {
	const before = await told();
	expect(before).toMatchObject({ isFound: true, listing: 200, isSuspended: false, api: 'accredited', isNoticed: false });
	const list = await pageOf(made.writer, orders());
	expect(textOf(list)).toContain('Overdue');
	expect(textOf(await pageOf(made.owner, '/office'))).toContain(`${made.reference}: suspension: to be drafted`);
	const decision = `${made.step}-0`;
	const empty = await (await be(made.writer)).post(orders(`/new/${decision}`), { seen: '0' });
	expect(empty.status).toBe(422);
	const at = await send(made.writer, orders(`/new/${decision}`), { words: 'Records were not kept safe.', reasons: 'As the panel said.', reviewMonths: '' });
	expect(at).toBe(`${orders(`/${decision}-1`)}?done=draft`);
	expect((await (await be(made.writer)).get(orders(`/${decision}-1/publish`))).status).toBe(404);
	await send(made.owner, orders(`/${decision}-1/check`));
	expect(textOf(await pageOf(made.publisher, orders(`/${decision}-1/publish`)))).toContain('Records were not kept safe.');
	await send(made.publisher, orders(`/${decision}-1/publish`));
	const after = await told();
	expect(after).toMatchObject({ isFound: false, listing: 410, isSuspended: true, api: 'suspended', isNoticed: true });
	expect([before.hasCertificate, after.hasCertificate]).toEqual([true, false]);

	const notice = await get(`${site.origin}/register/notices/${made.number}/suspension-${TODAY}`);
	expect([notice.status, notice.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
	expect(notice.text).toContain('<meta name="robots" content="noindex"');
	expect(textOf(notice.text)).toContain('Records were not kept safe.');
	const listed = await get(`${site.origin}/register/notices`);
	expect([listed.headers.get('x-robots-tag'), /name="robots" content="noindex"/.test(listed.text)]).toEqual(['noindex', true]);
	expect((await get(`${site.origin}/sitemap.xml`)).text).not.toContain('/register/notices');
	for (const word of [made.reference, 'Wanda', 'Paul']) expect(notice.text).not.toContain(word);

	// The last day is 21 December; the notice stays for six months more.
	await later(29);
	expect(await told()).toMatchObject({ isFound: false, isSuspended: true, api: 'suspended' });
	await later(1);
	expect(await told()).toMatchObject({ isFound: true, listing: 200, api: 'accredited', isNoticed: true });
});

test('a condition is shown by the therapist in their own area and judged by who looks after it; nobody else finds either page', {
	timeout: 120_000,
}, async () => {
	const decision = `${made.step}-1`;
	const draft = { words: 'They practise with support.', reasons: 'As decided.', reviewMonths: '6' };
	await send(made.writer, orders(`/new/${decision}`), draft);
	const condition = {
		words: 'A course about record keeping.',
		isHealth: 'no',
		publicText: 'They take a course.',
		monitor: made.monitor.id,
		dueOn: '01/03/2027',
	};
	await send(made.writer, orders(`/${decision}-1/condition`), condition);
	await send(made.owner, orders(`/${decision}-1/check`));
	await send(made.publisher, orders(`/${decision}-1/publish`));
	const own = `/my/concerns/${made.reference}/conditions`;
	expect(textOf(await pageOf(made.therapist, own))).toContain('A course about record keeping.');
	expect((await (await be(made.therapist)).post(`${own}/${decision}-1-1`, { words: '' })).status).toBe(422);
	await send(made.therapist, `${own}/${decision}-1-1`, { words: 'I took it in January.' });
	expect(textOf(await pageOf(made.monitor, '/office/orders'))).toContain('condition 1');
	for (const path of [own, `${own}/${decision}-1-1`]) expect((await (await be(made.monitor)).get(path)).status).toBe(404);
	await send(made.monitor, orders(`/${decision}-1/condition/1`), { result: 'accepted', words: 'Well done.' });
	expect(textOf(await pageOf(made.therapist, own))).toContain('We said: it is enough');
	for (const path of [orders(), orders(`/${decision}-1`), orders(`/${decision}-1/condition/1`)])
		expect((await (await be(made.therapist)).get(path)).status).toBe(403);
});

test('notices go on the right day', { timeout: 120_000 }, async () => {
	const address = `${site.origin}/register/notices/${made.number}/suspension-${TODAY}`;
	// 21 June 2027 is the last day.
	await later(181);
	expect((await get(address)).status).toBe(200);
	await later(1);
	expect((await get(address)).status).toBe(404);
	expect((await get(`${site.origin}/register/notices`)).text).not.toContain(`${made.number}/suspension-`);
});
