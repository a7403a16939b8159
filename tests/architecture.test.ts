import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EVENT_KINDS } from '#core/events.ts';

const ROOT = join(import.meta.dirname, '..');
const FEATURES = [
	'accounts',
	'payments',
	'membership',
	'register',
	'directory',
	'training',
	'cpd',
	'events',
	'content',
	'governance',
	'accreditation',
	'complaints',
];
/** What each layer may import, as the README's picture says. */
const LAYERS: Record<string, readonly string[]> = {
	'src/pages': ['src/web', 'src/ui', 'src/features', 'src/content', 'src/core', 'src/paths.ts', 'db/gazetteer'],
	'src/features': ['src/core', 'db', 'src/ui', 'src/content', 'src/paths.ts', 'src/settings.ts'],
	'src/web': ['src/core', 'src/features/accounts'],
	'src/core': ['db', 'src/settings.ts'],
	'src/jobs': ['src/core', 'src/features', 'db', 'src/settings.ts'],
	'src/ui': ['src/content', 'src/paths.ts'],
	'src/server': ['src/core', 'src/jobs', 'db', 'src/settings.ts'],
	'src/cli': ['src/core', 'src/features', 'src/jobs', 'src/server', 'db', 'src/settings.ts'],
	'src/content': [],
	db: [],
};
/** Files that may name a time, an environment or another forbidden thing, and why. */
const MAY_TELL_TIME = /^src\/(core\/(clock|dates|working-days)\.ts|server\/|cli\/)|^db\/seed\//;
const MAY_READ_ENVIRONMENT = /^src\/(settings\.ts|cli\/|server\/main\.ts)/;

type File = { path: string; text: string };
const files = [...filesIn('src'), ...filesIn('db')];
const code = files.filter((f) => /\.(ts|astro|mjs)$/.test(f.path));

describe('the layers', () => {
	for (const [layer, allowed] of Object.entries(LAYERS)) {
		test(`${layer} imports ${allowed.length ? `only ${allowed.join(', ')}` : 'nothing of the others'}`, () => {
			const wrong = code
				.filter((f) => inside(f.path, layer))
				.flatMap((f) =>
					importsOf(f)
						.filter((to) => !inside(to, layer) && !allowed.some((a) => inside(to, a)))
						.map((to) => `${f.path} → ${to}`),
				);
			expect(wrong).toEqual([]);
		});
	}

	test('a feature uses another only through its index.ts or, in a component, its components, and only one that stands before it', () => {
		const wrong = code
			.filter((f) => f.path.startsWith('src/features/'))
			.flatMap((f) => {
				const own = f.path.split('/')[2] ?? '';
				const others = importsOf(f).filter((to) => to.startsWith('src/features/') && to.split('/')[2] !== own);
				const isOpenTo = (to: string) => to.endsWith('/index.ts') || (f.path.endsWith('.astro') && to.endsWith('.astro'));
				return others.filter((to) => !isOpenTo(to) || FEATURES.indexOf(to.split('/')[2] ?? '') >= FEATURES.indexOf(own)).map((to) => `${f.path} → ${to}`);
			});
		expect(wrong).toEqual([]);
	});

	test('pages and other layers use a feature only through its index.ts or its own components', () => {
		const wrong = code
			.filter((f) => !f.path.startsWith('src/features/'))
			.flatMap((f) =>
				importsOf(f)
					.filter((to) => to.startsWith('src/features/') && !/index\.ts$|\.astro$/.test(to))
					.map((to) => `${f.path} → ${to}`),
			);
		expect(wrong).toEqual([]);
	});

	test('every feature is one of the list', () => {
		expect(readdirSync(join(ROOT, 'src/features')).filter((name) => !FEATURES.includes(name))).toEqual([]);
	});
});

describe('the public side', () => {
	const publicFiles = code.filter(
		(f) => /^src\/features\/(directory|register|content)\//.test(f.path) && !/commands?\.ts$|enquiry|own-|availability-|listing-slug\.ts$/.test(f.path),
	);
	test('reads nothing but the public views, the finder and the rules', () => {
		const allowed = /^(public_\w+|finder\w*|rule_set|json_each)$/;
		const read = publicFiles.flatMap((f) => [...f.text.matchAll(/\b(?:FROM|JOIN)\s+([a-z_]+)\b/g)].map((m) => ({ path: f.path, table: m[1] ?? '' })));
		expect(read.length).toBeGreaterThan(10);
		expect(read.filter((r) => !allowed.test(r.table))).toEqual([]);
	});

	test('takes no other table of the schema into a query of the builder', () => {
		const allowed = /^(public[A-Z]\w+|finder\w*|ruleSet)$/;
		const taken = publicFiles.flatMap((f) =>
			[...f.text.matchAll(/import\s+(?:type\s+)?([^;]*?)\s+from '#db\/schema\/\w+\.ts'/g)].flatMap((m) =>
				(m[1] ?? '').split(/[{},]+/).map((name) => ({ path: f.path, name: name.trim().replace(/^type /, '') })),
			),
		);
		const named = taken.filter(({ name }) => name !== '');
		expect(named.length).toBeGreaterThan(4);
		expect(named.filter(({ name }) => !allowed.test(name))).toEqual([]);
		// The relational way in would name a table without importing it.
		expect(publicFiles.filter((f) => /\borm\.query\b/.test(f.text)).map((f) => f.path)).toEqual([]);
	});
});

describe('the rules of the house', () => {
	const forbidden: [string, RegExp, RegExp][] = [
		['time is told only by the clock, the server, the command line and the seed', /\bnew Date\(\)|\bDate\.now\(/, MAY_TELL_TIME],
		['the environment is read only by the settings and the command line', /process\.env/, MAY_READ_ENVIRONMENT],
		['no SQL is put together from raw text', /sql\.raw|sql\.identifier/, /^$/],
		['no HTML is passed through, but for the one block of structured data', /set:html/, /(JsonLd|PageText)\.astro$/],
		['no variables are written into scripts', /define:vars|is:inline/, /^$/],
		['no link is built from the request', /Astro\.url\.origin|context\.url\.origin/, /^$/],
		['no address is taken from Astro', /clientAddress/, /^src\/server\//],
		['no other layer knows Lucia', /from 'lucia'/, /^src\/features\/accounts\/lucia\.ts$/],
		['no style attribute breaks the content security policy', /<[a-z][^>]*\sstyle=/, /^$/],
		['no third party is asked for anything', /(?:src|url\()=?["'(]?https?:\/\//, /^$/],
	];
	test.each(forbidden)('%s', (_, pattern, except) => {
		expect(code.filter((f) => !except.test(f.path) && pattern.test(withoutComments(f.text))).map((f) => f.path)).toEqual([]);
	});

	test('files are small enough to read in one go', () => {
		const long = [...code, ...filesIn('tests').filter((f) => f.path.endsWith('.ts'))].filter(
			(f) => f.text.split('\n').length > (f.path.startsWith('tests/') ? 400 : 250),
		);
		expect(long.map((f) => f.path)).toEqual([]);
	});

	test('pages are at most 80 lines', () => {
		expect(code.filter((f) => f.path.startsWith('src/pages/') && f.text.split('\n').length > 81).map((f) => f.path)).toEqual([]);
	});

	test('no file is a drawer for everything', () => {
		expect(code.filter((f) => /\/(utils?|helpers?|misc|manager|service)s?(\.|\/)/.test(f.path)).map((f) => f.path)).toEqual([]);
	});

	test('SQL lives in queries, commands, core and db, never in a page or component', () => {
		expect(
			code
				.filter((f) => /^src\/(pages|ui|web)\//.test(f.path) && /\b(SELECT .* FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b|\.orm\b|'drizzle-orm/.test(f.text))
				.map((f) => f.path),
		).toEqual([]);
	});
});

describe('the audit catalogue', () => {
	test('holds no kind that is never recorded', () => {
		const text = code
			.filter((f) => !/^src\/core\/events(-\w+)?\.ts$/.test(f.path))
			.map((f) => f.text)
			.join('\n');
		expect(Object.keys(EVENT_KINDS).filter((kind) => !text.includes(`'${kind}'`))).toEqual([]);
	});
});

describe('the repository', () => {
	test('names no path of a machine', () => {
		const everything = [...files, ...filesIn('tests'), ...filesIn('.ci')].filter((f) => /\.(ts|astro|mjs|md|json|scss|css|sql|csv)$|run$/.test(f.path));
		expect(everything.filter((f) => /(^|[\s'"`=(])\/(work|root|home|Users)\//m.test(f.text)).map((f) => f.path)).toEqual([]);
	});

	test('offers a dozen commands at most, each explained in one line of the README', () => {
		const scripts = Object.keys((JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts);
		const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
		expect(scripts.length).toBeLessThanOrEqual(12);
		for (const name of scripts) expect(readme, name).toMatch(new RegExp(`^\\| \`npm (run )?${name}\\b.*\` \\|`, 'm'));
	});
});

function filesIn(folder: string): File[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
		.filter((e) => e.isFile() && !/\.(woff2?|png|webp|ico)$/.test(e.name))
		.map((e) => relative(ROOT, join(e.parentPath, e.name)))
		.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

function importsOf(file: File): string[] {
	const aliases = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { imports: Record<string, string> }).imports;
	return [...file.text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].flatMap((m) => {
		const target = m[1] ?? '';
		if (target.startsWith('.')) return [relative(ROOT, join(ROOT, file.path, '..', target))];
		const alias = Object.entries(aliases).find(([from]) => (from.endsWith('*') ? target.startsWith(from.slice(0, -1)) : target === from));
		return alias ? [relative(ROOT, join(ROOT, alias[1].replace('*', target.slice(alias[0].length - 1))))] : [];
	});
}

function inside(path: string, layer: string): boolean {
	return path === layer || path.startsWith(`${layer}/`);
}

function withoutComments(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
