import jsQR from 'jsqr';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, becomeA, personWith, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
let member: Visitor;
let number: string;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	member = await becomeA(site, 'member');
	number = ask('SELECT number FROM registration WHERE person_id = ?', personWith(site, 'member')) as string;
});
afterAll(() => site?.stop());

function ask(text: string, ...values: unknown[]): unknown {
	const { sql } = openDatabase(`${site.dataDir}/register.db`, { readonly: true });
	try {
		return sql
			.prepare(text)
			.pluck()
			.get(...values);
	} finally {
		sql.close();
	}
}

/** What a telephone reads from the drawing on a page. */
async function readQr(html: string): Promise<string> {
	const svg = /<svg class="qr"[\s\S]*?<\/svg>/.exec(html)?.[0] ?? '';
	const drawn = svg
		.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" ')
		.replace(/<rect class="qr__paper"/, '<rect fill="#fff"');
	const { data, info } = await sharp(Buffer.from(drawn)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '';
}

describe('the certificate', () => {
	test('is a tagged PDF with number, name, awards, last day, the way to the entry and what alone is proof', async () => {
		const answer = await member.get('/my/certificates?as=pdf');
		expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
		expect(answer.headers.get('content-disposition')).toContain(`certificate-${number}-2026-11-22.pdf`);
		const pdf = await getDocument({ data: new Uint8Array(await answer.arrayBuffer()), verbosity: VerbosityLevel.ERRORS }).promise;
		expect(pdf.numPages).toBe(1);
		const page = await pdf.getPage(1);
		const text = (await page.getTextContent()).items
			.map((item) => ('str' in item ? item.str : ''))
			.join(' ')
			.replace(/\s+/g, ' ');
		const entry = (await (await fetch(`${site.origin}/api/v1/register/${number}`)).json()) as { name: string; awards: { title: string }[] };
		for (const said of [number, entry.name, entry.awards[0]?.title ?? '', 'Valid to', 'Only the live entry in the register is proof'])
			expect(text).toContain(said);
		expect(text.replace(/\s/g, '')).toContain(`${site.origin}/register/${number}`);
		const tree = JSON.stringify(await page.getStructTree());
		for (const role of ['H1', 'Table', 'TH', 'Figure']) expect(tree).toContain(`"role":"${role}"`);
		expect(tree).toContain(`${site.origin}/register/${number}`);
	});

	test('says why there is none to whoever is not in good standing, and gives no PDF', async () => {
		const trainee = await becomeA(site, 'trainee');
		for (const path of ['/my/certificates', '/my/certificates?as=pdf']) {
			const answer = await trainee.get(path);
			expect(answer.headers.get('content-type')).toContain('text/html');
			expect(textOf(await answer.text())).toContain('There is no certificate for you to print today');
		}
		const suspended = ask("SELECT person_id FROM register_order WHERE kind IN ('suspension', 'conditions', 'interim_suspension') AND outcome IS NULL LIMIT 1");
		if (typeof suspended !== 'string') return;
		const limited = await become(site, suspended);
		expect(textOf(await (await limited.get('/my/certificates?as=pdf')).text())).toContain('There is no certificate');
	});
});

describe('the membership card', () => {
	test('has a QR code that leads to the live entry', async () => {
		const html = await (await member.get('/my/certificates/card')).text();
		const url = await readQr(html);
		expect(url).toBe(`${site.origin}/register/${number}`);
		const entry = await fetch(url);
		expect(entry.status).toBe(200);
		expect(await entry.text()).toContain(number);
		expect(textOf(html)).toContain('Only the live entry in the register is proof');
	});

	test('of someone without an entry has none, and says that membership is not accreditation', async () => {
		const trainee = await becomeA(site, 'trainee');
		const html = await (await trainee.get('/my/certificates/card')).text();
		expect(html).not.toContain('class="qr"');
		expect(textOf(html)).toMatch(/Membership is not accreditation|You are not a member/);
	});
});
