import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV = 12;
const TAG = 16;

/** AES-256-GCM with 96 random bits: initialisation vector, ciphertext, tag. `about` is signed with it and must be the same to open it. */
export function sealBytes(key: Buffer, about: string, content: Buffer): Buffer {
	const iv = randomBytes(IV);
	const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
	return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `sealBytes` made. @throws Error without any content when it was changed, moved or sealed with another key */
export function openBytes(key: Buffer, about: string, sealed: Buffer): Buffer {
	const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV)).setAAD(Buffer.from(about));
	decipher.setAuthTag(sealed.subarray(-TAG));
	try {
		return Buffer.concat([decipher.update(sealed.subarray(IV, -TAG)), decipher.final()]);
	} catch {
		throw new Error('Something sealed was changed or moved, and does not open.');
	}
}
