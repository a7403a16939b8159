import { statfsSync } from 'node:fs';
import type { Settings } from '#settings';

type Place = Pick<Settings, 'dataDir' | 'leastFreeBytes'>;

/** How much room the disk under DATA_DIR has for us, in bytes, and whether uploads are refused for want of it. `freeBytes` is null where the system does not say. */
export function freeSpace({ dataDir, leastFreeBytes }: Place): { freeBytes: number | null; isLow: boolean } {
	try {
		const { bavail, bsize } = statfsSync(dataDir);
		const freeBytes = bavail * bsize;
		return { freeBytes, isLow: freeBytes < leastFreeBytes };
	} catch {
		return { freeBytes: null, isLow: false };
	}
}

/**
 * Refuses a file while there is room left for the register itself: what people type is more important than another file.
 * @throws Error with code ENOSPC, which a form answers with 503, everything typed kept (`submit`).
 */
export function refuseWhenFull(place: Place): void {
	if (freeSpace(place).isLow) throw Object.assign(new Error('there is too little room on the disk for uploads'), { code: 'ENOSPC_UPLOADS' });
}
