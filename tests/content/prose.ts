import { createHash } from 'node:crypto';

/** The running words of a Markdown body: no headings, table rules, link targets, bold marks or placeholders. */
export function plainBlocks(markdown: string): string[] {
	return markdown
		.split('\n')
		.filter((line) => !/^(#|---|\|\s*---)/.test(line))
		.flatMap((line) => (line.startsWith('|') ? line.split('|') : [line]))
		.map((line) => line.replace(/^\s*(>|[-*]|\d+\.)\s+/, ''))
		.map((line) => line.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\{\{[^}]*\}\}/g, 'the office'))
		.map((line) => line.replace(/[*_`]/g, '').trim())
		.filter((line) => line !== '');
}

/** Sentences of a Markdown body. Every paragraph, list item and table cell ends one, with or without a full stop. */
export function sentences(markdown: string): string[] {
	return plainBlocks(markdown)
		.flatMap((block) => block.split(/(?<=[.?!:])[”’)]*\s+/))
		.filter((sentence) => words(sentence).length > 0);
}

export function words(text: string): string[] {
	return (
		text
			.toLowerCase()
			.replaceAll('’', "'")
			.match(/[a-z]+(?:'[a-z]+)?/g) ?? []
	);
}

/** Mean number of words in a sentence. */
export function sentenceLength(markdown: string): number {
	const all = sentences(markdown);
	return words(plainBlocks(markdown).join(' ')).length / all.length;
}

/** Flesch-Kincaid grade: school years in the United States; grade 7 is about 12 years old. */
export function gradeOf(markdown: string): number {
	const all = words(plainBlocks(markdown).join(' '));
	const syllables = all.reduce((sum, word) => sum + syllablesIn(word), 0);
	return 0.39 * sentenceLength(markdown) + 11.8 * (syllables / all.length) - 15.59;
}

const spelledOut = new Set(['ipt', 'nhs', 'cbt', 'gp', 'tv']);

/** Vowel groups, less a silent ending. Right for most English words, and that is enough for a mean. */
export function syllablesIn(word: string): number {
	if (spelledOut.has(word)) return word.length;
	const bare = word.replace(/'.*$/, '').replace(/(?<=[^aeiouy]{1,2})(?<![td])ed$|(?<=[^aeiouyl]|[aeiouy]l)e$|(?<=[^aeiouysxzcgh])es$/, '');
	return Math.max(1, (bare.match(/[aeiouy]+/g) ?? []).length);
}

/** Short hashes of every run of eight words: they show a copied sentence without holding its text. */
export function shingles(text: string): string[] {
	const all = words(text);
	const runs = all.slice(7).map((_, index) => all.slice(index, index + 8).join(' '));
	return runs.map((run) => createHash('sha256').update(run).digest('hex').slice(0, 10));
}
