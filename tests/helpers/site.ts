import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDemonstration } from '#cli/demonstration.ts';
import { newId } from '#core/ids.ts';
import { openDatabase } from '#db/client.ts';
import { JOBS } from '#jobs/index.ts';
import { readSettings } from '#settings';
import { placeForRegisters } from './db.ts';
import { once } from './once.ts';
import { type RunningServer, startServer } from './server.ts';

/** The day of the demonstration register that the tests see. */
export const TODAY = '2026-11-22';
const NOON = `${TODAY}T12:00:00Z`;

/** The real site, built and served by the real server as a process of its own, over a demonstration register of its own. */
export type Site = Omit<RunningServer, 'stop'> & { dataDir: string; stop(): Promise<void> };

/** @param env more settings, such as `LOG_FILE` or `DEMO: ''`. */
export async function startSite(env: Record<string, string> = {}): Promise<Site> {
	await once(`${readSettings({}).buildDir}.lock`, () => isBuilt, build);
	const dataDir = mkdtempSync(join(placeForRegisters(), 'ipt-site-'));
	cpSync(await template(), dataDir, { recursive: true });
	const server = await startServer({ dataDir, env: { DEMO: '1', DEMO_NOW: NOON, JOBS: 'inside', ...env } });
	return {
		...server,
		dataDir,
		async stop() {
			await server.stop();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
}

let isBuilt = false;

/** In a process of its own: Astro's build cannot run inside the test runner's. Nothing to do when the sources are the same. */
async function build(): Promise<void> {
	execFileSync(process.execPath, [join(import.meta.dirname, '../../src/cli/build.ts')], { stdio: 'pipe' });
	isBuilt = true;
}

/**
 * The demonstration register, made once a test run and copied for every site. Its long daily jobs have had their turn this morning: else
 * every site would begin with seconds of backing up and proving what no test looks at.
 */
async function template(): Promise<string> {
	const folder = join(tmpdir(), `ipt-template-${process.ppid}`);
	await once(
		`${folder}.lock`,
		() => existsSync(folder),
		async () => {
			const fresh = mkdtempSync(`${folder}-new-`);
			await makeDemonstration(readSettings({ DATA_DIR: fresh, DEMO: '1' }), Date.parse(NOON), () => undefined);
			noteLongJobs(fresh);
			renameSync(fresh, folder);
		},
	);
	return folder;
}

function noteLongJobs(dataDir: string): void {
	const { sql } = openDatabase(join(dataDir, 'register.db'));
	const done = sql.prepare("INSERT INTO job_run (id, job, started_at, ended_at, outcome, note) VALUES (?, ?, ?, ?, 'done', 'before the test')");
	const at = Date.parse(NOON) - 60 * 60_000;
	for (const { name } of JOBS.filter((job) => job.apart)) done.run(newId(), name, at, at);
	sql.pragma('wal_checkpoint(TRUNCATE)');
	sql.close();
}
