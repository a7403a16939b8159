import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { readSettings } from '#settings';
import { noonOn } from './ctx.ts';
import { type Site, TODAY } from './site.ts';

/** A context on the register of a running site, with its own keys, as a job beside the server has it. The caller closes `db.sql`. */
export function siteCtx(site: Pick<Site, 'dataDir' | 'origin'>): Ctx {
	const settings = readSettings({ DATA_DIR: site.dataDir, DEMO: '1', PUBLIC_ORIGIN: site.origin });
	return ctxFor({ db: openDatabase(`${site.dataDir}/register.db`), keys: loadKeys(settings), settings }, { kind: 'system', name: 'test' }, noonOn(TODAY));
}
