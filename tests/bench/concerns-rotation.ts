import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openTexts, placesOf } from '#core/vault.ts';
import { openDatabase } from '#db/client.ts';
import { readSettings } from '#settings';
import type { ConcernsPeople } from './concerns-register.ts';
import type { RotateOrder, RotateResult } from './concerns-rotate.ts';
import type { Bench, Row } from './part.ts';
import { ask } from './programs.ts';
import { REGISTER_NOW } from './registers.ts';
import { type Spread, saySpread, spreadOf, type Visit, visitingAs } from './visits.ts';

/** Every key changed in a copy of the register while the site answers: killed in the middle, carried on; then every text is opened. */
export async function rotationRows(bench: Bench, from: string, people: ConcernsPeople): Promise<Row[]> {
	const dataDir = join(bench.folder, 'concerns-rotated');
	rmSync(dataDir, { recursive: true, force: true });
	cpSync(from, dataDir, { recursive: true });
	try {
		bench.say('concerns: changing every key while the site runs');
		const { seconds, during } = await visitingAs({ dataDir, buildDir: bench.buildDir, person: people.officer }, (visit) => changed(visit, dataDir, people));
		const { read, wrong, old } = readAll(dataDir);
		const texts = people.texts.toLocaleString('en-GB');
		return [
			{
				what: `Every key changed, ${texts} texts sealed anew, while the site runs, killed in the middle and carried on`,
				goal: '< 120 s, none unreadable',
				measured: `${seconds.toFixed(1)} s, ${wrong + old} of ${read.toLocaleString('en-GB')} unreadable or left`,
				isMet: seconds < 120 && wrong + old === 0 && read >= people.texts,
			},
			{ what: 'A case over HTTP meanwhile: p99 (p50)', goal: '', measured: saySpread(during), isMet: null },
		];
	} finally {
		rmSync(dataDir, { recursive: true, force: true });
	}
}

async function changed(visit: Visit, dataDir: string, people: ConcernsPeople): Promise<{ seconds: number; during: Spread }> {
	await visit(Array.from({ length: 30 }, (_, i) => `/office/concerns/${people.open[i % people.open.length]}`));
	let isOver = false;
	const seen: number[] = [];
	const visits = (async () => {
		for (let n = 0; !isOver; n += 1) seen.push(...(await visit([`/office/concerns/${people.open[n % people.open.length]}`])));
	})();
	const startedAt = performance.now();
	await killed({ dataDir, leave: Math.floor(people.cases / 2) });
	const { left } = await ask<RotateResult>('concerns-rotate.ts', { dataDir, leave: null } satisfies RotateOrder);
	const seconds = (performance.now() - startedAt) / 1000;
	isOver = true;
	await visits;
	if (left > 0) throw new Error(`${left} cases still have their old key.`);
	return { seconds, during: spreadOf(seen) };
}

async function killed(order: RotateOrder): Promise<void> {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'concerns-rotate.ts')], { stdio: ['pipe', 'ignore', 'inherit'] });
	child.stdin.end(JSON.stringify(order));
	const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
	if (signal !== 'SIGKILL') throw new Error('It was to be killed in the middle, and was not.');
}

/** Opens every text there is. `old`: vaults whose key is still wrapped by the file of before. */
function readAll(dataDir: string): { read: number; wrong: number; old: number } {
	const settings = readSettings({ DATA_DIR: dataDir });
	const db = openDatabase(join(dataDir, 'register.db'), { readonly: true });
	const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'system', name: 'bench' }, REGISTER_NOW);
	const result = { read: 0, wrong: 0, old: db.sql.prepare('SELECT count(*) FROM vault_key WHERE wrapped_by = 1').pluck().get() as number };
	try {
		for (const id of db.sql.prepare('SELECT id FROM vault').pluck().all() as string[]) {
			const places = placesOf(db, id, '');
			try {
				result.read += openTexts(ctx, id, places).size;
			} catch {
				result.wrong += places.length;
			}
		}
		return result;
	} finally {
		db.sql.close();
	}
}
