import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';

type Package = { version: string; dependencies?: Record<string, string>; devDependencies?: Record<string, string>; overrides?: Record<string, string> };
type Locked = { version?: string; resolved?: string; integrity?: string; link?: boolean; hasInstallScript?: boolean };

const read = <T>(path: string) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as T;
const own = read<Package>('package.json');
const locked = read<{ lockfileVersion: number; packages: Record<string, Locked> }>('package-lock.json').packages;
const asked = { ...own.dependencies, ...own.devDependencies };

/** The least version without a known hole, and which one it closed. */
const FLOORS: Record<string, { least: string; because: string }> = {
	astro: { least: '7.2.8', because: 'GHSA-26w7-cxv4-gfx2: code run through an AVIF image' },
	'@astrojs/node': { least: '11.0.2', because: 'forwarded hosts, backslash redirects (astro PR 17252)' },
	sharp: { least: '0.35.4', because: 'GHSA-26w7-cxv4-gfx2: libheif' },
	'drizzle-orm': { least: '0.45.2', because: 'CVE-2026-39356: SQL through identifiers' },
	'better-sqlite3': { least: '13.2.0', because: 'brings SQLite 3.54.1' },
};
const SQLITE_FLOOR = '3.51.3';
/** Packages that may run a program of their own when they are installed. A new one is looked at before it is added here. */
const MAY_RUN_AT_INSTALL = ['better-sqlite3', 'esbuild', 'fsevents', 'node', 'sharp', '@parcel/watcher'];

/** @returns true when the first version is the second or a later one; numbers only. */
function isAtLeast(version: string, least: string): boolean {
	const [a, b] = [version, least].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
	for (const [i, part] of (b ?? []).entries()) if ((a?.[i] ?? 0) !== part) return (a?.[i] ?? 0) > part;
	return true;
}

test('versions are compared as numbers', () => {
	expect([
		isAtLeast('7.10.0', '7.9.9'),
		isAtLeast('7.2.8', '7.2.8'),
		isAtLeast('7.2.7', '7.2.8'),
		isAtLeast('8.0.0', '7.9.9'),
		isAtLeast('0.35.10', '0.35.4'),
	]).toEqual([true, true, false, true, true]);
});

test.each(Object.entries(FLOORS))('%s is newer than its last known hole, wherever it is installed', (name, { least, because }) => {
	const copies = Object.entries(locked).filter(([path]) => path.endsWith(`node_modules/${name}`));
	expect(copies.length).toBeGreaterThan(0);
	for (const [path, { version = '' }] of copies) expect(isAtLeast(version, least), `${path} ${version}: ${because}`).toBe(true);
	expect(isAtLeast(read<Package>(`node_modules/${name}/package.json`).version, least), because).toBe(true);
});

test('the SQLite inside has no bug that loses commits (WAL reset, fixed in 3.51.3)', () => {
	const db = new Database(':memory:');
	const version = db.prepare('SELECT sqlite_version()').pluck().get() as string;
	db.close();
	expect(isAtLeast(version, SQLITE_FLOOR), version).toBe(true);
});

test('every package is asked for in one exact version, from the registry, and that one is installed', () => {
	const loose = Object.entries(asked).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
	expect(loose).toEqual([]);
	expect(Object.values(own.overrides ?? {}).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
	const wrong = Object.entries(asked).filter(([name, version]) => name !== '@types/node' && locked[`node_modules/${name}`]?.version !== version);
	expect(wrong).toEqual([]);
});

test('the lock file knows the checksum of every package, and no other source than the npm registry', () => {
	const packages = Object.entries(locked).filter(([path, entry]) => path !== '' && !entry.link);
	expect(packages.length).toBeGreaterThan(300);
	const unproven = packages.filter(
		([, { integrity, resolved }]) => !integrity?.startsWith('sha512-') || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
	);
	expect(unproven.map(([path]) => path)).toEqual([]);
});

test('no package runs a program of its own at installation but those that we know', () => {
	const running = Object.entries(locked)
		.filter(([, entry]) => entry.hasInstallScript)
		.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
	expect(running.filter((name) => !MAY_RUN_AT_INSTALL.includes(name))).toEqual([]);
});

test('nothing that is given up by its makers is used but Lucia, and that behind one file', () => {
	for (const name of ['@lucia-auth/adapter-drizzle', '@lucia-auth/adapter-sqlite', 'oslo', 'speakeasy', 'notp', 'libsql'])
		expect(locked[`node_modules/${name}`], name).toBeUndefined();
});
