import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ContentPage = { file: string; path: string; head: Record<string, string>; sources: string[]; body: string };

const folder = join(import.meta.dirname, '../../src/content/pages');

/** Every public text, with its frontmatter as strings and the path at which it is served. */
export function loadPages(): ContentPage[] {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
	return files.sort().map((file) => parse(file, readFileSync(join(folder, file), 'utf8')));
}

/** `about/index.md` → `/about`, `site/privacy.md` → `/privacy`, `help/urgent.md` → `/help/urgent`. */
export function pathOf(file: string): string {
	return `/${file}`
		.replace(/\.md$/, '')
		.replace(/\/index$/, '')
		.replace(/^\/site\//, '/');
}

/** The ids that the renderer gives to headings of the second level and below. */
export function headingIds(body: string): string[] {
	const headings = [...body.matchAll(/^#{2,6} (.+)$/gm)].map((match) => match[1] ?? '');
	return headings.map((text) =>
		text
			.toLowerCase()
			.replace(/[^a-z0-9 -]/g, '')
			.replaceAll(' ', '-'),
	);
}

/** Link targets in a Markdown body. */
export function linksIn(body: string): string[] {
	return [...body.matchAll(/\]\(([^)]+)\)/g)].map((match) => match[1] ?? '');
}

function parse(file: string, text: string): ContentPage {
	const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
	if (match === null) throw new Error(`${file} has no frontmatter`);
	const [, head = '', body = ''] = match;
	const pairs = [...head.matchAll(/^(\w+): *(.+)$/gm)].map(([, key, value]) => [key, unquote(value ?? '')]);
	const sources = [...head.matchAll(/^ {2}- label: (.+)$/gm)].map((source) => unquote(source[1] ?? ''));
	return { file, path: pathOf(file), head: Object.fromEntries(pairs), sources, body };
}

function unquote(value: string): string {
	return value.replace(/^(['"])(.*)\1$/, '$2');
}
