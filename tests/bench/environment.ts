import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export type Place = { dataDir: string; buildDir: string /** Where its clock begins, ms UTC: on the day that the register was made for. */; now: number };

/**
 * The settings of our server under test: as `npm start` has them, with its log in a file, but for the clock (which needs demonstration mode)
 * and the jobs, which run outside so that no backup begins in the middle of a measurement.
 */
export function environmentOf({ dataDir, buildDir, now }: Place): Record<string, string> {
	const NODE_OPTIONS = nodeOptionsOfStart();
	return {
		NODE_OPTIONS,
		BUILD_DIR: buildDir,
		DEMO: 'on',
		DEMO_NOW: new Date(now).toISOString(),
		LOG_LEVEL: 'info',
		LOG_FILE: join(dataDir, 'access.log'),
		JOBS: 'outside',
	};
}

/** The limits on memory that `npm start` gives to Node. */
function nodeOptionsOfStart(): string {
	const { scripts } = JSON.parse(readFileSync(resolve(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as { scripts: { start: string } };
	return scripts.start.match(/--\S+/g)?.join(' ') ?? '';
}
