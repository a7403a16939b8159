import { join } from 'node:path';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { readSettings } from '#settings';

/** The public at an instant (ms UTC), reading the register of a data folder in this process. */
export function readerOf(dataDir: string, now: number): Ctx {
	const settings = readSettings({ DATA_DIR: dataDir });
	const db = openDatabase(join(dataDir, 'register.db'), { readonly: true });
	return ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'public' }, now);
}
