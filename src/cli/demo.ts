import { join } from 'node:path';
import { clockOf } from '#core/clock.ts';
import { drainOnSignals } from '#server/drain-on-signals.ts';
import { start } from '#server/start.ts';
import { explainStart } from '#server/startup-problems.ts';
import { readSettings, type Settings } from '#settings';
import { buildSite } from './build-site.ts';
import { makeDemonstration } from './demonstration.ts';
import { progressWriter } from './progress.ts';

process.umask(0o077);
/** `npm run demo`: everything a newcomer needs, then the site itself with invented people. */
let settings: Settings | null = null;
try {
	const dataDir = readSettings(process.env).dataDir;
	settings = readSettings({ LOG_FILE: join(dataDir, 'server.log'), ...process.env, DEMO: '1' });
	await build(settings);
	await fill(settings);
	drainOnSignals(await start(settings, clockOf(settings)));
	welcome(settings);
} catch (error) {
	process.stderr.write(`${explainStart(error, settings)}\n`);
	process.exit(1);
}

async function build({ buildDir }: Settings): Promise<void> {
	const started = performance.now();
	const tick = setInterval(() => process.stdout.write('.'), 1000);
	process.stdout.write('  Preparing the site ');
	const isNew = await buildSite(buildDir);
	clearInterval(tick);
	process.stdout.write(isNew ? `\n✔ Prepared the site: ${Math.round((performance.now() - started) / 1000)} s\n` : '\r✔ The site is ready      \n');
}

async function fill(all: Settings): Promise<void> {
	const progress = progressWriter(process.stdout);
	const isNew = await makeDemonstration(all, clockOf(all).now(), progress.show);
	progress.end();
	process.stdout.write(isNew ? '✔ Made a register of invented people\n' : '✔ The register is there from last time\n');
}

function welcome({ publicOrigin, dataDir }: Settings): void {
	process.stdout.write(`
  The register is open:      ${publicOrigin}
  Find a therapist:          ${publicOrigin}/find?place=Bristol
  Check the register:        ${publicOrigin}/register
  What to try, and its mail: ${publicOrigin}/demo

  Everyone in it is made up. All of it is in ${dataDir}: delete that folder to begin again.
  Stop with Ctrl+C.
`);
}
