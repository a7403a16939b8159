import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The secrets of this installation: `audit` signs the audit chain, `secret` makes keyed hashes. 32 bytes each. */
export type Keys = { audit: Buffer; secret: Buffer };

/**
 * Reads the keys of a data folder, making them on the first run (mode 0600). They stand outside the database, so that
 * whoever can change the database cannot also sign a changed chain.
 */
export function loadKeys(dataDir: string): Keys {
	const folder = join(dataDir, 'keys');
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	return { audit: keyFile(join(folder, 'audit.key')), secret: keyFile(join(folder, 'secret.key')) };
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
