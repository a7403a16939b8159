import { parseArgs } from 'node:util';
import { clockOf } from '#core/clock.ts';
import { JOBS } from '#jobs/index.ts';
import { here, type JobResult, runDueJobs } from '#jobs/run.ts';
import { openGround, told } from './ground.ts';

const USAGE = `npm run jobs                 run every job that is due
npm run jobs -- --all        run every job, due or not
npm run jobs -- --only NAME  run one job: ${JOBS.map((j) => j.name).join(', ')}`;

/** Runs jobs once. Exit code: 0 all well, 1 a job failed, 2 not understood. */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
	const choice = understood(argv);
	if (typeof choice === 'string') return say(choice, 2);
	return told(async () => {
		const ground = openGround(env, { readonly: false });
		try {
			return report(await runDueJobs(ground, clockOf(ground.settings), { ...choice, carry: here }));
		} finally {
			ground.db.sql.close();
		}
	});
}

function understood(argv: readonly string[]): string | { isForced: boolean; jobs: typeof JOBS } {
	try {
		const { values } = parseArgs({ args: [...argv], options: { all: { type: 'boolean', default: false }, only: { type: 'string' } } });
		const jobs = values.only === undefined ? JOBS : JOBS.filter((j) => j.name === values.only);
		if (jobs.length === 0) return `There is no job of that name.\n${USAGE}`;
		return { isForced: values.all || values.only !== undefined, jobs };
	} catch (error) {
		return `${(error as Error).message}\n${USAGE}`;
	}
}

function report(results: readonly JobResult[]): number {
	for (const { job, outcome, note } of results) process.stdout.write(`${outcome === 'done' ? 'done  ' : 'FAILED'}  ${job.padEnd(18)} ${note}\n`);
	if (results.length === 0) process.stdout.write('Nothing is due. (--all runs every job.)\n');
	return results.some((r) => r.outcome === 'failed') ? 1 : 0;
}

function say(message: string, exitCode: number): number {
	process.stderr.write(`${message}\n`);
	return exitCode;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), process.env);
