import { join } from 'node:path';
import { readManifest } from '#core/backup.ts';
import type { AuditHead } from '#core/backup-check.ts';
import { backupsIn } from '#core/backup-keeping.ts';

/**
 * The audit head that the newest backup noted: only a note from elsewhere shows that events at the end were cut off.
 * Null when no backup noted one.
 */
export function noteOfNewestBackup(folder: string): { file: string; head: AuditHead } | null {
	for (const file of backupsIn(folder)) {
		const head = readManifest(join(folder, file))?.auditHead;
		if (head) return { file, head };
	}
	return null;
}
