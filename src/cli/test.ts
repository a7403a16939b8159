import { spawnSync } from 'node:child_process';
import { readSettings } from '#settings';
import { buildSite } from './build-site.ts';
import { check } from './check.ts';

/** `npm test`: format, lint and types, then the build that the HTTP and browser tests run against, then every test. */
const only = process.argv.slice(2);
const isClean = only.length > 0 || check();
if (!isClean) process.exitCode = 1;
await buildSite(readSettings(process.env).buildDir);
const report = process.env.TEST_RESULTS ? ['--reporter=default', '--reporter=json', `--outputFile.json=${process.env.TEST_RESULTS}`] : [];
const { status } = spawnSync('vitest', ['run', '--config', 'tests/vitest.config.ts', ...report, ...only], {
	stdio: 'inherit',
	shell: process.platform === 'win32',
});
if (status !== 0) process.exitCode = 1;
