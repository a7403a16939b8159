import { isDay, sayDay } from '#core/dates.ts';

export type EvidenceFact = { key: string; value: string };

const MOST = 60;
/** Keys of records, instants and what stands in the title already: of no use to somebody who reads. */
const LEFT_OUT = /(^id|Id|At|Key|digest|^title|^version|Version|^versions|^scales)$/;

/**
 * What a piece of evidence said when it was sent, as lines to read: the names of its fields made words, days written out. It takes any snapshot,
 * so that a new kind of record needs nothing here.
 */
export function factsOfSnapshot(snapshot: object | null): EvidenceFact[] {
	return snapshot === null ? [] : linesOf(snapshot, '').slice(0, MOST);
}

function linesOf(value: unknown, name: string): EvidenceFact[] {
	if (value === null || value === undefined || value === '') return [];
	if (Array.isArray(value)) return listLines(value, name);
	if (typeof value === 'object')
		return Object.entries(value).flatMap(([key, inner]) => (LEFT_OUT.test(key) ? [] : linesOf(inHundredths(key, inner), joined(name, key))));
	return [{ key: name, value: say(value) }];
}

function listLines(values: readonly unknown[], name: string): EvidenceFact[] {
	if (values.every((value) => typeof value !== 'object')) return values.length === 0 ? [] : [{ key: name, value: values.map(say).join(', ') }];
	return values.flatMap((value, i) => linesOf(value, `${name} ${i + 1}`));
}

function inHundredths(key: string, value: unknown): unknown {
	return key.endsWith('Hundredths') && typeof value === 'number' ? (value / 100).toFixed(2) : value;
}

function joined(name: string, key: string): string {
	const words = key
		.replace(/Hundredths$/, '')
		.replace(/On$/, '')
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replace(/_/g, ' ')
		.toLowerCase();
	return name === '' ? `${words.charAt(0).toUpperCase()}${words.slice(1)}` : `${name}: ${words}`;
}

function say(value: unknown): string {
	if (typeof value === 'boolean') return value ? 'Yes' : 'No';
	if (typeof value === 'number') return value.toLocaleString('en-GB');
	const text = String(value);
	return isDay(text) ? sayDay(text) : text.replace(/_/g, ' ');
}
