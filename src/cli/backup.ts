import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBackup } from '#core/backup.ts';
import { machineClock } from '#core/clock.ts';
import { ctxFor } from '#core/ctx.ts';
import { backupFolder } from '#jobs/index.ts';
import { openGround, told } from './ground.ts';

const USAGE = 'npm run backup [-- --to FOLDER]   copy the register and prove the copy; the site may go on running';

/** Makes one backup now. Exit code: 0 made and proved, 1 not, 2 not understood. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
	const to = understood(argv);
	if (to === null) return 2;
	return told(async () => {
		const ground = openGround(env, { readonly: false });
		try {
			const folder = to === '' ? backupFolder(ground.settings.dataDir) : resolve(to);
			const { file, bytes, counts, auditHead, files } = await makeBackup(ctxFor(ground, { kind: 'system', name: 'backup' }, machineClock.now()), folder);
			const rows = Object.values(counts).reduce((sum, n) => sum + n, 0);
			process.stdout.write(
				`${folder}/${file}\n${(bytes / 1e6).toFixed(1)} MB, ${rows.toLocaleString('en-GB')} rows, audit up to event ${auditHead?.seq ?? 0}: opened and proved.\n`,
			);
			process.stdout.write(`${files?.count ?? 0} stored files in ${folder}/files, sealed; ${files?.missing.length ?? 0} missing.\n`);
			process.stdout.write(
				'The keys are not in it. Keep a copy of DATA_DIR/keys in another place: without them no one can prove the audit or open a stored file.\n',
			);
			return 0;
		} finally {
			ground.db.sql.close();
		}
	});
}

function understood(argv: readonly string[]): string | null {
	try {
		return parseArgs({ args: [...argv], options: { to: { type: 'string', default: '' } } }).values.to;
	} catch (error) {
		process.stderr.write(`${(error as Error).message}\n${USAGE}\n`);
		return null;
	}
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), process.env);
