import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import { prepared } from '#db/prepared.ts';

const open: Database.Database[] = [];
afterEach(() => {
	for (const sql of open.splice(0)) sql.close();
});

function listings(): Database.Database {
	const sql = new Database(':memory:');
	open.push(sql);
	const fields = Array.from(
		{ length: 12 },
		(_, i) => `CASE WHEN EXISTS (SELECT 1 FROM consent c WHERE c.id = l.id AND c.field = 'f${i}') THEN l.about END AS f${i}`,
	);
	sql.exec(`CREATE TABLE listing (id TEXT PRIMARY KEY, about TEXT, worth INTEGER) STRICT;
		CREATE TABLE consent (id TEXT, field TEXT, PRIMARY KEY (id, field)) STRICT, WITHOUT ROWID;
		CREATE VIEW shown AS SELECT l.id, ${fields.join(', ')} FROM listing l;
		INSERT INTO listing VALUES ('a', 'what = ?', 1), ('b', 'other', NULL);
		INSERT INTO consent VALUES ('a', 'f1')`);
	return sql;
}

describe('a prepared statement', () => {
	test('finds the same by place and by name, text, number or nothing', () => {
		const sql = listings();
		expect(prepared(sql, 'SELECT id FROM listing WHERE worth = ?').pluck().all(1)).toEqual(['a']);
		expect(prepared(sql, 'SELECT id FROM listing WHERE id = :id AND worth IS NULL').pluck().all({ id: 'b' })).toEqual(['b']);
		expect(prepared(sql, 'SELECT id FROM listing WHERE worth = ?').pluck().all(null)).toEqual([]);
		prepared(sql, 'UPDATE listing SET about = ?, worth = ? WHERE id = ?').run('new', null, 'a');
		expect(prepared(sql, 'SELECT about, worth FROM listing WHERE id = ?').get('a')).toEqual({ about: 'new', worth: null });
	});

	test('leaves quoted text as it was written', () => {
		expect(prepared(listings(), "SELECT id FROM listing WHERE about = 'what = ?' AND id = ?").pluck().all('a')).toEqual(['a']);
		expect(prepared(listings(), "SELECT 'it''s = ?' AS said WHERE 'a' = ?").pluck().get('a')).toBe("it's = ?");
	});

	test('is compiled once, not at every call, also for a view with many questions', () => {
		const sql = listings();
		const text = 'SELECT * FROM shown WHERE id = ?';
		const statement = prepared(sql, text);
		const timed = (act: () => void) => {
			const from = process.hrtime.bigint();
			for (let i = 0; i < 1000; i += 1) act();
			return Number(process.hrtime.bigint() - from);
		};
		timed(() => statement.get('a'));
		const [called, compiled] = [timed(() => statement.get('a')), timed(() => sql.prepare(text))];
		expect(called).toBeLessThan(compiled / 2);
	});
});
