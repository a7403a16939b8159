import { rawMail } from './mail-files.ts';

export type ReadMail = { to: string; subject: string; date: string; messageId: string; text: string };

/** One message of the mail folder to look at (`/demo/mail`), or null. Reads what `fileTransport` writes, not mail in general. */
export function readMail(dataDir: string, name: string): ReadMail | null {
	const raw = rawMail(dataDir, name)?.toString('utf8');
	if (raw === undefined) return null;
	const cut = raw.indexOf('\r\n\r\n');
	const headers = raw
		.slice(0, cut)
		.replace(/\r\n[ \t]+/g, ' ')
		.split('\r\n');
	const value = (wanted: string) =>
		headers
			.find((h) => h.toLowerCase().startsWith(`${wanted}:`))
			?.slice(wanted.length + 1)
			.trim() ?? '';
	return {
		to: value('to').replace(/^<|>$/g, ''),
		subject: decodeWords(value('subject')),
		date: value('date'),
		messageId: value('message-id'),
		text: decodeQuoted(raw.slice(cut + 4).replace(/=\r\n/g, '')).replace(/\r\n/g, '\n'),
	};
}

/** Quoted-printable (RFC 2045 §6.7), soft line breaks already taken out. */
function decodeQuoted(text: string): string {
	return text.replace(/(?:=[0-9A-F]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'));
}

/** Encoded words in headers (RFC 2047). */
function decodeWords(header: string): string {
	const joined = header.replace(/\?=\s+=\?/g, '?==?');
	return joined.replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
		kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : decodeQuoted(text.replaceAll('_', ' ')),
	);
}
