import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

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

/** The machine's own Chromium, else the one inside the npm package: no test needs a browser to be installed. */
export async function launchBrowser(): Promise<Browser> {
	return chromium.launch(await options());
}

async function options(): Promise<LaunchOptions> {
	const machine = process.env.TEST_PACKAGED_BROWSER ? undefined : MACHINES.find((path) => existsSync(path));
	if (machine) return { executablePath: machine, args: [...FLAGS, NOBODY_ELSE] };
	const { default: packaged } = await import('@sparticuz/chromium');
	return { executablePath: await packaged.executablePath(), args: [...FLAGS, ...PACKAGED, NOBODY_ELSE], headless: true };
}
