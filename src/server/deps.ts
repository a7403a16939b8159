import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '#core/clock.ts';
import type { Keys } from '#core/keys.ts';
import type { Log, LogFile } from '#core/log.ts';
import type { Db } from '#db/client.ts';
import type { Gazetteer } from '#db/gazetteer/index.ts';
import type { Travel } from '#jobs/travel.ts';
import type { Settings } from '#settings';

/** Astro's handler in `mode: 'middleware'`. */
export type AstroHandler = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void, locals: ServerLocals) => void | Promise<void>;

/** What the server is made of. Tests pass a database of their own and, for the gates, a small handler in Astro's place. */
export type Deps = {
	settings: Settings;
	db: Db;
	keys: Keys;
	/** The gazetteer now in use: another one after an import has swapped the file. */
	gazetteer: () => Gazetteer;
	log: LogFile;
	clock: Clock;
	/** Demonstration mode only: moves the clock. */
	travel: Travel | null;
	handler: AstroHandler;
	/** Astro's `client` folder. */
	assetsDir: string;
	/** Changes whenever what the public may see of the register changes. Asked on every cached answer, so it must be cheap. */
	version: () => string;
};

/** What a page finds in `Astro.locals` before the middleware has run. The bundle has its own copies of our modules, so open things travel here. */
export type ServerLocals = {
	requestId: string;
	/** The client's IP address, checked; never `Astro.clientAddress`. */
	clientIp: string;
	server: { db: Db; keys: Keys; readonly gazetteer: Gazetteer; settings: Settings; clock: Clock; travel: Travel | null; log: Log };
};
