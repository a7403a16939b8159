import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { registerVersion } from '#server/register-version.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

function place() {
	const folder = temporaryFolder();
	const own = emptyRegister(folder.path);
	const other = openDatabase(join(folder.path, 'register.db'));
	onTestFinished(() => {
		own.sql.close();
		other.sql.close();
		folder.remove();
	});
	return { own, other, version: registerVersion(own) };
}

const change = (db: ReturnType<typeof place>['own']) => db.sql.exec('UPDATE public_state SET version = version + 1');

test.each(['own', 'other'] as const)('a change by the %s connection is seen in the next turn, each time', async (who) => {
	const here = place();
	const seen = new Set([here.version()]);
	for (let i = 0; i < 3; i += 1) {
		change(here[who]);
		await nextTurn();
		seen.add(here.version());
	}
	expect(seen.size).toBe(4);
});

test('a burst in one turn costs one look, and the next turn looks again without being asked before', async () => {
	const { own, other, version } = place();
	const first = version();
	change(own);
	change(other);
	expect(version()).toBe(first);
	await nextTurn();
	expect(version()).not.toBe(first);
});

test('bookkeeping changes no version', async () => {
	const { own, version } = place();
	const first = version();
	own.sql.exec("INSERT INTO job_run (id, job, started_at) VALUES ('a', 'b', 0)");
	await nextTurn();
	expect(version()).toBe(first);
});
