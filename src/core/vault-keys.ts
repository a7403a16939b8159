import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { syncFolder } from './mail-files.ts';

const NAME = /^vault-([1-9]\d{0,5})\.key$/;

/** Keys that were read, by file: they never change. */
const known = new Map<string, Buffer>();

/** The number of the newest key that wraps others, which is made when there is none. */
export function newestVaultKey(folder: string): number {
	return keyNumbers(folder).at(-1) ?? addVaultKey(folder);
}

/**
 * A key that wraps others, by its number: 32 bytes. It stands in a file of mode 0400, never in the database or a backup.
 * @throws Error when the file is not there or damaged: what it wrapped cannot be read
 */
export function vaultKey(folder: string, number: number): Buffer {
	const file = fileOf(folder, number);
	const key = known.get(file) ?? readKey(file);
	known.set(file, key);
	return key;
}

/** Makes the next key, on disk before it returns, so that nothing is ever wrapped by a key that a power cut takes. @returns its number */
export function addVaultKey(folder: string): number {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const number = (keyNumbers(folder).at(-1) ?? 0) + 1;
	const part = join(folder, `.vault-${number}.${process.pid}.part`);
	const handle = openSync(part, 'wx', 0o400);
	try {
		writeSync(handle, randomBytes(32).toString('hex'));
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
	renameSync(part, fileOf(folder, number));
	syncFolder(folder);
	return number;
}

/** Destroys a key: whatever only it wrapped, in old backups too, is unreadable from now on. Nothing happens when it is gone. */
export function destroyVaultKey(folder: string, number: number): void {
	const file = fileOf(folder, number);
	known.delete(file);
	rmSync(file, { force: true });
	syncFolder(folder);
}

/** The numbers of the keys that are there, oldest first. */
export function keyNumbers(folder: string): number[] {
	try {
		const names = readdirSync(folder).flatMap((name) => NAME.exec(name)?.[1] ?? []);
		return names.map(Number).sort((a, b) => a - b);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}

function fileOf(folder: string, number: number): string {
	return join(folder, `vault-${number}.key`);
}

function readKey(file: string): Buffer {
	const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
	if (key.length !== 32) throw new Error('A key file of the vaults is damaged: it must hold 64 hexadecimal digits. Put it back from your copy.');
	return key;
}
