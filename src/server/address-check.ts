import { LIMITS } from './limits.ts';
import { type Refusal, refusals } from './refusals.ts';

const ENCODED = /%(?![0-9a-f]{2})/i;

/**
 * Refuses addresses that two programs could read in two ways, so that nothing further in has to. After it, a path has no
 * empty, `.` or `..` segment, no backslash, no encoded slash, dot or percent sign, no control character, and valid UTF-8.
 * @param address origin form, `/path?query`
 */
export function refuseAddress(address: string): Refusal | null {
	if (address.length > LIMITS.addressCharacters) return refusals.longAddress;
	if (!/^\/[\x21-\x7e]*$/.test(address) || address.includes('#') || ENCODED.test(address)) return refusals.badAddress;
	const { path, query } = splitAddress(address);
	return isPlainPath(path) && isPlainQuery(query) ? null : refusals.badAddress;
}

/** Splits at the first question mark; `query` comes without it. */
export function splitAddress(address: string): { path: string; query: string } {
	const mark = address.indexOf('?');
	return mark === -1 ? { path: address, query: '' } : { path: address.slice(0, mark), query: address.slice(mark + 1) };
}

function isPlainPath(path: string): boolean {
	const text = decode(path);
	if (text === null || text.includes(';') || /%(?:2[ef5]|5c)/i.test(path)) return false;
	return !/[\\\x00-\x1f\x7f]|\/\/|(?:^|\/)\.{1,2}(?:\/|$)/.test(text);
}

function isPlainQuery(query: string): boolean {
	const text = decode(query);
	return text !== null && !text.includes('\0');
}

function decode(text: string): string | null {
	try {
		return decodeURIComponent(text);
	} catch {
		return null;
	}
}
