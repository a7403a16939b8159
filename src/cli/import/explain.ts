import { NEWER_DATABASE } from '#db/migrate.ts';

const CAUSES: readonly [RegExp, (dataDir: string) => string][] = [
	[/^(?:SQLITE_FULL|SQLITE_IOERR_WRITE|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT|EFBIG)$/, (dir) => `There is not enough room on the disk of ${dir}.`],
	[/^(?:SQLITE_READONLY|SQLITE_CANTOPEN|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/, (dir) => `${dir} (DATA_DIR), or the file named, cannot be written to or read.`],
	[/^SQLITE_BUSY/, () => 'Another program is writing to the register. Try again in a moment.'],
	[/^SQLITE_(?:CORRUPT|NOTADB)/, (dir) => `The register in ${dir} is damaged, or is no register. Restore a backup.`],
	[/^SQLITE_CONSTRAINT/, () => 'The file contradicts itself or the register in a way that the check did not see.'],
	[/^SQLITE_/, () => 'The register could not be written.'],
];

/** A failure in words for people, never a stack. */
export function explainFailure(error: unknown, dataDir: string): string {
	const { code = '', message = String(error), cause } = error as { code?: string; message?: string; cause?: unknown };
	if (cause === NEWER_DATABASE) return message;
	const known = CAUSES.find(([pattern]) => pattern.test(code));
	return known ? `${known[1](dataDir)} (${message})` : message;
}
