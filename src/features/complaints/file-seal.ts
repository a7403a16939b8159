import { createHmac, randomBytes } from 'node:crypto';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { readBytes, writeBytes } from '#core/file-store.ts';
import { openTexts, sealText, type VaultGround } from '#core/vault.ts';
import { openBytes, sealBytes } from '#core/vault-seal.ts';

/** Which document of which concern: both are signed with its bytes, so that one in another's place does not open. */
export type FilePlace = { concernId: string; id: string };
/** Bytes on the disk that belong to no row yet: their name there, and the key that opens them, in base64. */
export type SealedFile = { sealedSha256: string; key: string };

export const keyPlace = (id: string) => `file:${id}:key`;
export const namePlace = (id: string) => `file:${id}:name`;

/** Seals a document with 256 random bits of its own and has it on the disk before it returns (security.md §5.3). */
export function writeFile({ settings }: Pick<Ctx, 'settings'>, place: FilePlace, content: Buffer): SealedFile {
	const key = randomBytes(32);
	return { sealedSha256: writeBytes(settings.dataDir, sealBytes(key, aboutOf(place), content)), key: key.toString('base64') };
}

/** Puts the key and the name of a document into the vault of its concern. Joins a transaction. */
export function keepFileWords(tx: Tx, { concernId, id }: FilePlace, { key, name }: { key: string; name: string }): void {
	sealText(tx, concernId, keyPlace(id), key);
	sealText(tx, concernId, namePlace(id), name);
}

/** The content of a document, or null when its bytes are gone, changed, or somebody else's, or when its key is. */
export async function openFile(ground: VaultGround & Pick<Ctx, 'settings'>, place: FilePlace, sealedSha256: string): Promise<Buffer | null> {
	const key = openTexts(ground, place.concernId, [keyPlace(place.id)]).get(keyPlace(place.id));
	const sealed = await readBytes(ground.settings.dataDir, sealedSha256);
	if (key === undefined || sealed === null) return null;
	try {
		return openBytes(Buffer.from(key, 'base64'), aboutOf(place), sealed);
	} catch {
		return null;
	}
}

/**
 * A sum by which the same document given twice to one concern is known: keyed, so that the register cannot be asked for a document by whoever
 * has both without the keys, and another in every concern.
 */
export function sumOf({ keys }: Pick<Ctx, 'keys'>, concernId: string, content: Buffer): string {
	return createHmac('sha256', keys.secret).update(`concern_file|${concernId}|`).update(content).digest('hex');
}

const aboutOf = ({ concernId, id }: FilePlace) => `concern_file|${concernId}|${id}`;
