import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerNumber } from '#core/register-number.ts';
import { entryAnswer, nameAnswer } from '#features/register/index.ts';
import { type RegisterSite, startRegisterSite } from './site.ts';

let site: RegisterSite;
beforeAll(async () => {
	site = await startRegisterSite();
});
afterAll(() => site.stop());
const ask = async (path: string) => {
	const answer = await site.get(`/api/v1${path}`);
	return { ...answer, type: answer.headers.get('content-type'), body: answer.text === '' ? null : JSON.parse(answer.text) };
};

test('every entry, on any day, has the documented shape and says what its page says', async () => {
	for (const number of Object.values(site.numbers)) {
		for (const query of ['', '?on=2021-03-01', '?on=1999-01-01']) {
			const { status, body, headers } = await ask(`/register/${number}${query}`);
			expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=60']);
			const answer = entryAnswer.parse(body);
			const page = await site.get(`/register/${number}${query}`);
			if (!query) expect(page.text).toContain(answer.status.label);
			expect(answer.url).toBe(`${site.origin}/register/${number}`);
		}
	}
});

test('only someone accredited and without limits is in good standing', async () => {
	const good = await Promise.all(
		Object.entries(site.numbers).map(async ([key, number]) => ((await ask(`/register/${number}`)).body.status.isInGoodStanding ? key : '')),
	);
	expect(good.filter(Boolean)).toEqual(['accredited', 'met', 'spent', 'unchecked']);
});

test('a search by name has the documented shape', async () => {
	const { status, body } = await ask('/register?name=pryce');
	expect(status).toBe(200);
	expect(nameAnswer.parse(body)).toMatchObject({
		matches: [{ name: 'Dr Siân O’Neill', matchedFormerName: 'Siân Pryce', url: `${site.origin}/register/${site.numbers.accredited}` }],
		hasMore: false,
	});
	expect((await ask('/register?name=manyson')).body).toMatchObject({ hasMore: true });
});

test.each([
	['/register', 400],
	['/register?name=', 400],
	['/register?name=a', 400],
	['/register/abc', 400],
	['/register/IPT-777771', 400],
	[`/register/${registerNumber(77777)}`, 404],
])('%s: %i as problem details', async (path, status) => {
	const answer = await ask(path);
	expect([answer.status, answer.type]).toEqual([status, 'application/problem+json; charset=utf-8']);
	expect(answer.body).toEqual({ type: 'about:blank', title: expect.any(String), status, detail: expect.stringMatching(/\S/) });
	expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('a day to come, or none at all: 422', async () => {
	for (const on of ['2999-01-01', '2024-02-30', 'x']) expect((await ask(`/register/${site.numbers.accredited}?on=${on}`)).status).toBe(422);
});

test('another way of writing a number is redirected', async () => {
	const { status, location } = await site.get(`/api/v1/register/${site.numbers.accredited?.toLowerCase()}?on=2024-03-03`);
	expect([status, location]).toEqual([301, `/api/v1/register/${site.numbers.accredited}?on=2024-03-03`]);
});

test('the description names each address and holds the shape that the answers were read with', async () => {
	const { body } = await ask('/openapi.json');
	expect(body.openapi).toBe('3.1.0');
	expect(Object.keys(body.paths)).toEqual(['/api/v1/register/{number}', '/api/v1/register']);
	const shape = body.paths['/api/v1/register/{number}'].get.responses['200'].content['application/json'].schema;
	expect(Object.keys(shape.properties).sort()).toEqual(Object.keys(entryAnswer.shape).sort());
	expect((await site.get('/api/v1')).status).toBe(200);
});
