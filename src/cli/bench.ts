import { spawnSync } from 'node:child_process';
import { readSettings } from '#settings';
import { buildSite } from './build-site.ts';

/** `npm run bench`: builds the site, then measures it; `-- --quick` with small registers. Nothing here is a test: figures depend on the machine. */
const { buildDir } = readSettings(process.env);
await buildSite(buildDir);
const { status } = spawnSync(process.execPath, ['tests/bench/bench.ts', ...process.argv.slice(2)], {
	stdio: 'inherit',
	env: { ...process.env, BUILD_DIR: buildDir },
});
process.exitCode = status ?? 1;
