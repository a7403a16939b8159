import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';
import { once } from './once.ts';

const MACHINES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];
/** The package's own flags are for one page in a cloud function: a single process, which ends with its first window, and no web security. */
const PACKAGED = [
	'--headless=shell',
	'--use-gl=angle',
	'--use-angle=swiftshader',
	'--no-zygote',
	'--disable-dev-shm-usage',
	'--hide-scrollbars',
	'--font-render-hinting=none',
];
/** No name but our own leads anywhere: whatever a page asks of others cannot leave this machine. */
const NOBODY_ELSE = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost';

/**
 * The Chromium inside the npm package, so that every machine tests with the same one and none needs to be installed: it has no window and
 * opens a page with a quarter of the work. Where it does not run, or when `TEST_MACHINE_BROWSER` is set, the machine's own.
 */
export async function launchBrowser(): Promise<Browser> {
	return chromium.launch(await options());
}

async function options(): Promise<LaunchOptions> {
	const machine = MACHINES.find((path) => existsSync(path));
	const packaged = process.env.TEST_MACHINE_BROWSER ? null : await packagedBrowser();
	if (packaged) return { executablePath: packaged, args: [...FLAGS, ...PACKAGED, NOBODY_ELSE], headless: true };
	if (machine) return { executablePath: machine, args: [...FLAGS, NOBODY_ELSE] };
	throw new Error(`No browser runs here. Is one of these to be had: ${MACHINES.join(', ')}?`);
}

/** Unpacks it once for all runs on this machine. Null where it does not run. */
async function packagedBrowser(): Promise<string | null> {
	if (process.platform !== 'linux' || process.arch !== 'x64') return null;
	const folder = join(tmpdir(), `ipt-chromium-${versionOf('@sparticuz/chromium')}`);
	await once(
		`${folder}.lock`,
		() => existsSync(folder),
		async () => {
			// The package takes whatever lies in the folder for temporary files, be it half a program: so it gets a new one, and has done when it is renamed.
			const fresh = mkdtempSync(`${folder}-new-`);
			const unpack = "import('@sparticuz/chromium').then((packaged) => packaged.default.executablePath())";
			execFileSync(process.execPath, ['--eval', unpack], { env: { ...process.env, TMPDIR: fresh }, cwd: import.meta.dirname });
			renameSync(fresh, folder);
		},
	);
	return runs(join(folder, 'chromium')) ? join(folder, 'chromium') : null;
}

let isFit: boolean | undefined;

/** False when the machine lacks a library that it needs. */
function runs(program: string): boolean {
	isFit ??= spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
	return isFit;
}

function versionOf(name: string): string {
	const main = createRequire(import.meta.url).resolve(name);
	const file = `${main.slice(0, main.lastIndexOf(name) + name.length)}/package.json`;
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
