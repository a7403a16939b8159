import { join } from 'node:path';

export type Place = { dataDir: string; buildDir: string /** Where its clock begins, ms UTC: on the day that the register was made for. */; now: number };

/**
 * The settings of our server under test: as in production, with its log in a file, but for the clock (which needs demonstration mode)
 * and the jobs, which run outside so that no backup begins in the middle of a measurement.
 */
export function environmentOf({ dataDir, buildDir, now }: Place): Record<string, string> {
	return { BUILD_DIR: buildDir, DEMO: 'on', DEMO_NOW: new Date(now).toISOString(), LOG_LEVEL: 'info', LOG_FILE: join(dataDir, 'access.log'), JOBS: 'outside' };
}
