import { clockOf } from '#core/clock.ts';
import { readSettings, type Settings } from '#settings';
import { drainOnSignals } from './drain-on-signals.ts';
import { start } from './start.ts';
import { explainStart } from './startup-problems.ts';

process.umask(0o077);
let settings: Settings | null = null;
try {
	settings = readSettings(process.env);
	drainOnSignals(await start(settings, clockOf(settings)));
} catch (error) {
	process.stderr.write(`${explainStart(error, settings)}\n`);
	process.exit(1);
}
