import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '#settings';

/** @throws Error for people when nothing can be written to the data folder */
export function requireWritable(dataDir: string): void {
	try {
		mkdirSync(dataDir, { recursive: true, mode: 0o700 });
		// Asking for permission is not enough: root is granted it on a read-only disk too.
		rmdirSync(mkdtempSync(join(dataDir, 'probe-')));
	} catch (cause) {
		throw new Error(
			`DATA_DIR (${dataDir}) cannot be written to: ${reason(cause)}.\nGive this user the right to write there, or set DATA_DIR to another folder.`,
			{ cause },
		);
	}
}

/** What a person can do about an error that stopped the start; the error's own message when it is already written for people. */
export function explainStart(error: unknown, settings: Pick<Settings, 'port' | 'host'> | null): string {
	const { code, message } = error as NodeJS.ErrnoException;
	const [port, host] = [settings?.port ?? '', settings?.host ?? ''];
	if (code === 'EADDRINUSE') return `Port ${port} is in use by another program. Stop that one, or choose another port: PORT=4322 npm run demo`;
	if (code === 'EACCES' && (error as NodeJS.ErrnoException).syscall === 'listen')
		return `This user may not listen on port ${port}. Choose a port above 1023 with PORT.`;
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
		return `HOST is ${host}, but this machine has no such address. Leave HOST out to listen on this machine only.`;
	if (code === 'ENOSPC' || code === 'SQLITE_FULL') return 'The disk is full. Make room, then start again: nothing stored has been lost.';
	if (code === 'SQLITE_READONLY' || code === 'SQLITE_CANTOPEN' || code === 'EROFS')
		return `The database cannot be written to (${message}). Check who owns the files in DATA_DIR.`;
	if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT')
		return 'The file register.db in DATA_DIR is damaged or not a database. Restore the last backup; the README says how.';
	return message;
}

function reason(cause: unknown): string {
	const { code } = cause as NodeJS.ErrnoException;
	const known: Record<string, string> = {
		EACCES: 'this user has no right to',
		EPERM: 'this user has no right to',
		EROFS: 'it is on a disk that is read-only',
		ENOTDIR: 'part of it is a file, not a folder',
		EEXIST: 'it is a file, not a folder',
		ENOSPC: 'the disk is full',
	};
	return known[code ?? ''] ?? String(code);
}
