import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gazetteerOf, type ImportOptions, type ImportResult, importPeople } from '#cli/import/run.ts';
import type { Ctx } from '#core/ctx.ts';
import type { Gazetteer } from '#db/gazetteer/index.ts';
import { readSettings } from '#settings';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

export const TODAY = '2026-11-22';
const gazetteerFolder = temporaryFolder();
let gazetteer: Gazetteer | undefined;

/** The gazetteer that comes with the site, built once. */
export function builtGazetteer(): Gazetteer {
	gazetteer ??= gazetteerOf(gazetteerFolder.path, 0);
	return gazetteer;
}

/** An empty register and a way to import texts into it as files. */
export type Desk = {
	ctx: Ctx;
	folder: string;
	bring(content: string | Uint8Array, options?: Partial<ImportOptions>): Promise<ImportResult>;
	rows<T = Record<string, unknown>>(text: string): T[];
	close(): void;
};

export function importDesk(): Desk {
	const folder = temporaryFolder();
	const db = emptyRegister(folder.path);
	const ctx = { ...testCtx(db, TODAY, { kind: 'system', name: 'import' }), settings: readSettings({ DATA_DIR: folder.path }) };
	let files = 0;
	return {
		ctx,
		folder: folder.path,
		bring: (content, options) => {
			const file = join(folder.path, `people-${(files += 1)}.csv`);
			writeFileSync(file, content);
			return importPeople(ctx, builtGazetteer(), { file, commit: true, skipRefused: false, report: null, encoding: null, ...options }, () => undefined);
		},
		rows: <T>(text: string) => db.sql.prepare(text).all() as T[],
		close: () => {
			db.sql.close();
			folder.remove();
		},
	};
}
