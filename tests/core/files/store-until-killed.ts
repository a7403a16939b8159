import { ctxFor } from '#core/ctx.ts';
import { storeUpload } from '#core/files.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { readSettings } from '#settings';
import { pdf } from './corpus.ts';

/** Stores files until it is killed: `store-until-killed.ts DATA_DIR PERSON`. */
const [dataDir = '', personId = ''] = process.argv.slice(2);
const settings = readSettings({ DATA_DIR: dataDir });
const db = openDatabase(`${dataDir}/register.db`);
for (let i = 0; ; i += 1) {
	const now = Date.now() + i * 3_600_000 * 2;
	const actor = { kind: 'person', personId, accountId: personId, roles: ['member'], level: 1, provedAt: now } as const;
	const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, actor, now);
	await storeUpload(ctx, new File([new Uint8Array(pdf({ text: `number ${i}` }))], 'a.pdf'), { purpose: 'cpd_evidence', ownerPersonId: personId, field: 'f' });
	process.stdout.write('stored\n');
}
