import { join } from 'node:path';
import { commit } from '#core/commit.ts';
import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { refreshFinder } from '#features/directory/index.ts';
import { imposeOrder, type OrderKind } from '#features/register/index.ts';
import { readSettings } from '#settings';

/** A program of its own that imposes an order as the office will: `impose.ts DATA_DIR NUMBER KIND INSTANT`. */
const [dataDir = '', number = '', kind = '', instant = ''] = process.argv.slice(2);
const settings = readSettings({ DATA_DIR: dataDir });
const ground = { db: openDatabase(join(dataDir, 'register.db')), keys: loadKeys(settings), settings };
const ctx = ctxFor(ground, { kind: 'system', name: 'test' }, Date.parse(instant));
const personId = ctx.db.sql.prepare('SELECT person_id FROM registration WHERE number = ?').pluck().get(number) as string;
commit(ctx, { name: 'imposeOrder', reason: 'a test' }, (tx) => {
	imposeOrder(tx, personId, {
		kind: kind as OrderKind,
		awardId: null,
		fromOn: ctx.today,
		toOn: null,
		reviewOn: null,
		publicText: 'They may not practise for now.',
		displayUntilOn: null,
	});
	refreshFinder(tx, personId);
});
ctx.db.sql.close();
