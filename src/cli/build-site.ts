import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const ROOT = resolve(import.meta.dirname, '..', '..');
const SOURCES = ['src', 'db', 'public', 'astro.config.mjs', 'package-lock.json', 'tsconfig.json'];

/**
 * Builds the site into `buildDir` unless it was already built from the very same sources.
 * It is built beside its place and renamed, so that a build that is cut off leaves the old one.
 * @returns true when it was built now.
 */
export async function buildSite(buildDir: string): Promise<boolean> {
	const fingerprint = fingerprintOf(SOURCES);
	const stamp = join(buildDir, 'built-from');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return false;
	const fresh = `${buildDir}.new`;
	rmSync(fresh, { recursive: true, force: true });
	mkdirSync(fresh, { recursive: true });
	await buildInto(fresh);
	await compressAssets(join(fresh, 'client'));
	linkPackages(fresh);
	writeFileSync(join(fresh, 'built-from'), fingerprint);
	rmSync(buildDir, { recursive: true, force: true });
	renameSync(fresh, buildDir);
	return true;
}

/** astro.config.mjs reads where to build from the environment; whatever is started afterwards must not see the passing place. */
async function buildInto(folder: string): Promise<void> {
	const before = process.env.BUILD_DIR;
	process.env.BUILD_DIR = folder;
	try {
		const { build } = await import('astro');
		await build({ root: ROOT, logLevel: 'error' });
	} finally {
		if (before === undefined) delete process.env.BUILD_DIR;
		else process.env.BUILD_DIR = before;
	}
}

/** A build outside the checkout must still find its packages. */
function linkPackages(buildDir: string): void {
	if (!relative(ROOT, buildDir).startsWith('..')) return;
	symlinkSync(join(ROOT, 'node_modules'), join(buildDir, 'node_modules'), 'dir');
}

async function compressAssets(folder: string): Promise<void> {
	for (const file of filesIn(folder).filter((f) => /\.(css|js|svg|txt|json|xml|html)$/.test(f))) {
		const content = readFileSync(file);
		writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
		writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
	}
}

function fingerprintOf(paths: readonly string[]): string {
	const hash = createHash('sha256');
	for (const path of paths.flatMap((p) => filesIn(join(ROOT, p))).sort())
		hash.update(relative(ROOT, path)).update('\0').update(readFileSync(path)).update('\0');
	return hash.digest('hex');
}

function filesIn(path: string): string[] {
	if (!existsSync(path)) return [];
	try {
		return readdirSync(path, { withFileTypes: true, recursive: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return [path];
		throw error;
	}
}
