import { MARK } from './nasty.ts';

export type Tag = { name: string; attributes: Map<string, string>; text: string };

const RAW_TEXT = new Set(['script', 'style', 'title', 'textarea', 'noscript', 'iframe', 'xmp']);
const SPACE = /[\s/]/;

/**
 * Reads a page the way a browser's tokenizer does (WHATWG HTML §13.2.5, without its rarest corners): every start tag with its
 * attributes, and for elements of raw text what stands in them. A check with patterns would miss what a browser sees.
 */
export function tagsOf(html: string): Tag[] {
	const tags: Tag[] = [];
	for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
		if (html.startsWith('<!--', at)) at = after(html, '-->', at + 4);
		else if (/^<[a-z]/i.test(html.slice(at, at + 2))) at = readTag(html, at, tags);
		else if (/^<[/!?]/.test(html.slice(at, at + 2))) at = after(html, '>', at);
		else at += 1;
	}
	return tags;
}

function readTag(html: string, start: number, tags: Tag[]): number {
	const name = /^[^\s/>]+/.exec(html.slice(start + 1, start + 100))?.[0].toLowerCase() ?? '';
	const attributes = new Map<string, string>();
	let at = start + 1 + name.length;
	for (;;) {
		while (SPACE.test(html.charAt(at))) at += 1;
		if (at >= html.length || html.charAt(at) === '>') break;
		at = readAttribute(html, at, attributes);
	}
	const tag: Tag = { name, attributes, text: '' };
	tags.push(tag);
	// A title inside a drawing is markup like any other: only that of the page is text.
	const isDrawn = name === 'title' && tags.some((t) => t.name === 'body');
	if (!RAW_TEXT.has(name) || isDrawn) return at + 1;
	const end = html.toLowerCase().indexOf(`</${name}`, at);
	tag.text = html.slice(at + 1, end === -1 ? html.length : end);
	return end === -1 ? html.length : end;
}

function readAttribute(html: string, start: number, attributes: Map<string, string>): number {
	let at = start + 1;
	while (at < html.length && !/[\s/>=]/.test(html.charAt(at))) at += 1;
	const name = html.slice(start, at).toLowerCase();
	while (/\s/.test(html.charAt(at))) at += 1;
	if (html.charAt(at) !== '=') return attributes.set(name, '') && at;
	do at += 1;
	while (/\s/.test(html.charAt(at)));
	const quote = html.charAt(at);
	const isQuoted = quote === '"' || quote === "'";
	const end = isQuoted ? html.indexOf(quote, at + 1) : html.slice(at).search(/[\s>]/) + at;
	const stop = end === -1 ? html.length : end;
	attributes.set(name, html.slice(isQuoted ? at + 1 : at, stop));
	return isQuoted ? stop + 1 : stop;
}

function after(html: string, text: string, from: number): number {
	const at = html.indexOf(text, from);
	return at === -1 ? html.length : at + text.length;
}

/** What of an attack came alive in a page; empty when all of it stayed text. */
export function intruders(html: string): string[] {
	return tagsOf(html).flatMap(({ name, attributes, text }) => {
		const found: string[] = [];
		if (name.includes(MARK)) found.push(`<${name}>`);
		for (const [key, value] of attributes) {
			if (key.includes(MARK)) found.push(`<${name} ${key}>`);
			if (
				/^(?:href|src|action|formaction|content)$/.test(key) &&
				new RegExp(`^\\s*(?:javascript|data|vbscript):.*${MARK}|^\\s*(?:https?:)?//[^/]*${MARK}`, 'i').test(value)
			)
				found.push(`<${name} ${key}="${value}">`);
		}
		const isCode = name === 'script' && !/json/.test(attributes.get('type') ?? '');
		if ((isCode || name === 'style') && text.includes(MARK)) found.push(`<${name}>${text}`);
		return found;
	});
}

/** What is wrong with the shape of a whole page; empty for a good one. */
export function misshapen(html: string): string[] {
	const names = tagsOf(html).map((tag) => tag.name);
	const wrong = ['html', 'head', 'body', 'main', 'h1'].filter((name) => names.filter((n) => n === name).length !== 1);
	if (!names.includes('title')) wrong.push('title');
	if (!/^<!doctype html>/i.test(html)) wrong.push('doctype');
	if (!/<\/html>\s*$/.test(html)) wrong.push('end');
	return wrong;
}
