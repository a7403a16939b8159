import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { caseFiles } from '#features/complaints/index.ts';
import { readSettings } from '#settings';
import { pdf } from '#tests/core/files/corpus.ts';

/** Gives documents to a concern until it is killed: `documents-until-killed.ts DATA_DIR CONCERN`. */
const [dataDir = '', concernId = ''] = process.argv.slice(2);
const settings = readSettings({ DATA_DIR: dataDir });
const db = openDatabase(`${dataDir}/register.db`);
for (let i = 0; ; i += 1) {
	const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'public' }, Date.now() + i);
	const text = `number ${process.pid} ${i}`;
	await caseFiles.giveDocument(ctx, concernId, new File([new Uint8Array(pdf({ text }))], `${text}.pdf`));
	process.stdout.write('kept\n');
}
