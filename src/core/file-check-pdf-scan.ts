import { inflateSync } from 'node:zlib';

const MOST_AFTER_END = 2048;
const ZIP_REACH = 66 * 1024;
/** What all object streams together may unpack to: beyond it the file is a bomb. */
const MOST_UNPACKED = 64 * 1024 * 1024;

const TWO = 'That file is two kinds of file in one.';
const LOCKED = 'That PDF is locked.';
const SCRIPT = 'That PDF has a script or an action in it.';
const ATTACHED = 'That PDF has other files inside it.';
const ODD = 'That PDF is built in a way that we cannot look through.';
const BOMB = 'That PDF unpacks to far more than it shows.';

/** Names that no file of evidence needs. Short ones would be found by chance in packed bytes, so they are looked for in the structure only. */
const NAMES: readonly (readonly [name: string, said: string])[] = [
	['Encrypt', LOCKED],
	['JavaScript', SCRIPT],
	['JS', SCRIPT],
	['Launch', SCRIPT],
	['AA', SCRIPT],
	['SubmitForm', SCRIPT],
	['ImportData', SCRIPT],
	['GoToE', SCRIPT],
	['GoToR', SCRIPT],
	['Rendition', SCRIPT],
	['RichMedia', SCRIPT],
	['XFA', SCRIPT],
	['EmbeddedFile', ATTACHED],
	['EmbeddedFiles', ATTACHED],
	['EF', ATTACHED],
];
const LONG_NAMES = NAMES.filter(([name]) => name.length > 6);

/**
 * What is wrong with the bytes of a PDF, in a sentence for people, or null. Looks at the whole structure, object streams unpacked,
 * names with their `#xx` read, so that nothing is hidden by packing or spelling.
 */
export function pdfFault(bytes: Buffer): string | null {
	const text = bytes.toString('latin1');
	return faultOfShape(text) ?? faultOfNames(text);
}

function faultOfShape(text: string): string | null {
	if (!text.startsWith('%PDF-')) return TWO;
	const end = text.lastIndexOf('%%EOF');
	if (end === -1) return 'That PDF is cut off.';
	const after = text.slice(end + 5);
	if (after.length > MOST_AFTER_END || /<\w|PK\x03\x04|PK\x05\x06/.test(after)) return TWO;
	if (text.slice(-ZIP_REACH).includes('PK\x05\x06')) return TWO;
	if (/<(?:!doctype|html|script|svg|\?php)/i.test(text.slice(0, 1024))) return TWO;
	return null;
}

function faultOfNames(text: string): string | null {
	const { structure, objectStreams } = apart(text);
	const packed = unpacked(objectStreams);
	if (typeof packed === 'string') return packed;
	if (/<(?:!doctype html|html|script)[\s>]/i.test(structure)) return TWO;
	for (const part of [structure, ...packed]) {
		const plain = part.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
		const found = NAMES.find(([name]) => hasName(plain, name));
		if (found) return found[1];
		// Opening at a page (an array, a GoTo) starts nothing; anything else that happens on opening does.
		if (/\/OpenAction\s*<<(?![^>]*\/S\s*\/GoTo\b)/.test(plain)) return SCRIPT;
		if (hasOpenActionElsewhere(plain, [structure, ...packed])) return SCRIPT;
	}
	// A reader may see a stream where we do not, or the other way about: long names are nowhere by chance.
	return LONG_NAMES.find(([name]) => hasName(text, name))?.[1] ?? null;
}

function hasName(text: string, name: string): boolean {
	return new RegExp(`/${name}(?![A-Za-z0-9_.-])`).test(text);
}

/** `/OpenAction 5 0 R`: the object it points to must be a place in the document. */
function hasOpenActionElsewhere(part: string, all: readonly string[]): boolean {
	const [, number] = /\/OpenAction\s+(\d+)\s+\d+\s+R\b/.exec(part) ?? [];
	if (number === undefined) return false;
	const object = new RegExp(`(?:^|[^\\d])${number}\\s+\\d+\\s+obj\\s*(\\[|<<[^>]*/S\\s*/GoTo\\b)`);
	return !all.some((text) => object.test(text));
}

/** The file without the content of its streams, and its object streams: dictionary and content. */
function apart(text: string): { structure: string; objectStreams: { dictionary: string; content: string }[] } {
	const pieces: string[] = [];
	const objectStreams: { dictionary: string; content: string }[] = [];
	let from = 0;
	for (const { 0: keyword, index } of text.matchAll(/\bstream\r?\n/g)) {
		if (index < from) continue;
		const begin = index + keyword.length;
		const end = text.indexOf('endstream', begin);
		if (end === -1) break;
		const head = text.slice(from, index);
		pieces.push(head);
		const dictionary = head.slice(Math.max(0, head.lastIndexOf('obj')));
		if (/\/ObjStm\b/.test(dictionary)) objectStreams.push({ dictionary, content: text.slice(begin, end) });
		from = end;
	}
	return { structure: [...pieces, text.slice(from)].join('\n'), objectStreams };
}

function unpacked(streams: readonly { dictionary: string; content: string }[]): string[] | string {
	const texts: string[] = [];
	let left = MOST_UNPACKED;
	for (const { dictionary, content } of streams) {
		const filter = /\/Filter\s*\[?\s*\/(\w+)\s*(\/\w+)?/.exec(dictionary);
		if (/\/DecodeParms\b/.test(dictionary) || filter?.[2]?.startsWith('/Fl') || (filter && filter[1] !== 'FlateDecode' && filter[1] !== 'Fl')) return ODD;
		try {
			const bytes = Buffer.from(content, 'latin1');
			const text = (filter ? inflateSync(bytes, { maxOutputLength: left, finishFlush: 2 }) : bytes).toString('latin1');
			left -= text.length;
			texts.push(text);
		} catch (error) {
			return (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? BOMB : ODD;
		}
	}
	return texts;
}
