import { once } from 'node:events';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Clock, MovableClock } from '#core/clock.ts';
import { loadKeys } from '#core/keys.ts';
import { type LogFile, openLog } from '#core/log.ts';
import { type Db, openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { startJobs } from '#jobs/start.ts';
import { travelWith } from '#jobs/travel.ts';
import type { Settings } from '#settings';
import { loadAstro } from './astro-handler.ts';
import { createServer } from './create-server.ts';
import type { Deps } from './deps.ts';
import { followGazetteer } from './gazetteer-in-use.ts';
import { LIMITS } from './limits.ts';
import { registerVersion } from './register-version.ts';
import { requireWritable } from './startup-problems.ts';

export type Started = { server: Server; deps: Deps; jobs: { stop(): Promise<void> } };

/**
 * Opens everything, brings the database up to date and listens.
 * @throws Error whose message `explainStart` makes fit for people
 */
export async function start(settings: Settings, clock: Clock): Promise<Started> {
	requireWritable(settings.dataDir);
	const log = openLog(settings.logLevel, settings.logFile);
	const handler = await loadAstro(settings.buildDir);
	const db = openRegister(settings, clock);
	const deps = assemble(settings, { db, log, clock, handler });
	const server = createServer(deps, LIMITS);
	server.listen(settings.port, settings.host);
	await once(server, 'listening');
	log.log.info({ port: settings.port, host: settings.host, origin: settings.publicOrigin, demo: settings.demo }, 'listening');
	const jobs = settings.jobsInside ? startJobs(deps, clock, log.log) : { stop: async () => undefined };
	return { server, deps, jobs };
}

function openRegister(settings: Settings, clock: Clock): Db {
	const db = openDatabase(join(settings.dataDir, 'register.db'));
	migrate(db.sql, clock.now());
	return db;
}

function isMovable(clock: Clock): clock is MovableClock {
	return 'forward' in clock;
}

function assemble(settings: Settings, parts: { db: Db; log: LogFile; clock: Clock; handler: Deps['handler'] }): Deps {
	const { db, clock, log } = parts;
	const keys = loadKeys(settings);
	return {
		...parts,
		settings,
		keys,
		travel: isMovable(clock) ? travelWith({ db, keys, settings }, clock, log.log) : null,
		gazetteer: followGazetteer(join(settings.dataDir, 'gazetteer.db'), parts.clock, parts.log.log),
		assetsDir: join(settings.buildDir, 'client'),
		version: registerVersion(parts.db),
	};
}
