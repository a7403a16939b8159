import type { TestSequencerConstructor, TestSpecification } from 'vitest/node';

/**
 * What takes longest, longest first; the others follow, and features last: they are short, so that no worker is left alone with a long file.
 * Only the time of a whole run depends on it: files may run in any order.
 */
const LONGEST = [
	'journeys/record-pages-axe',
	'web/durability/assessing-killed',
	'journeys/a-year',
	'journeys/accessibility',
	'journeys/closed-pages-axe',
	'core/durability',
	'web/durability/',
	'journeys/',
	'web/privacy/',
	'web/accounts/clock',
	'cli/import/bad-input',
	'jobs/renewal-night',
	'web/',
	'',
	'features/',
];

/** The place of a file in the order: the most exact line that names it. */
function place(file: string): number {
	const path = file.slice(import.meta.dirname.length + 1);
	const lines = LONGEST.filter((line) => path.startsWith(line));
	return LONGEST.indexOf(lines.reduce((exact, line) => (line.length > exact.length ? line : exact), ''));
}

/** Vitest asks for a constructor; it gets a plain object. */
export const longFirst = function longFirst() {
	return {
		sort: async (files: TestSpecification[]) => files.toSorted((a, b) => place(a.moduleId) - place(b.moduleId) || (a.moduleId < b.moduleId ? -1 : 1)),
		shard: async (files: TestSpecification[]) => files,
	};
} as unknown as TestSequencerConstructor;
