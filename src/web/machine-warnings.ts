import type { Ctx } from '#core/ctx.ts';
import { freeSpace } from '#core/free-space.ts';
import { waitingFiles } from '#core/scan-files.ts';

const LONG_MS = 3_600_000;

/** What the office must not miss about the machine, in sentences; empty when all is well. */
export function machineWarnings({ db, settings, now }: Pick<Ctx, 'db' | 'settings' | 'now'>): string[] {
	const { freeBytes, isLow } = freeSpace(settings);
	const { count, since } = waitingFiles(db);
	return [
		...(isLow ? [`The disk has ${Math.floor((freeBytes ?? 0) / 1_048_576)} MB left: files are refused until there is more room.`] : []),
		...(since !== null && now - since > LONG_MS
			? [`The scanner for harmful files has not answered for more than an hour: ${count} ${count === 1 ? 'file waits' : 'files wait'} to be checked.`]
			: []),
	];
}
