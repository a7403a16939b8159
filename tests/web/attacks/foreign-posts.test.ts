import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { fieldsFor } from '../contact/sending.ts';
import { ask, raw } from '../server/site.ts';
import { reading, slugsOf } from './probe.ts';

/** The site under a name of its own, so that its origin, its host and this machine's are three things. */
const NAME = 'register.example.org';
const ORIGIN = `https://${NAME}`;
const OWN = [`Host: ${NAME}`, `Origin: ${ORIGIN}`, 'Sec-Fetch-Site: same-origin'];
const FORM = 'Content-Type: application/x-www-form-urlencoded';

let site: Site;
let port: number;
let contact: string;
let link: string;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside', PUBLIC_ORIGIN: ORIGIN, ALLOWED_HOSTS: NAME, TRUSTED_PROXIES: '' });
	port = Number(new URL(site.origin).port);
	const [first = ''] = slugsOf(site, 1);
	contact = `/therapists/${first}/contact`;
	const sent = await post(contact, goodBody(), [FORM, ...OWN, 'X-Forwarded-Host: evil.test', 'X-Forwarded-Proto: http', 'Forwarded: host=evil.test']);
	expect(sent.status).toBe(303);
	link = /\/link\/[\w-]+/.exec(letters().join())?.[0] ?? '';
});
afterAll(() => site.stop());

const goodBody = () => new URLSearchParams(Object.entries(fieldsFor(site)) as [string, string][]).toString();
const post = (path: string, body: string, lines: string[]) => ask({ port }, `POST ${path}`, [...lines, `Content-Length: ${Buffer.byteLength(body)}`], body);
const enquiries = () => reading(site, (db) => db.prepare('SELECT count(*) FROM enquiry').pluck().get());
const letters = () => reading(site, (db) => db.prepare('SELECT body FROM outbox').pluck().all() as string[]);
const answers = () => reading(site, (db) => db.prepare('SELECT count(*) FROM enquiry WHERE answer IS NOT NULL').pluck().get());

const FOREIGN: [string, string[]][] = [
	['without Origin', []],
	['null', ['Origin: null']],
	['another site', ['Origin: https://evil.test']],
	['our name without encryption', [`Origin: http://${NAME}`]],
	['a name below ours', [`Origin: https://a.${NAME}`]],
	['a name that ends like ours', [`Origin: https://evil${NAME}`]],
	['a name that begins like ours', [`Origin: ${ORIGIN}.evil.test`]],
	['another port', [`Origin: ${ORIGIN}:8443`]],
	['ours with a path', [`Origin: ${ORIGIN}/`]],
	['this machine', ['Origin: http://localhost']],
	['two origins in one', [`Origin: ${ORIGIN} https://evil.test`]],
	['two origins', ['Origin: https://evil.test', `Origin: ${ORIGIN}`]],
	['cross-site with our origin', [`Origin: ${ORIGIN}`, 'Sec-Fetch-Site: cross-site']],
	['same-site with our origin', [`Origin: ${ORIGIN}`, 'Sec-Fetch-Site: same-site']],
	['typed into the address bar', ['Sec-Fetch-Site: none']],
];
const TYPES = [
	'Content-Type: application/x-www-form-urlencoded',
	'Content-Type: multipart/form-data; boundary=x',
	'Content-Type: text/plain',
	'Content-Type: application/json',
	'Content-Type: application/octet-stream',
	'Content-Type:',
	'X-None: 1',
];

test('a form from elsewhere is refused on every page that takes forms, whatever it calls itself, and nothing is done', async () => {
	const before = [enquiries(), answers()];
	const wrong: string[] = [];
	for (const path of ['/find', contact, link, '/', '/nowhere']) {
		for (const [what, lines] of FOREIGN) {
			for (const type of TYPES) {
				const { status, headers } = await post(path, path === link ? 'answer=replied' : goodBody(), [`Host: ${NAME}`, type, ...lines]);
				if (status !== 403 && status !== 400) wrong.push(`${path} ${what} ${type}: ${status}`);
				if (headers.location !== undefined) wrong.push(`${path} ${what}: leads on`);
			}
		}
	}
	expect(wrong).toEqual([]);
	expect([enquiries(), answers()]).toEqual(before);
});

test('a form of ours in a dress that is none of a form is answered with what is missing', async () => {
	for (const type of TYPES.slice(1)) {
		const { status, body } = await post(contact, goodBody(), [type, ...OWN]);
		expect([status, body.includes('error-summary')], type).toEqual([422, true]);
		expect((await post(link, 'answer=replied', [type, ...OWN])).status, type).toBe(422);
		expect((await post('/find', 'place=Leeds', [type, ...OWN])).status, type).toBe(303);
	}
	expect(answers()).toBe(0);
});

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'MKCOL', 'CONNECT'])('%s is refused on every page', async (method) => {
	for (const path of ['/', '/find', contact, link, '/api/v1/register', '/demo']) {
		const { status } = await ask({ port }, `${method} ${path}`, OWN);
		expect([400, 405, 0], path).toContain(status);
	}
});

describe('a host or a proxy that is made up', () => {
	test.each(['evil.test', `${NAME}.evil.test`, `evil.test@${NAME}`, `${NAME}:1`, 'localhost', '', ` ${NAME},evil.test`])(
		'the name “%s” is not answered to',
		async (name) => {
			for (const path of ['/', '/find?place=London', contact])
				expect([400, 421], path).toContain((await ask({ port }, `GET ${path}`, [`Host: ${name}`])).status);
		},
	);

	test('in any forwarded header changes nothing on any page, in no redirect and in no letter', async () => {
		const evil = [
			'X-Forwarded-Host: evil.test',
			'X-Forwarded-Proto: javascript',
			'X-Forwarded-Port: 666',
			'X-Forwarded-For: <b>evil.test</b>',
			'Forwarded: for=1;host=evil.test;proto=http',
			'X-Original-URL: /demo/mail',
			'X-Rewrite-URL: /demo/mail',
			'X-HTTP-Method-Override: DELETE',
			'X-Real-IP: evil.test',
		];
		for (const path of [
			'/',
			'/find?place=London',
			'/register',
			contact,
			contact.replace('/contact', ''),
			'/sitemap.xml',
			'/robots.txt',
			'/.well-known/security.txt',
			'/api/v1/register?name=an',
			'/shortlist?t=a',
			'/nowhere',
		]) {
			const [plain, forged] = [await ask({ port }, `GET ${path}`, [`Host: ${NAME}`]), await ask({ port }, `GET ${path}`, [`Host: ${NAME}`, ...evil])];
			expect([forged.status, forged.head.includes('evil') || forged.body.includes('evil')], path).toEqual([plain.status, false]);
		}
		const addresses = letters().flatMap((letter) => letter.match(/https?:\/\/[^\s/]+/g) ?? []);
		expect([...new Set(addresses)]).toEqual([ORIGIN]);
	});

	test('does not let one sender pass as many', async () => {
		const sent: number[] = [];
		for (let i = 0; i < 8; i += 1)
			sent.push((await post(contact, goodBody(), [FORM, ...OWN, `X-Forwarded-For: 203.0.113.${i}`, `X-Real-IP: 203.0.113.${i}`])).status);
		expect(sent.filter((status) => status === 303)).toHaveLength(4);
		expect(sent.at(-1)).toBe(422);
	});
});

describe('a body of the wrong size', () => {
	test('too big, of unknown length, or on a reading request is refused on every page, in words', async () => {
		for (const path of ['/find', contact, link]) {
			const large = await post(path, `message=${'x'.repeat(300_000)}`, [FORM, ...OWN]);
			expect([large.status, large.body.includes('too big')], path).toEqual([413, true]);
			expect((await ask({ port }, `POST ${path}`, [FORM, ...OWN, 'Transfer-Encoding: chunked'], '5\r\nplace\r\n0\r\n\r\n')).status, path).toBe(411);
			expect((await ask({ port }, `GET ${path}`, [...OWN, 'Content-Length: 5'], 'place')).status, path).toBe(400);
			expect((await ask({ port }, `POST ${path}`, [FORM, ...OWN, 'Content-Length: 5', 'Content-Length: 6'], 'place')).status, path).toBe(400);
		}
	});

	test('cut off in the middle stores nothing, and the next one is served', async () => {
		const before = enquiries();
		const body = goodBody();
		const head = [`POST ${contact} HTTP/1.1`, FORM, ...OWN, `Content-Length: ${body.length}`, '', ''].join('\r\n');
		for (const part of [0, 1, 20, body.length / 2, body.length - 1]) await cutOff(port, head + body.slice(0, part));
		await raw(port, `POST ${contact} HTTP/1.1\r\n${FORM}\r\n`);
		expect(enquiries()).toBe(before);
		expect((await ask({ port }, 'GET /find?place=London', [`Host: ${NAME}`])).status).toBe(200);
	});

	test('a thousand fields, or a name as long as the whole, is read and refused', async () => {
		const many = Array.from({ length: 20_000 }, (_, i) => `f${i}=1`).join('&');
		for (const body of [many, `${'n'.repeat(200_000)}=1`, '&'.repeat(200_000), '%'.repeat(200_000), 'message=%00%FF%ED%A0%80']) {
			expect((await post(contact, body, [FORM, ...OWN])).status).toBe(422);
			expect([303, 400]).toContain((await post('/find', body, [FORM, ...OWN])).status);
		}
	});
});

/** Sends a beginning and hangs up. */
function cutOff(to: number, text: string): Promise<void> {
	return new Promise((resolve) => {
		const socket = connect(to, '127.0.0.1', () => socket.write(text, () => setTimeout(() => socket.destroy(), 60)));
		socket.once('close', () => resolve());
		socket.on('error', () => undefined);
	});
}

test('none of it was a fault to the program', async () => {
	await site.stop();
	expect(site.logs()).not.toMatch(/"level":(?:50|60)|ERROR|"status":5\d\d/);
	expect(site.logs()).not.toContain('evil');
});
