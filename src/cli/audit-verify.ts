import { verifyAudit } from '#core/audit-verify.ts';
import { backupFolder } from '#jobs/index.ts';
import { openGround, told } from './ground.ts';
import { noteOfNewestBackup } from './newest-head.ts';

/**
 * Proves the audit chain of the register, up to the head noted by the newest backup. Exit code: 0 whole, 1 not, or not readable.
 */
export async function main(_argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
	return told(() => {
		const ground = openGround(env, { readonly: true });
		try {
			const noted = noteOfNewestBackup(backupFolder(ground.settings.dataDir));
			const verdict = verifyAudit(ground.db, ground.keys.audit, noted?.head);
			process.stdout.write(`Events read: ${verdict.events.toLocaleString('en-GB')}\n`);
			if (noted) process.stdout.write(`Compared with the head noted by ${noted.file}: event ${noted.head.seq}\n`);
			if (!verdict.ok) {
				process.stdout.write(`NOT WHOLE: event ${verdict.seq}: ${verdict.problem}.\n`);
				return 1;
			}
			process.stdout.write(`Head: ${verdict.head}\nWhole: every event is as it was recorded, in its place.\n`);
			return 0;
		} finally {
			ground.db.sql.close();
		}
	});
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), process.env);
