import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, givePassword, inRegister } from '#tests/helpers/account-site.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

const PAIRS = 16;
let site: Site;
let known: string[];
let origin: string;
beforeAll(async () => {
	// Each request comes from a client of its own, so that only what differs by account could differ.
	site = await startSite({ TRUSTED_PROXIES: '127.0.0.1', JOBS: 'outside' });
	origin = site.origin;
	known = (await givePassword(site, 'violet harbour nine lanterns')).slice(0, 10);
});
afterAll(() => site?.stop());

let clients = 0;
const post = (path: string, form: Record<string, string>) => {
	clients += 1;
	return ask(site, origin, path, { form, forwardedFor: `10.1.${clients >> 8}.${clients & 255}` });
};
/** What differs by nature: what was typed, and the fresh challenge of the passkey. */
const plain = (text: string, email: string) => text.replaceAll(email, 'ADDRESS').replace(/data-options="[^"]*"/g, '');
const strange = (email: string) => email.replace(/^[^@]+/, (name) => `q${'z'.repeat(name.length - 1)}`);

async function timed(path: string, form: Record<string, string>): Promise<{ ms: number; status: number; location: string | null; text: string }> {
	const began = performance.now();
	const reply = await post(path, form);
	return { ms: performance.now() - began, status: reply.status, location: reply.location, text: plain(reply.text, form.email ?? '') };
}

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[numbers.length >> 1] ?? 0;

async function compare(path: string, form: Record<string, string>) {
	const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
	for (let i = 0; i < PAIRS; i += 1) {
		const email = known[i % known.length] ?? '';
		// In turns, and in turns who goes first: what slows the machine down slows both down.
		const pair: [keyof typeof times, string][] = [
			['known', email],
			['unknown', strange(email)],
		];
		const replies: Awaited<ReturnType<typeof timed>>[] = [];
		for (const [kind, address] of i % 2 ? pair.reverse() : pair) {
			const reply = await timed(path, { ...form, email: address });
			times[kind].push(reply.ms);
			replies.push(reply);
		}
		const [one, two] = replies.map(({ ms: _, ...rest }) => rest);
		expect(one).toEqual(two);
	}
	return { known: median(times.known), unknown: median(times.unknown) };
}

describe('whether an account exists', () => {
	test.each([
		['signing in with a wrong password', '/account/sign-in', { password: 'wrong wrong wrong' }],
		['a forgotten password', '/account/forgot', {}],
		['opening an account', '/account/join', {}],
	])(
		'cannot be told from %s: same answer, same time',
		async (_, path, form) => {
			await compare(path, form);
			inRegister(site, (sql) => sql.prepare('DELETE FROM rate_window').run());
			const { known: there, unknown: missing } = await compare(path, form);
			inRegister(site, (sql) => sql.prepare('DELETE FROM rate_window').run());
			// Generous, since other tests share the machine: a missing hash would make it twenty times faster.
			expect(Math.abs(there - missing), `${there} ms, ${missing} ms`).toBeLessThan(Math.max(20, 0.35 * Math.max(there, missing)));
		},
		120_000,
	);

	test('nor whether it is disabled', async () => {
		const [email = ''] = known;
		inRegister(site, (sql) => sql.prepare("UPDATE account SET disabled_at = 1, disabled_reason = 'test' WHERE email = ?").run(email));
		const form = (address: string, password: string) => timed('/account/sign-in', { email: address, password });
		const replies = [
			await form(email, 'violet harbour nine lanterns'),
			await form(email, 'wrong wrong wrong'),
			await form(strange(email), 'wrong wrong wrong'),
		];
		for (const { status, text } of replies) expect([status, text]).toEqual([422, replies[0]?.text]);
	});

	test('nor by trying too often: strangers and owners wait alike', async () => {
		for (const email of [known[1] ?? '', strange(known[1] ?? '')]) {
			const seen: unknown[] = [];
			for (let i = 0; i < 7; i += 1) {
				const reply = await post('/account/sign-in', { email, password: 'wrong wrong wrong' });
				seen.push([reply.status, reply.headers['retry-after']]);
			}
			expect(seen).toEqual([...Array(5).fill([422, undefined]), [429, '900'], [429, '900']]);
		}
	});
});
