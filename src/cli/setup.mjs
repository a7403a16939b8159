// Runs on any Node from 18 up, before anything is installed: brings the checkout to the state that a command needs, then runs
// the command on the Node 24 that comes with the packages. Plain JavaScript for that reason.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const BIN = join(ROOT, 'node_modules', '.bin');
const STAMP = join(ROOT, 'node_modules', '.installed-from');
const [command = 'demo', ...rest] = process.argv.slice(2);

const lock = createHash('sha256')
	.update(readFileSync(join(ROOT, 'package-lock.json')))
	.digest('hex');
const isInstalled = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock && existsSync(join(BIN, 'node'));
if (!isInstalled) {
	const code = await step('Installing packages (once, about a minute)', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
	if (code !== 0) fail('The packages could not be installed. Is the npm registry reachable? Run the command again to go on.', code);
	writeFileSync(STAMP, lock);
}
process.exitCode = await run(join(BIN, 'node'), [...limits(), join(ROOT, 'src', 'cli', `${command}.ts`), ...rest], 'inherit');

/** The demonstration is the same server, and has the limits on memory that `npm start` gives. */
function limits() {
	if (command !== 'demo') return [];
	return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts.start.match(/--max-\S+/g) ?? [];
}

/** Runs a quiet step with a line that shows that time passes; its output is shown only when it fails. */
async function step(title, program, args) {
	const started = Date.now();
	const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
	const isTerminal = process.stdout.isTTY;
	const tick = setInterval(() => process.stdout.write(isTerminal ? `\r  ${title} … ${seconds()} ` : `  ${title} … ${seconds()}\n`), isTerminal ? 500 : 10_000);
	process.stdout.write(isTerminal ? `  ${title} …` : `  ${title} …\n`);
	const code = await run(program, args, 'quiet');
	clearInterval(tick);
	process.stdout.write(`${isTerminal ? '\r' : ''}${code === 0 ? '✔' : '✘'} ${title}: ${seconds()}\n`);
	return code;
}

function run(program, args, output) {
	return new Promise((resolve) => {
		const env = { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH ?? ''}` };
		const child = spawn(program, args, {
			cwd: ROOT,
			env,
			stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32',
		});
		const said = [];
		for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => said.push(chunk));
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
		child.on('error', (error) => fail(`${program} could not be started: ${error.message}`, 1));
		child.on('close', (code, signal) => {
			if (code !== 0 && said.length > 0) process.stderr.write(Buffer.concat(said));
			resolve(code ?? (signal ? 1 : 0));
		});
	});
}

function fail(message, code) {
	process.stderr.write(`\n${message}\n`);
	process.exit(code || 1);
}
