import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets of this installation: `audit` signs the audit chain, `secret` makes keyed hashes, 32 bytes each; `vaultFolder` holds the files of `vault-keys.ts`. */
export type Keys = { audit: Buffer; secret: Buffer; vaultFolder: string };

/**
 * The keys of an installation: given by the settings, else read from the data folder, where they are made on the first run
 * (mode 0600). They stand outside the database, so that whoever can change the database cannot also sign a changed chain.
 */
export function loadKeys(settings: { dataDir: string; auditKey: string | null; secretKey: string | null }): Keys {
	const folder = join(settings.dataDir, 'keys');
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const key = (given: string | null, name: string) => (given === null ? keyFile(join(folder, name)) : createHash('sha256').update(given).digest());
	return { audit: key(settings.auditKey, 'audit.key'), secret: key(settings.secretKey, 'secret.key'), vaultFolder: folder };
}

function keyFile(file: string): Buffer {
	try {
		writeFileSync(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
	if (key.length !== 32) throw new Error(`The key file ${file} is damaged: it must hold 64 hexadecimal digits.`);
	return key;
}
