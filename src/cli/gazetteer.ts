import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { record } from '#core/audit.ts';
import { machineClock } from '#core/clock.ts';
import { commit } from '#core/commit.ts';
import { ctxFor } from '#core/ctx.ts';
import { buildDefaultGazetteer, type Counts, gazetteerInfo, openGazetteer } from '#db/gazetteer/index.ts';
import { loadOfficialGazetteer } from '#db/gazetteer/load-official.ts';
import { readSettings } from '#settings';
import { openGround, registerFile } from './ground.ts';
import { progressWriter } from './progress.ts';

const USAGE = `npm run gazetteer -- FILE or FOLDER   load ONSPD, NSPL (CSV file) or Code-Point Open (folder)
npm run gazetteer -- --default        build the small one that comes with the site
npm run gazetteer                     say what is in use
  --partial   accept a file that holds only part of the country`;

/**
 * Builds or replaces `DATA_DIR/gazetteer.db`. Returns the exit code: 0 done, 1 refused or failed (the gazetteer in use
 * is unchanged), 130 interrupted.
 */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
	const file = path.join(env.DATA_DIR || '.data', 'gazetteer.db');
	const stop = new AbortController();
	const onStop = (): void => stop.abort();
	process.once('SIGINT', onStop).once('SIGTERM', onStop);
	try {
		return await run(argv, file, stop.signal);
	} catch (error) {
		if (stop.signal.aborted) return say(`Stopped. ${UNCHANGED}`, 130);
		return say(`${explain(error, file)} ${UNCHANGED}`, 1);
	} finally {
		process.off('SIGINT', onStop).off('SIGTERM', onStop);
	}
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/London' });
const UNCHANGED = 'The gazetteer in use is unchanged.';

async function run(argv: readonly string[], file: string, signal: AbortSignal): Promise<number> {
	const { values, positionals } = parseArgs({
		args: [...argv],
		allowPositionals: true,
		options: { default: { type: 'boolean', default: false }, partial: { type: 'boolean', default: false } },
	});
	const [target, ...more] = positionals;
	if (target === undefined && !values.default) return tellState(file);
	if (more.length > 0) throw new Error('Give one file or folder.');
	mkdirSync(path.dirname(file), { recursive: true });
	const progress = progressWriter(process.stderr);
	const options = { now: machineClock.now(), onProgress: progress.show, signal, isPartial: values.partial };
	const counts = target === undefined ? buildDefaultGazetteer(file, options) : await loadOfficialGazetteer(file, target, options);
	progress.end();
	recordLoading(options.now, target === undefined ? 'embedded' : 'official', counts);
	return tellDone(counts, progress.seconds());
}

/** Where people are found changes with the table of places, so the register's audit says when it did. */
function recordLoading(now: number, source: 'embedded' | 'official', counts: Counts): void {
	const settings = readSettings(process.env);
	if (!existsSync(registerFile(settings))) return;
	const ground = openGround(process.env, { readonly: false });
	const ctx = ctxFor(ground, { kind: 'system', name: 'gazetteer' }, now);
	commit(ctx, { name: 'loadGazetteer' }, (tx) => record(tx, 'gazetteer.loaded', { type: 'gazetteer', id: source }, { ...counts }));
	ground.db.sql.close();
}

function tellDone(counts: Counts, seconds: number): number {
	const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
	const postcodes =
		counts.postcodes === 0 ? '' : `${format(counts.postcodes)} postcodes (${format(counts.retired)} retired), ${format(counts.sectors)} sectors, `;
	const rate = counts.postcodes === 0 ? '' : ` (${format(Math.round(counts.postcodes / seconds))} postcodes a second)`;
	process.stdout.write(`The gazetteer is in place: ${postcodes}${format(counts.districts)} districts, ${format(counts.towns)} towns.\n`);
	process.stdout.write(`It took ${seconds.toFixed(1)} s${rate} and at most ${format(megabytes)} MB of memory.\n`);
	return 0;
}

function tellState(file: string): number {
	const gazetteer = openGazetteer(file);
	const { source, attribution, builtAt, counts } = gazetteerInfo(gazetteer);
	gazetteer.close();
	const figures = Object.entries(counts)
		.map(([name, number]) => `${format(number)} ${name}`)
		.join(', ');
	process.stdout.write(`In use: ${source}, built ${DAY.format(builtAt)}: ${figures}.\n${attribution}\n\n${USAGE}\n`);
	return 0;
}

function explain(error: unknown, file: string): string {
	const { code = '', message = String(error) } = error as { code?: string; message?: string };
	const folder = path.dirname(file);
	if (/^(SQLITE_FULL|SQLITE_IOERR_WRITE|ENOSPC|EFBIG)$/.test(code)) return `There is not enough room in ${folder}: about 250 MB is needed while loading.`;
	if (/^(SQLITE_CANTOPEN|SQLITE_READONLY|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/.test(code)) return `${folder} cannot be written to (DATA_DIR).`;
	if (code.startsWith('SQLITE_')) return `The new gazetteer could not be written (${message}).`;
	if (code.startsWith('ERR_PARSE_ARGS')) return `${message}\n${USAGE}\n`;
	return message;
}

function say(message: string, exitCode: number): number {
	process.stderr.write(`\n${message}\n`);
	return exitCode;
}

function format(number: number): string {
	return number.toLocaleString('en-GB');
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), process.env);
