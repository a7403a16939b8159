import { drain } from './drain.ts';
import type { Started } from './start.ts';

/** Stops in order when asked to: no new requests, running ones and the running job finish, the database is closed, the log is written. */
export function drainOnSignals({ server, deps, jobs }: Started): void {
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
