import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { membersToRenew, nightsWork, startNight, untilWorking, wholeNight } from '../helpers/renewal-night.ts';
import { REGISTER_NOW } from './registers.ts';

/** `seconds`: of the last run, which did what the ten killed ones had left; `total`: of all eleven. */
export type RenewalResult = { members: number; kills: number; seconds: number; total: number; isWhole: boolean };

/** Renewal night over so many members, ended by SIGKILL ten times on the way. */
export async function measureRenewal(folder: string, members: number): Promise<RenewalResult> {
	const dataDir = join(folder, 'renewal');
	rmSync(dataDir, { recursive: true, force: true });
	mkdirSync(dataDir, { recursive: true });
	const db = openDatabase(join(dataDir, 'register.db'));
	migrate(db.sql, REGISTER_NOW);
	membersToRenew(db, dataDir, members);
	const startedAt = performance.now();
	const kills = 10;
	for (let run = 0; run < kills; run += 1) {
		const night = startNight(dataDir, run);
		await untilWorking(db, run);
		night.kill();
		await night.ended;
	}
	const lastAt = performance.now();
	await startNight(dataDir, kills).ended;
	const endedAt = performance.now();
	const isWhole = JSON.stringify(nightsWork(db)) === JSON.stringify(wholeNight(members));
	db.sql.close();
	return { members, kills, seconds: (endedAt - lastAt) / 1000, total: (endedAt - startedAt) / 1000, isWhole };
}
