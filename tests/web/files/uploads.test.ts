import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { jpegFromTelephone, pdf, zip } from '#tests/core/files/corpus.ts';
import { become, becomeA, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
let member: Visitor;
let entry: string;
let evidence: string;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	member = await becomeA(site, 'member');
	const answer = await member.post('/my/cpd/new', { title: 'A day of training', as: 'draft', repeatKey: 'k'.repeat(43) });
	expect(answer.status).toBe(303);
	entry = ask('SELECT id FROM cpd_entry ORDER BY created_at DESC LIMIT 1') as string;
	evidence = `/my/cpd/${entry}/evidence`;
});
afterAll(() => site?.stop());

function ask(text: string): unknown {
	const { sql } = openDatabase(`${site.dataDir}/register.db`, { readonly: true });
	try {
		return sql.prepare(text).pluck().get();
	} finally {
		sql.close();
	}
}
function files(...chosen: [bytes: Buffer | string, name: string][]): FormData {
	const form = new FormData();
	for (const [bytes, name] of chosen) form.append('evidence', new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name));
	return form;
}
const send = (...chosen: [bytes: Buffer | string, name: string][]) => member.post(evidence, files(...chosen));
const count = () => ask('SELECT count(*) FROM stored_file WHERE deleted_at IS NULL');

describe('a file that someone adds', () => {
	test('is stored, named and handed back as a download that can run nothing', async () => {
		const bytes = pdf({ text: 'Attendance' });
		expect((await send([bytes, 'Teilnahme “März”.pdf'])).status).toBe(303);
		const page = await (await member.get(evidence)).text();
		const href = /href="(\/my\/cpd\/[^"]+\/evidence\/[^"]+)"/.exec(page)?.[1] ?? '';
		const answer = await member.get(href);
		expect(answer.status).toBe(200);
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'content-type': 'application/pdf',
			'content-disposition': expect.stringMatching(/^attachment; filename="[\w. -]+"; filename\*=UTF-8''/),
			'x-content-type-options': 'nosniff',
			'content-security-policy': expect.stringContaining('sandbox'),
			'cache-control': 'no-store',
		});
		expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
	});

	test('is nobody else’s: not its page, not its content, not even that it exists', async () => {
		const href = `${evidence}/${ask('SELECT id FROM stored_file LIMIT 1')}`;
		const owner = ask('SELECT owner_person_id FROM stored_file LIMIT 1') as string;
		const other = await become(site, ask(`SELECT person_id FROM membership_period WHERE ended_on IS NULL AND person_id <> '${owner}' LIMIT 1`) as string);
		for (const path of [href, evidence]) expect([path, (await other.get(path)).status]).toEqual([path, 404]);
		expect((await other.post(evidence, files([pdf(), 'a.pdf']))).status).toBe(404);
		expect((await visitor(site).get(href)).status).toBe(303);
	});

	test('stays with the form when another is refused', async () => {
		const before = count() as number;
		const answer = await send([await jpegFromTelephone(), 'photo.jpg'], [zip('a.pdf', Buffer.from('x')), 'scan.pdf']);
		const page = await answer.text();
		expect(answer.status).toBe(422);
		expect(page).toContain('not a PDF, JPEG or PNG');
		const kept = /type="checkbox"[^>]*name="evidence"[^>]*value="([^"]+)"[^>]*checked/.exec(page)?.[1];
		expect(page).toContain('Keep photo.jpg');
		expect(count()).toBe(before + 1);
		expect((await member.post(evidence, { evidence: kept ?? '' })).status).toBe(303);
		expect(ask(`SELECT attached_id FROM stored_file WHERE id = '${kept}'`)).toBe(entry);
	});

	test.each<[string, Buffer | string, string]>([
		['empty', '', 'empty'],
		['a PDF with a script', pdf({ catalog: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>' }), 'script or an action'],
		['two kinds in one', Buffer.concat([pdf(), zip('a', Buffer.from('a'))]), 'two kinds'],
		['a bomb', pdf({ more: [`<< /Type /ObjStm /Filter /LZWDecode /Length 1 >>\nstream\nx\nendstream`] }), 'look through'],
		['larger than 10 MB', Buffer.concat([Buffer.from('%PDF-'), Buffer.alloc(11 * 1024 * 1024)]), 'larger than 10 MB'],
	])('is told why it is refused when it is %s', async (_, bytes, said) => {
		const before = count();
		const answer = await send([bytes, 'x.pdf']);
		expect(answer.status).toBe(422);
		expect(await answer.text()).toContain(said);
		expect(count()).toBe(before);
	});

	test('cannot be many at once', async () => {
		const answer = await send(...Array.from({ length: 7 }, (_, i): [string, string] => ['%PDF-', `${i}.pdf`]));
		expect(answer.status).toBe(422);
		expect(await answer.text()).toContain('Choose 5 files at most');
	});
});

describe('a form that is too big', () => {
	test('a photo of 100 MB gets a page that says so, once it has been sent', async () => {
		const { status, body, seconds } = await sendBytes(100 * 1024 * 1024, { cookie: [...member.cookies].map(([k, v]) => `${k}=${v}`).join('; ') });
		expect(status).toBe(413);
		expect(body).toContain('A file may have 10 MB');
		expect(body).toContain('what you typed is still there');
		expect(seconds).toBeLessThan(15);
	});

	test('from nobody who signed in, or to a page without files, is refused as any other', async () => {
		for (const [path, cookie] of [
			[evidence, ''],
			['/my/data', 'a=b'],
		] as const) {
			expect((await sendBytes(300 * 1024, { cookie, path: path === '/my/data' ? '/account/sign-in' : path })).status).toBe(413);
		}
	});

	test('a field of text with a megabyte in a form with files is an answer, not an error', async () => {
		const form = files();
		form.append('remove', 'x'.repeat(1_000_000));
		expect((await member.post(evidence, form)).status).toBeLessThan(500);
	});

	test('parts without end are an answer, not an error', async () => {
		const form = new FormData();
		for (let i = 0; i < 5000; i += 1) form.append(`part${i}`, 'x');
		expect((await member.post(evidence, form)).status).toBe(422);
	});
});

function sendBytes(length: number, { cookie, path = evidence }: { cookie: string; path?: string }): Promise<{ status: number; body: string; seconds: number }> {
	const begun = performance.now();
	const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': length, origin: site.origin, ...(cookie ? { cookie } : {}) };
	return new Promise((resolve, reject) => {
		const req = request(new URL(path, site.origin), { method: 'POST', headers }, (res) => {
			const chunks: Buffer[] = [];
			res.on('data', (chunk: Buffer) => chunks.push(chunk));
			res.on('end', () => resolve({ status: res.statusCode ?? 0, body: Buffer.concat(chunks).toString(), seconds: (performance.now() - begun) / 1000 }));
		});
		req.on('error', reject);
		const piece = Buffer.alloc(64 * 1024, 'a');
		let left = length;
		const more = () => {
			while (left > 0) {
				const size = Math.min(left, piece.length);
				left -= size;
				if (!req.write(piece.subarray(0, size))) return void req.once('drain', more);
			}
			req.end();
		};
		more();
	});
}
