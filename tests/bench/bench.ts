import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { machineClock } from '#core/clock.ts';
import { londonDay } from '#core/dates.ts';
import { readSettings } from '#settings';
import type { Bench, Part, Row, Sizes } from './part.ts';
import { PARTS } from './parts.ts';
import { REGISTER_NOW, readyRegister } from './registers.ts';
import { foundAddresses } from './searches.ts';
import { tableOf } from './table.ts';

const SEARCHES = 4000;
const { values, positionals } = parseArgs({ options: { quick: { type: 'boolean', default: false } }, allowPositionals: true });
const startedAt = performance.now();
const unknown = positionals.filter((name) => !PARTS.some((part) => part.name === name));
if (unknown.length > 0) {
	const names = PARTS.map(({ name, says }) => `  ${name.padEnd(14)}${says}`).join('\n');
	process.stderr.write(`There is no part ${unknown.join(', ')}. Parts are:\n${names}\n`);
	process.exit(1);
}

const bench = benchOf(values.quick);
const parts = positionals.length === 0 ? PARTS : PARTS.filter(({ name }) => positionals.includes(name));
const failed: string[] = [];
const rows: Row[] = [];
for (const part of parts) rows.push(...(await measured(part)));
const table = tableOf(londonDay(machineClock.now()), bench.sizes, rows);
writeFileSync(join(bench.folder, parts.length === PARTS.length ? 'result.md' : `result-${parts.map(({ name }) => name).join('-')}.md`), table);
process.stdout.write(`\n${table}`);
for (const { what, goal, measured: figure } of rows.filter(({ isMet }) => isMet === false)) process.stderr.write(`Not met: ${what}: ${figure}, goal ${goal}\n`);
if (failed.length > 0) process.stderr.write(`Failed: ${failed.join(', ')}. One part again: npm run bench -- ${failed[0]}\n`);
// Figures depend on the machine, so a goal that was missed is no failure; a part that could not be measured is one.
process.exitCode = failed.length > 0 ? 1 : 0;

/** The rows of a part, or one that says that it failed: the others are measured all the same. */
async function measured(part: Part): Promise<Row[]> {
	bench.say(`${part.name}: ${part.says}`);
	try {
		return await part.run(bench);
	} catch (error) {
		failed.push(part.name);
		process.stderr.write(`${part.name} failed: ${error instanceof Error ? error.stack : error}\n`);
		return [{ what: part.says, goal: '', measured: '**could not be measured**', isMet: null }];
	}
}

function benchOf(isQuick: boolean): Bench {
	const { dataDir, buildDir } = readSettings(process.env);
	const folder = join(dataDir, 'bench');
	mkdirSync(folder, { recursive: true });
	const sizes: Sizes = isQuick ? { small: 2000, middle: 10_000, large: 100_000 } : { small: 10_000, middle: 100_000, large: 1_000_000 };
	const register = (size: keyof Sizes) => readyRegister(folder, sizes[size]);
	const searches = async () => (found ??= foundAddresses(await register('middle'), REGISTER_NOW, SEARCHES));
	const place: Bench['place'] = async (size) => ({ dataDir: await register(size), buildDir, now: REGISTER_NOW, address: (await searches())[0] ?? '' });
	const say = (step: string) => process.stderr.write(`${Math.round((performance.now() - startedAt) / 1000)} s: ${step}\n`);
	let found: string[] | undefined;
	return { folder, buildDir, sizes, rounds: isQuick ? 3 : 5, isQuick, say, register, searches, place };
}
