import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { makePdf } from '#core/pdf.ts';
import { type Book, type MadeBook, makeBook } from '#core/pdf-book.ts';
import { readSettings } from '#settings';

const at = { now: Date.parse('2026-11-23T12:00:00Z'), sourceDir: readSettings({}).sourceDir };
const long = Array.from({ length: 400 }, (_, n) => `Sentence ${n + 1} of what was said, in plain words.`).join(' ');
const BOOK: Book = {
	title: 'A book',
	author: 'Us',
	header: 'CON-2026-0001',
	label: 'Bundle page',
	opening: [{ kind: 'paragraph', text: 'What this is.' }],
	chapters: [
		{ title: 'What was said', level: 1, blocks: [{ kind: 'paragraph', text: long }] },
		{
			title: 'Step by step',
			level: 1,
			blocks: [
				{
					kind: 'table',
					caption: 'Steps',
					columns: [
						{ label: 'Day', share: 1 },
						{ label: 'What', share: 3 },
					],
					rows: Array.from({ length: 60 }, (_, n) => [`Day ${n}`, 'Something happened']),
				},
			],
		},
		{ title: 'Exhibits', level: 1, blocks: [] },
		{ title: 'Exhibit 1: wide.png', level: 2, isOnNewPage: true, blocks: [{ kind: 'figure', id: 'wide', alt: 'Exhibit 1: wide.png' }] },
		{ title: 'Exhibit 2: tall.jpg', level: 2, isOnNewPage: true, blocks: [{ kind: 'figure', id: 'tall', alt: 'Exhibit 2: tall.jpg' }] },
		{ title: 'Exhibit 3: report.pdf', level: 2, blocks: [{ kind: 'document', id: 'pdf', says: 'It stands apart from this book.' }] },
		{ title: 'Exhibit 4: lost.pdf', level: 2, blocks: [{ kind: 'document', id: 'lost', says: 'It stands apart.' }] },
		...Array.from({ length: 60 }, (_, n) => ({
			title: `Exhibit ${n + 5}: ${'a long name of something '.repeat(n % 4)}`,
			level: 2 as const,
			blocks: [{ kind: 'paragraph' as const, text: `Words of exhibit ${n + 5}.` }],
		})),
	],
};
let made: MadeBook;
let progress: number[] = [];
let pdf: Awaited<ReturnType<typeof getDocument>['promise']>;

beforeAll(async () => {
	const flat = (width: number, height: number) => sharp({ create: { width, height, channels: 4, background: '#336699' } });
	const two = await makePdf(
		{
			title: 'R',
			author: 'R',
			footer: '',
			blocks: [
				{ kind: 'paragraph', text: long },
				{ kind: 'paragraph', text: long },
			],
		},
		at,
	);
	const files: Record<string, Buffer> = { wide: await flat(3000, 600).png().toBuffer(), tall: await flat(600, 3000).jpeg().toBuffer(), pdf: two };
	progress = [];
	made = await makeBook(BOOK, at, { bytes: async (id) => files[id] ?? { shut: 'This document is damaged.' }, progress: (done) => progress.push(done) });
	pdf = await getDocument({ data: new Uint8Array(made.pdf), verbosity: VerbosityLevel.ERRORS }).promise;
});

async function textOf(number: number): Promise<string> {
	const { items } = await (await pdf.getPage(number)).getTextContent();
	return items
		.map((item) => ('str' in item ? item.str : ''))
		.join(' ')
		.replace(/\s+/g, ' ');
}
type Node = { role?: string; children?: Node[]; type?: string; alt?: string };
async function roles(number: number): Promise<string[]> {
	const walk = (node: Node): string[] => [...(node.role ? [node.role + (node.alt ? `(${node.alt})` : '')] : []), ...(node.children ?? []).flatMap(walk)];
	return walk((await (await pdf.getPage(number)).getStructTree()) as Node);
}
async function pageOf(dest: unknown): Promise<number> {
	const [ref] = (typeof dest === 'string' ? await pdf.getDestination(dest) : dest) as [Parameters<typeof pdf.getPageIndex>[0]];
	return 1 + (await pdf.getPageIndex(ref));
}

describe('a book', () => {
	test('has its number and its head on every page, and labels by which readers find them', async () => {
		expect(pdf.numPages).toBe(made.pages);
		expect(await pdf.getPageLabels()).toEqual(Array.from({ length: made.pages }, (_, n) => String(n + 1)));
		for (let n = 1; n <= made.pages; n += 1) {
			const text = await textOf(n);
			expect(text).toContain(`Bundle page ${n} of ${made.pages}`);
			expect(text).toContain('CON-2026-0001');
		}
	});

	test('is tagged: language, headings in order, contents as contents, figures with words for whoever cannot see them', async () => {
		expect(made.pdf.toString('latin1')).toMatch(/\/StructTreeRoot \d+ 0 R/);
		expect(made.pdf.toString('latin1')).toContain('/Marked true');
		const all = (await Promise.all(Array.from({ length: made.pages }, (_, n) => roles(n + 1)))).flat();
		expect(all.filter((role) => /^H\d$/.test(role)).slice(0, 6)).toEqual(['H1', 'H2', 'H2', 'H2', 'H2', 'H3']);
		expect(all.filter((role) => role.startsWith('Figure'))).toEqual(['Figure(Exhibit 1: wide.png)', 'Figure(Exhibit 2: tall.jpg)']);
		expect(all.filter((role) => role === 'TOCI')).toHaveLength(BOOK.chapters.length);
		expect(all.indexOf('TOC')).toBeLessThan(all.indexOf('Table'));
	});

	test('has a bookmark and a line of contents for every chapter, and each leads to the page that it names', async () => {
		const outline = await pdf.getOutline();
		const flat = outline.flatMap((one) => [one, ...one.items]);
		expect(flat.map(({ title }) => title)).toEqual(BOOK.chapters.map(({ title }) => title));
		expect(outline).toHaveLength(3);
		for (const { title, dest } of flat) {
			const page = await pageOf(dest);
			expect(await textOf(page)).toContain(title.trim().replace(/\s+/g, ' '));
		}
		const links: { dest: string; page: number }[] = [];
		for (let n = 2; n <= 6; n += 1) {
			const found = (await (await pdf.getPage(n)).getAnnotations()) as { subtype: string; dest: string }[];
			links.push(...found.filter(({ subtype }) => subtype === 'Link').map(({ dest }) => ({ dest, page: n })));
		}
		expect(links).toHaveLength(BOOK.chapters.length);
		const first = links[0] as { dest: string; page: number };
		expect(await textOf(first.page)).toMatch(new RegExp(`What was said ${await pageOf(first.dest)} `));
	});

	test('holds all words in the order of reading, over the ends of pages', async () => {
		const all = (await Promise.all(Array.from({ length: made.pages }, (_, n) => textOf(n + 1)))).join(' ');
		const at = (words: string) => all.indexOf(words);
		for (const n of [1, 137, 400]) expect(at(`Sentence ${n} of`)).toBeGreaterThan(0);
		const order = [
			at('What this is.'),
			at('Contents'),
			at('Sentence 1 of'),
			at('Sentence 400 of'),
			at('Day 59'),
			at('It stands apart from this book.'),
			at('Words of exhibit 64.'),
		];
		expect(order).toEqual(order.toSorted((a, b) => a - b));
		expect(all).toMatch(/It stands apart from this book\. It has [3-9] pages\./);
		expect(all).toContain('This document is damaged.');
	});

	test('says how far it is', () => expect(progress).toEqual([1, 2, 3, 4]));
});
