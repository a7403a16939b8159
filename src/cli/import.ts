import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineClock } from '#core/clock.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { readSettings, type Settings } from '#settings';
import { explainFailure } from './import/explain.ts';
import { gazetteerOf, type ImportOptions, type ImportResult, importPeople } from './import/run.ts';
import { progressWriter } from './progress.ts';

const USAGE = `npm run import -- people.csv            check the file and say what would be done; nothing is changed
npm run import -- people.csv --commit   do it, in one go
  --skip-refused        import the good rows although others are refused
  --report report.csv   write a line on every row
  --encoding NAME       the encoding of the file, if it was guessed wrong (utf-8, windows-1252, utf-16le, macintosh)
The columns are listed in db/seed/COLUMNS.md.`;

/**
 * Imports people from a CSV file into `DATA_DIR/register.db`. Returns the exit code: 0 done (or the check found nothing wrong),
 * 1 refused or failed; the register is then unchanged.
 */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
	let dataDir = env['DATA_DIR'] || '.data';
	try {
		const options = readOptions(argv);
		if (options === null) return say(process.stdout, USAGE, 0);
		const settings = readSettings(env);
		dataDir = settings.dataDir;
		return await run(options, settings);
	} catch (error) {
		return say(process.stderr, `${explainFailure(error, dataDir)}\nThe register is unchanged.`, 1);
	}
}

function readOptions(argv: readonly string[]): ImportOptions | null {
	const { values, positionals } = parseArgs({
		args: [...argv],
		allowPositionals: true,
		options: {
			commit: { type: 'boolean', default: false },
			'dry-run': { type: 'boolean', default: false },
			'skip-refused': { type: 'boolean', default: false },
			report: { type: 'string' },
			encoding: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	const [file, ...more] = positionals;
	if (values.help) return null;
	if (file === undefined || more.length > 0) throw new Error(`Give one CSV file.\n${USAGE}`);
	if (values.commit && values['dry-run']) throw new Error('Choose either --commit or --dry-run.');
	return { file, commit: values.commit, skipRefused: values['skip-refused'], report: values.report ?? null, encoding: values.encoding ?? null };
}

async function run(options: ImportOptions, settings: Settings): Promise<number> {
	const ctx = openRegister(settings, machineClock.now());
	const progress = progressWriter(process.stderr);
	try {
		const gazetteer = gazetteerOf(settings.dataDir, ctx.now);
		const result = await importPeople(ctx, gazetteer, options, progress.show);
		progress.end();
		gazetteer.close();
		return tell(result, options, progress.seconds());
	} finally {
		ctx.db.sql.close();
	}
}

/** Opens the register of a data folder for a task of the office, making or migrating it as needed. */
function openRegister(settings: Settings, now: number): Ctx {
	mkdirSync(settings.dataDir, { recursive: true });
	const db = openDatabase(join(settings.dataDir, 'register.db'));
	try {
		migrate(db.sql, now);
		return ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'system', name: 'import' }, now);
	} catch (error) {
		db.sql.close();
		throw error;
	}
}

function tell(result: ImportResult, options: ImportOptions, seconds: number): number {
	const { counts, isDone, ignored, encoding } = result;
	const rows = counts.created + counts.changed + counts.unchanged + counts.refused;
	const lines = [result.summary];
	if (ignored.length > 0) lines.push(`Columns that the importer does not know and left out: ${ignored.join(', ')}.`);
	if (encoding !== 'utf-8') lines.push(`The file was read as ${encoding}; --encoding chooses another.`);
	if (options.report) lines.push(`A line on every row is in ${options.report}.`);
	const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
	lines.push(`${rows.toLocaleString('en-GB')} rows in ${seconds.toFixed(1)} s, at most ${megabytes.toLocaleString('en-GB')} MB of memory.`);
	lines.push(closing(counts.refused, options, isDone));
	return say(process.stdout, lines.join('\n'), counts.refused > 0 && !isDone ? 1 : 0);
}

function closing(refused: number, options: ImportOptions, isDone: boolean): string {
	if (isDone) return 'Done.';
	if (refused > 0)
		return options.commit
			? 'Nothing was changed. Mend the refused rows, or leave them out with --skip-refused.'
			: 'Nothing was changed: this was a check. Mend the refused rows first.';
	return 'Nothing was changed: this was a check. Add --commit to do it.';
}

function say(out: NodeJS.WriteStream, message: string, exitCode: number): number {
	out.write(`${message}\n`);
	return exitCode;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), process.env);
