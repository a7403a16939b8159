import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BackupContents } from '#core/backup-check.ts';
import { backupsIn } from '#core/backup-keeping.ts';
import { machineClock } from '#core/clock.ts';
import { loadKeys } from '#core/keys.ts';
import { proveBackup, restoreBackup } from '#core/restore.ts';
import { backupFolder } from '#jobs/index.ts';
import { readSettings, type Settings } from '#settings';
import { told } from './ground.ts';

const USAGE = `npm run restore -- FILE          prove a backup and say what would happen
npm run restore -- FILE --yes    put it in the place of the register; stop the server first`;

/** Exit code: 0 proved or restored, 1 refused (nothing is changed), 2 not understood. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
	const choice = understood(argv);
	if (typeof choice === 'string') {
		process.stderr.write(`${choice}\n`);
		return 2;
	}
	return told(async () => {
		const settings = readSettings(env);
		if (!choice.file) return tellChoice(settings);
		const place = { settings, keys: keysOf(settings) };
		const file = resolve(choice.file);
		if (!choice.yes) return tellContents(await proveBackup(file, place.keys));
		const { keptAside, filesMissing, ...contents } = await restoreBackup(place, file, machineClock.now());
		tell(contents);
		if (filesMissing > 0) process.stdout.write(`${filesMissing} stored files are in no backup any more; the register says of each that it is gone.\n`);
		process.stdout.write(keptAside ? `Restored. The register that was there is kept as ${keptAside}.\n` : 'Restored.\n');
		return 0;
	});
}

/** A backup can only be proved with the keys it was made with; new ones would make every backup look forged. */
function keysOf(settings: Settings) {
	if (settings.auditKey === null && !existsSync(join(settings.dataDir, 'keys', 'audit.key'))) {
		throw new Error(`Put the keys back first: copy the folder "keys" that belongs to this backup into ${settings.dataDir}.`);
	}
	return loadKeys(settings);
}

function tellChoice(settings: Settings): number {
	const folder = backupFolder(settings.dataDir);
	const names = backupsIn(folder);
	process.stdout.write(`${USAGE}\n\n${names.length === 0 ? `There is no backup in ${folder}.` : `In ${folder}, newest first:\n  ${names.join('\n  ')}`}\n`);
	return 2;
}

function tellContents(contents: BackupContents): number {
	tell(contents);
	process.stdout.write('Nothing is changed yet. Stop the server, then run this again with --yes.\n');
	return 0;
}

function tell({ version, counts, auditHead }: BackupContents): void {
	const people = (counts['registration'] ?? 0).toLocaleString('en-GB');
	process.stdout.write(`The backup is sound: ${people} registrants, audit up to event ${auditHead?.seq ?? 0}, version ${version}.\n`);
}

function understood(argv: readonly string[]): string | { file: string | undefined; yes: boolean } {
	try {
		const { values, positionals } = parseArgs({ args: [...argv], allowPositionals: true, options: { yes: { type: 'boolean', default: false } } });
		return positionals.length > 1 ? `Give one file.\n${USAGE}` : { file: positionals[0], yes: values.yes };
	} catch (error) {
		return `${(error as Error).message}\n${USAGE}`;
	}
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), process.env);
