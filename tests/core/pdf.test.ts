import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, test } from 'vitest';
import { checkFile } from '#core/file-check.ts';
import { type Block, makePdf } from '#core/pdf.ts';
import { readSettings } from '#settings';
import { noonOn } from '#tests/helpers/ctx.ts';

const { sourceDir } = readSettings({});
const at = { now: noonOn('2026-11-22'), sourceDir };
const rows = Array.from({ length: 70 }, (_, i) => [`Activity ${i + 1}`, '22 November 2026', `${i}`]);
const BLOCKS: Block[] = [
	{ kind: 'heading', level: 1, text: 'Portfolio of Siân Ŵyn-Łucka' },
	{ kind: 'paragraph', text: 'A year in words.', look: 'lead' },
	{
		kind: 'facts',
		caption: 'Who',
		rows: [
			['Register number', 'IPT-000425'],
			['Valid to', '31 March 2027'],
		],
	},
	{ kind: 'heading', level: 2, text: 'What was done' },
	{ kind: 'list', items: ['read', 'written'] },
	{
		kind: 'table',
		caption: 'Activities',
		columns: [
			{ label: 'What', share: 5 },
			{ label: 'When', share: 3 },
			{ label: 'Hours', share: 1, isNumber: true },
		],
		rows,
		foot: ['All', '', '2415'],
	},
	{ kind: 'qr', content: 'https://register.example/register/IPT-000425', alt: 'QR code of the entry', caption: 'Only the entry is proof.' },
];
const make = () => makePdf({ title: 'Portfolio', author: 'IPT UK', footer: 'Made on 22 November 2026', blocks: BLOCKS }, at);
const open = async (bytes: Buffer) => getDocument({ data: new Uint8Array(bytes), verbosity: VerbosityLevel.ERRORS }).promise;

type Node = { role?: string; alt?: string; children?: Node[]; type?: string };
const roles = (node: Node | null): string[] => (node ? [node.role ?? node.type ?? '', ...(node.children ?? []).flatMap(roles)] : []);

async function textOf(pdf: Awaited<ReturnType<typeof open>>, page: number): Promise<string> {
	const { items } = await (await pdf.getPage(page)).getTextContent();
	return items.map((item) => ('str' in item ? item.str : '')).join(' ');
}

describe('a PDF of ours', () => {
	test('says its title, its language, its maker and its date, and that it is tagged', async () => {
		const pdf = await open(await make());
		const { info, metadata } = (await pdf.getMetadata()) as { info: Record<string, unknown>; metadata: { getRaw(): string } };
		expect(info).toMatchObject({ Title: 'Portfolio', Author: 'IPT UK', Language: 'en-GB', CreationDate: expect.stringContaining('D:20261122120000') });
		expect(metadata.getRaw()).toContain('<pdfuaid:part>1</pdfuaid:part>');
		expect(JSON.stringify([...((await pdf.getMarkInfo()) as unknown as Map<string, boolean>)])).toContain('["Marked",true]');
		expect(JSON.stringify([...((await pdf.getViewerPreferences()) as unknown as Map<string, boolean>)])).toContain('["DisplayDocTitle",true]');
	});

	test('has a structure that a screen reader walks: headings, a list, tables with header cells, a figure with words', async () => {
		const pdf = await open(await make());
		const pages = await Promise.all(Array.from({ length: pdf.numPages }, async (_, i) => (await pdf.getPage(i + 1)).getStructTree() as Promise<Node | null>));
		const first = roles(pages[0] ?? null);
		for (const role of ['Document', 'H1', 'H2', 'P', 'L', 'LI', 'Lbl', 'LBody', 'Table', 'Caption', 'THead', 'TBody', 'TR', 'TH', 'TD'])
			expect(first, role).toContain(role);
		expect(JSON.stringify(pages.at(-1))).toContain('"alt":"QR code of the entry"');
	});

	test('marks every word as content or as an artifact', async () => {
		const pdf = await open(await make());
		for (let page = 1; page <= pdf.numPages; page += 1) {
			let depth = 0;
			const { items } = await (await pdf.getPage(page)).getTextContent({ includeMarkedContent: true });
			for (const item of items) {
				if ('type' in item) depth += item.type === 'endMarkedContent' ? -1 : 1;
				else if (item.str.trim() !== '') expect(depth, item.str).toBeGreaterThan(0);
			}
		}
	});

	test('keeps every letter, and numbers its pages', async () => {
		const pdf = await open(await make());
		expect(pdf.numPages).toBe(3);
		expect(await textOf(pdf, 1)).toContain('Portfolio of Siân Ŵyn-Łucka');
		for (let page = 1; page <= 3; page += 1) expect(await textOf(pdf, page)).toContain(`Page ${page} of 3`);
		const all = [await textOf(pdf, 1), await textOf(pdf, 2), await textOf(pdf, 3)].join(' ');
		for (const [what] of rows) expect(all).toContain(what);
		// The head of the table is seen on every page it stands on.
		expect(await textOf(pdf, 2)).toContain('Hours');
	});

	test('embeds its letters and is byte for byte the same when made again', async () => {
		const [one, other] = [await make(), await make()];
		expect(one.equals(other)).toBe(true);
		expect(one.toString('latin1')).toMatch(/\/FontFile2/);
		expect(one.toString('latin1')).not.toMatch(/\/BaseFont \/Helvetica/);
	});

	test('would be taken by our own check of files', async () => {
		expect(await checkFile(sourceDir, await make(), 'document')).toMatchObject({ type: 'application/pdf' });
	});

	test('bears text of any length and of no length', async () => {
		const blocks: Block[] = [
			{ kind: 'heading', level: 1, text: 'x'.repeat(300) },
			{ kind: 'paragraph', text: 'word '.repeat(3000) },
			{
				kind: 'table',
				caption: 'c',
				columns: [
					{ label: 'a', share: 1 },
					{ label: 'b', share: 1 },
				],
				rows: [
					['', ''],
					['long '.repeat(400), 'b'],
				],
			},
			{ kind: 'facts', caption: 'none', rows: [] },
		];
		const pdf = await open(await makePdf({ title: 'T', author: 'A', footer: '', blocks }, at));
		expect(pdf.numPages).toBeGreaterThan(4);
	});
});
