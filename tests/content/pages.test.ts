import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nations } from '#content/nations.ts';
import { helpHref, urgentHelp } from '#content/urgent-help.ts';
import { headingIds, linksIn, loadPages } from './load-pages.ts';
import { gradeOf, plainBlocks, sentenceLength, sentences, shingles, syllablesIn, words } from './prose.ts';

const pages = loadPages();
const byPath = new Map(pages.map((page) => [page.path, page]));
const seedShingles = new Set<string>(JSON.parse(readFileSync(join(import.meta.dirname, 'seed-shingles.json'), 'utf8')));

const appRoutes = ['/find', '/register', '/register/notices', '/concerns', '/accreditation', '/account/sign-in', '/account/forgot'];
const placeholders = ['name', 'companyNumber', 'address', 'email', 'openingHours'];
const dialled = new Set(urgentHelp.lines.map(helpHref));

const promised: Record<string, string> = {
	about:
		'what-is-ipt how-it-may-help focal-areas stages questionnaires medication what-to-expect young-people older-adults bipolar eating-difficulties perinatal groups evidence preparing online-sessions ending-and-staying-well questions levels mission leaflet',
	policies: 'code-of-conduct-summary complaints safeguarding publication-of-outcomes equality data-retention',
	help: 'urgent hide-your-visit finding-therapy',
};
const promisedPaths = Object.entries(promised).flatMap(([section, slugs]) => [`/${section}`, ...slugs.split(' ').map((slug) => `/${section}/${slug}`)]);

describe('the set of pages', () => {
	it.each([...promisedPaths, '/privacy', '/cookies', '/accessibility', '/terms', '/contact', '/join', '/training', '/events', '/governance', '/members'])(
		'has %s',
		(path) => {
			expect(byPath.has(path)).toBe(true);
		},
	);

	it('has no two pages at the same place in a section', () => {
		const places = pages.map((page) => `${page.head.section} ${page.head.order}`);
		expect(new Set(places).size).toBe(places.length);
	});

	it('answers at least twelve questions', () => {
		const questions = byPath.get('/about/questions')?.body.match(/^### .+\?$/gm) ?? [];
		expect(questions.length).toBeGreaterThanOrEqual(12);
	});

	it.each(['/about/focal-areas', '/help/urgent', '/help/hide-your-visit', '/policies/safeguarding', '/policies/complaints'])(
		'offers a quick way out on %s',
		(path) => {
			expect(byPath.get(path)?.head.exit).toBe('true');
		},
	);

	it('marks the code of conduct as text to be confirmed', () => {
		expect(byPath.get('/policies/code-of-conduct-summary')?.body).toMatch(/Default text, to be confirmed by the organisation/);
	});
});

describe.each(pages)('$path', (page) => {
	it('has the frontmatter that the site needs', () => {
		expect(page.head).toMatchObject({
			title: expect.stringMatching(/\S{2,}/),
			description: expect.stringMatching(/^.{20,155}$/),
			nav: expect.stringMatching(/^.{3,40}$/),
			owner: expect.stringMatching(/\S/),
			order: expect.stringMatching(/^\d+$/),
			reviewedOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
		});
		expect(page.head.section).toBe(page.file.split('/')[0]);
	});

	it('leaves the first heading to the title and skips no level', () => {
		const levels = [...page.body.matchAll(/^(#+) /gm)].map((match) => match[1]?.length ?? 0);
		expect(levels).not.toContain(1);
		levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 1)).toBeLessThanOrEqual(1));
	});

	it('links only to what exists', () => {
		const dead = linksIn(page.body).filter((link) => !isAlive(link));
		expect(dead).toEqual([]);
	});

	it('names only phone numbers from the one list', () => {
		const numbers =
			plainBlocks(page.body)
				.join('\n')
				.match(/\b0\d{2,4}[ \d]{5,}\d\b|\b(999|111|101|116 123|85258)\b/g) ?? [];
		const known = urgentHelp.lines.map((line) => line.tel ?? line.sms);
		expect(numbers.filter((number) => !known.includes(number))).toEqual([]);
	});

	it('uses only the placeholders that the renderer fills', () => {
		const used = [...page.body.matchAll(/\{\{([^}]*)\}\}/g)].map((match) => match[1]);
		expect(used.filter((name) => !placeholders.some((known) => name === `organisation.${known}`))).toEqual([]);
		expect(JSON.stringify(page.head)).not.toContain('{{');
	});

	it('is calm, finished and claims nothing that is not so', () => {
		const text = `${Object.values(page.head).join('\n')}\n${page.body}`;
		expect(text).not.toMatch(/!|TODO|TBC|lorem|<[a-z]/i);
		expect(text).not.toMatch(/Professional Standards Authority|\bPSA\b|guarantees|proven to|will cure|suffering from/i);
		expect(text).not.toMatch(/\b(organiz|recogniz|counseling|behavior|color)/i);
	});

	it('can be read at about twelve years of age', () => {
		expect(sentenceLength(page.body)).toBeLessThanOrEqual(20);
		expect(gradeOf(page.body)).toBeLessThanOrEqual(8);
		expect(sentences(page.body).filter((sentence) => words(sentence).length > 30)).toEqual([]);
	});

	it('shares no run of eight words with a seed text', () => {
		const copied = plainBlocks(page.body).filter((block) => shingles(block).some((hash) => seedShingles.has(hash)));
		expect(copied).toEqual([]);
	});
});

describe('urgent help', () => {
	it.each(urgentHelp.lines)('can reach $name with one tap', (line) => {
		expect(helpHref(line)).toMatch(/^(tel:(\d{3}|116123|0800\d{4,7}|0808\d{7})|sms:\d{3,5})$/);
		expect(line.nations.length).toBeGreaterThan(0);
	});

	it('has no id twice', () => {
		const ids = urgentHelp.lines.map((line) => line.id);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it.each(nations.list)('has an emergency line and a line for mental health in $name', ({ nation, urgent }) => {
		const lines = urgentHelp.lines.filter((line) => urgent.some((id) => id === line.id));
		expect(lines).toHaveLength(urgent.length);
		expect(lines.every((line) => line.nations.includes(nation))).toBe(true);
		expect(lines.map((line) => line.kind)).toEqual(expect.arrayContaining(['emergency', 'nhs']));
	});

	it('sends nobody outside England to NHS Talking Therapies', () => {
		const elsewhere = nations.list.filter(({ nation }) => nation !== 'england');
		expect(elsewhere.every(({ freeTherapy }) => freeTherapy.join(' ').includes('a service for England'))).toBe(true);
		expect(elsewhere.some(({ short }) => short.includes('Talking Therapies'))).toBe(false);
	});
});

describe('the checks themselves', () => {
	it.each([
		['therapist', 3],
		['relationship', 4],
		['questionnaires', 3],
		['people', 2],
		['changed', 1],
		['IPT', 3],
	])('count the syllables of %s', (word, count) => expect(syllablesIn(word.toLowerCase())).toBe(count));

	it('find a hard text hard and an easy one easy', () => {
		const hard =
			'Practitioners demonstrating insufficient familiarity with established psychotherapeutic methodologies necessitate additional supervisory consideration before independent accreditation.';
		expect(gradeOf(hard)).toBeGreaterThan(16);
		expect(gradeOf('You can ask for help. We will listen to you.')).toBeLessThan(3);
	});

	it('notice a copied sentence', () => {
		const known = 'No relationship is perfect, but sometimes a significant relationship at home or at work';
		expect(shingles(known).some((hash) => seedShingles.has(hash))).toBe(true);
	});
});

function isAlive(link: string): boolean {
	if (/^(tel|sms):/.test(link)) return dialled.has(link);
	const [path = '', anchor] = link.split('#');
	const target = byPath.get(path);
	if (target === undefined) return appRoutes.includes(path);
	return anchor === undefined || headingIds(target.body).includes(anchor);
}
