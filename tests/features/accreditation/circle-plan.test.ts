import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let folder: ReturnType<typeof temporaryFolder>;
let db: Db;
beforeEach(() => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
});
afterEach(() => {
	db.sql.close();
	folder.remove();
});

const planOf = (text: string, ...values: unknown[]) =>
	(db.sql.prepare(`EXPLAIN QUERY PLAN ${text}`).all(...values) as { detail: string }[]).map((r) => r.detail);

describe('who stands in somebody’s circle', () => {
	test.each([
		['from the one side', 'SELECT person_id FROM interest WHERE other_id = +?', ['x']],
		['from the other', 'SELECT other_id FROM interest WHERE person_id = +?', ['x']],
		['between two', 'SELECT reason FROM interest WHERE person_id = +? AND other_id = +?', ['x', 'y']],
		['between one and two others', 'SELECT 1 FROM interest WHERE person_id = +? AND other_id IN (+?, +?)', ['x', 'y', 'z']],
	])('is found by indexes %s, without reading a table through', (_, text, values) => {
		const plan = planOf(text, ...values);
		expect(plan.filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
		expect(plan.filter((detail) => detail.startsWith('SEARCH')).length).toBeGreaterThan(4);
	});
});
