/** One thing that was said, under what it was asked as. */
export type Said = { label: string; words: string };

/** Answers that the way in keeps as one object, as lines to read; plain words as they stand. Pure. */
export function linesIn(text: string): Said[] {
	const value = objectIn(text);
	if (value === null) return text === '' ? [] : [{ label: '', words: text }];
	const lines = Object.entries(value).map(([key, answer]) => ({ label: humanised(key), words: [answer ?? ''].flat().join('; ') }));
	return lines.filter(({ words }) => words !== '');
}

/** The name in answers, or null when none was given. */
export function nameIn(text: string | undefined): string | null {
	const name = objectIn(text ?? '')?.name;
	return typeof name === 'string' && name !== '' ? name : null;
}

function objectIn(text: string): Record<string, unknown> | null {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
	} catch {
		return null;
	}
}

function humanised(key: string): string {
	const words = key.replaceAll('_', ' ').toLowerCase();
	return words.charAt(0).toUpperCase() + words.slice(1);
}
