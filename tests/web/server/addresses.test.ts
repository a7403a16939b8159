import { expect, test } from 'vitest';
import { ask, echo, HOST, openSite, post } from './site.ts';

const CONFUSIONS = [
	'//evil.test/office',
	'/\\evil.test',
	'/office/../find',
	'/./office',
	'/a/%2e%2e/office',
	'/%2e%2e/%2e%2e/etc/passwd',
	'/..%2foffice',
	'/office%2f',
	'/%5coffice',
	'/%2561dmin',
	'/%61dmin%00',
	'/office;x=1',
	'/office%3bx',
	'/find//x',
	'/find/%0d%0aSet-Cookie:a=b',
	'/find%00.css',
	'/%',
	'/%zz',
	'/%e0%80%af',
	'/%c0%af',
	'/find?q=%00',
	'/find?q=%zz',
	'/find?q=%ff',
	'/caf\u00e9',
	'/find#x',
];

test.each(CONFUSIONS)('%s is refused with a page, and never reaches a page of ours', async (address) => {
	let reached = 0;
	const site = await openSite((req, res, next, locals) => (reached++, echo(req, res, next, locals)));
	const reply = await ask(site, `GET ${address}`);
	expect(reply.status).toBe(400);
	expect(reply.headers['content-type']).toBe('text/html; charset=utf-8');
	expect(reply.body).toContain('<h1>');
	expect(reached).toBe(0);
});

test('people’s addresses pass: spaces, accents, apostrophes, a percent sign in a search', async () => {
	const site = await openSite(echo);
	for (const address of [
		'/find?place=Stow-on-the-Wold',
		'/find?q=Zo%C3%AB+O%27Hara',
		'/find?q=100%25',
		'/therapists/zo%C3%AB',
		'/find?q=%F0%9F%98%80',
		'/register/IPT-000427',
	]) {
		expect((await ask(site, `GET ${address}`)).status, address).toBe(200);
	}
});

test('an address of more than 4,096 characters is too long', async () => {
	const site = await openSite(echo);
	expect((await ask(site, `GET /find?q=${'a'.repeat(4100)}`)).status).toBe(414);
	expect((await ask(site, `GET /find?q=${'a'.repeat(10_000)}`)).status).toBe(414);
});

test('a slash at the end leads to the page without it', async () => {
	const reply = await ask(await openSite(echo), 'GET /find/?place=Leeds');
	expect([reply.status, reply.headers.location]).toEqual([301, '/find?place=Leeds']);
});

test.each(['/_image?href=x', '/_server-islands/A', '/_actions/x', '/_astro/missing.css'])('%s is a door that is closed', async (address) => {
	expect((await ask(await openSite(echo), `GET ${address}`)).status).toBe(404);
});

test('a full postcode in an address is cut to its sector, by a redirect that is not kept', async () => {
	const site = await openSite(echo);
	const redirects = [
		['/find?place=RG12+8XX', '/find?place=RG12+8'],
		['/find?place=rg128xx&how=online', '/find?place=RG12+8&how=online'],
		['/find?how=online&place=%52%47%31%32%208XX', '/find?how=online&place=RG12+8'],
		['/find?place=RG12%25208XX', '/find?place=RG12+8'],
		['/find?other=near+SW1A+1AA+please', '/find?other=near+SW1A+1+please'],
		['/find?SW1A1AA=1', '/find?SW1A+1=1'],
		['/find/RG12%208XX', '/find/RG12%208'],
	];
	for (const [from, to] of redirects) {
		const reply = await ask(site, `GET ${from}`);
		expect([reply.status, reply.headers.location, reply.headers['cache-control']], from).toEqual([303, to, 'no-store']);
		expect((await ask(site, `GET ${to}`)).status, to).toBe(200);
	}
});

test('a POST never has a full postcode in its address', async () => {
	expect((await post(await openSite(echo), '/find?place=RG12+8XX', 'a=1')).status).toBe(400);
});

test('tokens, slugs, hashes and references are not cut up', async () => {
	const site = await openSite(echo);
	for (const address of ['/link/aB1-2cd_e14ab', '/therapists/jo-b12ca', '/shortlist?t=jo-b1-2ca', '/x?id=0190a1b2-3cde-7f00-8a1b-2cd012345678']) {
		expect((await ask(site, `GET ${address}`)).status, address).toBe(200);
	}
});

test('no full postcode and no token reaches the log, however it is spelled', async () => {
	const site = await openSite(echo);
	const addresses = [
		'/find?place=RG12+8XX',
		'/find/RG12%208XX',
		'/find/rg128xx/',
		'/%52%47%31%32%38%58%58',
		'/%2552G12%25208XX',
		'/therapists/RG12-8XX',
		'/RG12%208XX%zz',
		'/link/tok3nTOK3Ntok3nTOK3Ntok3nTOK3N',
		'/x?token=tok3nTOK3N',
		`http://${HOST}/RG12_8XX`,
	];
	for (const address of addresses) await ask(site, `GET ${address}`);
	await post(site, '/find', 'place=RG12+8XX');
	const log = site.log();
	expect(log.trim().split('\n')).toHaveLength(addresses.length + 1);
	expect(decodeURIComponent(log.replaceAll('%zz', ''))).not.toMatch(/8\s*XX|38%58|tok3n|\?/i);
});

test('the secret of a personal link passes whole, even when some of its letters look like a postcode', async () => {
	const site = await openSite(echo);
	const token = 'kQ3v-n1-1aa-5Jx0Zr_u7cVbPqLwYt8hMgSdFeTzRkA';
	expect(token).toHaveLength(43);
	for (const page of ['account/link', 'link', 'supervision/confirm', 'calendar']) expect((await ask(site, `GET /${page}/${token}`)).status, page).toBe(200);
	expect((await ask(site, 'GET /find/n1-1aa')).status, 'and a place still goes').toBe(303);
});
