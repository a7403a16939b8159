import { spawnSync } from 'node:child_process';

/** Everything that needs no running: format, lint, types. `--fix` writes what can be written. */
const fix = process.argv.includes('--fix');
const steps: [string, string[]][] = [
	['biome', ['check', '--config-path', '.ci', '--error-on-warnings', ...(fix ? ['--write'] : []), '.']],
	['prettier', [fix ? '--write' : '--check', '--log-level=warn', 'src/**/*.astro']],
	['astro', ['check', '--minimumSeverity', 'warning', '--minimumFailingSeverity', 'warning']],
];

export function check(): boolean {
	return steps.every(([program, args]) => spawnSync(program, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0);
}

if (import.meta.main && !check()) process.exitCode = 1;
