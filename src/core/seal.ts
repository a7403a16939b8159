import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Keys } from './keys.ts';

/**
 * Seals a secret that must be read again (an authenticator's seed): AES-256-GCM with a key derived from the installation's secret.
 * @param place where it is stored, such as `account.totp_sealed:<id>`: a sealed text moved elsewhere does not open.
 * @returns `v1.` + initialisation vector, ciphertext and tag in base64url
 */
export function seal(keys: Keys, place: string, text: string): string {
	const iv = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', sealingKey(keys), iv).setAAD(Buffer.from(place));
	const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
	return `v1.${sealed.toString('base64url')}`;
}

/** Opens what `seal` made for the same place. @throws Error when it was changed, moved, or sealed with another key. */
export function unseal(keys: Keys, place: string, sealed: string): string {
	if (!sealed.startsWith('v1.')) throw new Error('A sealed value has an unknown form.');
	const bytes = Buffer.from(sealed.slice(3), 'base64url');
	const decipher = createDecipheriv('aes-256-gcm', sealingKey(keys), bytes.subarray(0, 12)).setAAD(Buffer.from(place));
	decipher.setAuthTag(bytes.subarray(-16));
	return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
}

function sealingKey(keys: Keys): Buffer {
	return Buffer.from(hkdfSync('sha256', keys.secret, '', 'seal', 32));
}
