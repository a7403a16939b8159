import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Ctx } from './ctx.ts';
import type { Keys } from './keys.ts';
import { syncFolder } from './mail-files.ts';

type Place = { keys: Keys; settings: { dataDir: string } };

/** Where sealed files stand: outside everything that is served. */
export function filesFolder(dataDir: string): string {
	return join(dataDir, 'files');
}

/** The path of sealed bytes by their SHA-256. @throws Error for anything that is no such sum, so that no name leads out of the folder. */
export function sealedPath(folder: string, name: string): string {
	if (!/^[0-9a-f]{64}$/.test(name)) throw new Error('That is not the name of a stored file.');
	return join(folder, name.slice(0, 2), name);
}

/**
 * Seals content with a key of its own (derived from the installation's secret and the file's id) and has it on disk, synced, before it returns.
 * @returns the SHA-256 of the sealed bytes, which is the file's name.
 */
export function writeSealed({ keys, settings }: Place, id: string, content: Buffer): string {
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', keyOf(keys, id), iv).setAAD(Buffer.from(`stored_file:${id}`));
	return writeBytes(settings.dataDir, Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]));
}

/** Has bytes that are sealed already on disk, synced, before it returns. @returns their SHA-256, which is the file's name. */
export function writeBytes(dataDir: string, sealed: Buffer): string {
	const name = sha256(sealed);
	writeDurably(sealedPath(filesFolder(dataDir), name), sealed);
	return name;
}

/** Sealed bytes as they stand on the disk, proved against their name; null when they are gone or damaged. */
export async function readBytes(dataDir: string, name: string): Promise<Buffer | null> {
	const sealed = await readFile(sealedPath(filesFolder(dataDir), name)).catch(() => null);
	return sealed !== null && sha256(sealed) === name ? sealed : null;
}

/**
 * The content of a stored file. A changed, swapped or damaged file does not open.
 * @throws Error that names the file's id, never its content.
 */
export async function readSealed(
	{ keys, settings }: Pick<Ctx, 'keys' | 'settings'>,
	row: { id: string; sealedSha256: string; sha256: string },
): Promise<Buffer> {
	const sealed = await readFile(sealedPath(filesFolder(settings.dataDir), row.sealedSha256));
	const content = opened(keys, row.id, sealed);
	if (content === null || sha256(content) !== row.sha256) throw new Error(`The stored file ${row.id} is damaged: it must be put back from a backup.`);
	return content;
}

/** Deletes sealed bytes from the disk. Nothing happens when they are gone. */
export function removeSealed(dataDir: string, name: string): void {
	rmSync(sealedPath(filesFolder(dataDir), name), { force: true });
}

export function sha256(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

/** Under another name first, synced, renamed, the folder synced: a power cut leaves all of it or nothing. */
function writeDurably(file: string, bytes: Buffer): void {
	const folder = join(file, '..');
	if (!existsSync(folder)) {
		mkdirSync(folder, { recursive: true, mode: 0o700 });
		for (const above of [join(folder, '..'), join(folder, '..', '..')]) syncFolder(above);
	}
	const part = `${file}.${process.pid}.part`;
	try {
		const handle = openSync(part, 'wx', 0o400);
		try {
			for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done);
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
		renameSync(part, file);
	} finally {
		rmSync(part, { force: true });
	}
	syncFolder(folder);
}

function opened(keys: Keys, id: string, sealed: Buffer): Buffer | null {
	try {
		const decipher = createDecipheriv('aes-256-gcm', keyOf(keys, id), sealed.subarray(0, 12)).setAAD(Buffer.from(`stored_file:${id}`));
		decipher.setAuthTag(sealed.subarray(-16));
		return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
	} catch {
		return null;
	}
}

function keyOf(keys: Keys, id: string): Buffer {
	return Buffer.from(hkdfSync('sha256', keys.secret, id, 'stored-file', 32));
}
