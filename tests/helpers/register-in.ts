import type { Ctx } from '#core/ctx.ts';
import { testCtx } from './ctx.ts';
import { emptyRegister, temporaryFolder } from './db.ts';

export type TestRegister = { ctx: Ctx; folder: string; close(): void };

/** An empty register whose `DATA_DIR` is a temporary folder; settings may be changed. `close` removes everything. */
export function registerIn(day: string, settings: Partial<Ctx['settings']> = {}): TestRegister {
	const folder = temporaryFolder();
	const base = testCtx(emptyRegister(folder.path), day);
	const ctx = { ...base, settings: { ...base.settings, dataDir: folder.path, ...settings } };
	return {
		ctx,
		folder: folder.path,
		close() {
			ctx.db.sql.close();
			folder.remove();
		},
	};
}
