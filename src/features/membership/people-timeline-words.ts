import { isDay, sayDay } from '#core/dates.ts';

/** One value that an event told of: what it is, what it was, and what it became. `before` is null where the event only says what is. */
export type Change = { label: string; before: string | null; after: string };

type Values = Record<string, unknown>;

/** What an event says in words: first what is not personal, then the personal values, those that did not change left out. Never throws. */
export function changesIn(data: string, personal: string | null): Change[] {
	return [...changesOf(parsed(data)), ...(personal === null ? [] : changesOf(parsed(personal)))];
}

function changesOf(values: Values): Change[] {
	const { before, after } = values;
	if (isValues(before) && isValues(after)) {
		const changed = Object.keys(after).filter((key) => said(before[key]) !== said(after[key]));
		return changed.map((key) => ({ label: labelOf(key), before: said(before[key]), after: said(after[key]) }));
	}
	return Object.entries(values)
		.filter(([key, value]) => !isKey(key, value) && said(value) !== NOTHING)
		.map(([key, value]) => ({ label: labelOf(key), before: null, after: said(value) }));
}

const NOTHING = '–';

function said(value: unknown): string {
	if (value === null || value === undefined || value === '') return NOTHING;
	if (value === true) return 'yes';
	if (value === false) return 'no';
	if (Array.isArray(value)) return value.length === 0 ? NOTHING : value.map(said).join(', ');
	if (isValues(value))
		return Object.entries(value)
			.map(([key, part]) => `${labelOf(key).toLowerCase()} ${said(part)}`)
			.join(', ');
	if (typeof value === 'string' && isDay(value)) return sayDay(value);
	// Codes of closed lists are words joined by underscores.
	return typeof value === 'string' && /^[a-z]+(?:_[a-z]+)+$/.test(value) ? value.replaceAll('_', ' ') : String(value);
}

/** Keys of records say nothing to people. */
function isKey(key: string, value: unknown): boolean {
	return /Id$|^id$/.test(key) || (typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-/.test(value));
}

/** `givenNames` → `Given names`. */
function labelOf(key: string): string {
	const words = key
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replace(/_/g, ' ')
		.toLowerCase();
	return words.charAt(0).toUpperCase() + words.slice(1);
}

function isValues(value: unknown): value is Values {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsed(text: string): Values {
	const value: unknown = JSON.parse(text);
	return isValues(value) ? value : {};
}
