import { join } from 'node:path';
import type { Ctx } from '#core/ctx.ts';
import type { Gazetteer } from '#db/gazetteer/index.ts';
import { writePeopleFile } from '#db/seed/people-file.ts';
import { type ImportResult, importPeople, type OnProgress } from './run.ts';

/** How many people the demonstration has, and the seed that makes them the same everywhere. */
export const DEMONSTRATION = { count: 400, seed: 20_260_301 };

/**
 * Makes the demonstration register: writes `demonstration.csv` into the data folder, with statuses as at `ctx.today`, and imports it like any other file.
 * @throws Error when a row is refused, which would be a fault of ours.
 */
export async function seedDemonstration(ctx: Ctx, gazetteer: Gazetteer, onProgress: OnProgress): Promise<ImportResult> {
	const file = join(ctx.settings.dataDir, 'demonstration.csv');
	writePeopleFile(file, { ...DEMONSTRATION, asAt: ctx.today, gazetteer }, () => undefined);
	const result = await importPeople(ctx, gazetteer, { file, commit: true, skipRefused: false, report: null, encoding: null }, onProgress);
	if (!result.isDone) throw new Error(`The demonstration register could not be made.\n${result.summary}`);
	return result;
}
