import { clockFrom, machineClock } from '#core/clock.ts';
import { readSettings, type Settings } from '#settings';
import { drain } from './drain.ts';
import { type Started, start } from './start.ts';
import { explainStart } from './startup-problems.ts';

process.umask(0o077);
let settings: Settings | null = null;
try {
	settings = readSettings(process.env);
	stopOnSignals(await start(settings, settings.demoNow === null ? machineClock : clockFrom(settings.demoNow)));
} catch (error) {
	process.stderr.write(`${explainStart(error, settings)}\n`);
	process.exit(1);
}

function stopOnSignals({ server, deps, jobs }: Started): void {
	let isStopping = false;
	const stop = async (why: string, code: number) => {
		if (isStopping) return;
		isStopping = true;
		deps.log.log.info({ why }, 'stopping');
		const [isClean] = await Promise.all([drain(server), jobs.stop()]);
		deps.db.sql.close();
		deps.log.log.info({ clean: isClean }, 'stopped');
		deps.log.flush();
		process.exit(code);
	};
	process.on('SIGTERM', () => void stop('SIGTERM', 0));
	process.on('SIGINT', () => void stop('SIGINT', 0));
	process.on('uncaughtException', (error) => {
		deps.log.log.fatal({ err: error }, 'the program has a fault and stops');
		void stop('fault', 1);
	});
}
