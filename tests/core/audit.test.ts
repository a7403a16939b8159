import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { record } from '#core/audit.ts';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { EVENT_KINDS } from '#core/events.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const EVENTS = 24;
let register: TestRegister;
let ctx: Ctx;
let head: { seq: number; mac: string };

beforeAll(() => {
	register = registerIn('2026-11-20');
	ctx = register.ctx;
	for (let i = 0; i < EVENTS; i += 2) {
		commit(ctx, { name: `act ${i}`, reason: i % 3 === 0 ? 'because' : undefined }, (tx) => {
			record(tx, 'person.changed', { type: 'person', id: `p${i}` }, { field: 'town', n: i });
			record(tx, 'person.created', { type: 'person', id: `p${i + 1}` }, {}, i % 4 === 0 ? { name: `Name ${i}` } : undefined);
		});
	}
	head = ctx.db.sql.prepare('SELECT seq, mac FROM audit_event ORDER BY seq DESC LIMIT 1').get() as typeof head;
	// Whoever holds the file can do this much.
	ctx.db.sql.exec('DROP TRIGGER audit_event_no_update; DROP TRIGGER audit_event_no_delete');
	ctx.db.sql.pragma('foreign_keys = OFF');
});
afterAll(() => register.close());

/** What the check says after a change made by raw SQLite; the change is undone afterwards. */
function verdictAfter(change: (run: (text: string, ...values: unknown[]) => void) => void) {
	const { sql } = ctx.db;
	sql.exec('BEGIN');
	try {
		change((text, ...values) => void sql.prepare(text).run(...values));
		return verifyAudit(ctx.db, ctx.keys.audit, head);
	} finally {
		sql.exec('ROLLBACK');
	}
}

const place = fc.integer({ min: 1, max: EVENTS });
const COLUMNS = [
	'recorded_at',
	'process_id',
	'process',
	'kind',
	'actor',
	'reason',
	'subject_type',
	'subject_id',
	'data',
	'personal_digest',
	'previous_mac',
	'mac',
] as const;
const check = (property: fc.IProperty<unknown>) => fc.assert(property as fc.IProperty<[]>, { numRuns: 400 });

describe('the audit chain', () => {
	it('is whole, and says how long it is', () => {
		expect(verifyAudit(ctx.db, ctx.keys.audit, head)).toEqual({ ok: true, events: EVENTS, head: head.mac });
	});

	it('cannot be changed by the program itself', () => {
		const fresh = registerIn('2026-11-20');
		commit(fresh.ctx, { name: 'act' }, (tx) => record(tx, 'person.changed', { type: 'person', id: 'p' }));
		expect(() => fresh.ctx.db.sql.exec("UPDATE audit_event SET kind = 'x'")).toThrow(/never changed/);
		expect(() => fresh.ctx.db.sql.exec('DELETE FROM audit_event')).toThrow(/never deleted/);
		fresh.close();
	});

	it('a write without an event is refused, and nothing of it stays', () => {
		expect(() => commit(ctx, { name: 'quiet' }, (tx) => tx.db.sql.exec("INSERT INTO person (id, created_at) VALUES ('q', 0)"))).toThrow(/without recording/);
		expect(ctx.db.sql.prepare("SELECT 1 FROM person WHERE id = 'q'").get()).toBeUndefined();
	});

	it('shows an edit of any column of any event, and names the event', () => {
		check(
			fc.property(place, fc.constantFrom(...COLUMNS), fc.string({ minLength: 1 }), (seq, column, text) => {
				const value = column === 'recorded_at' ? text.length : column === 'data' ? JSON.stringify({ text }) : text;
				const verdict = verdictAfter((run) => run(`UPDATE audit_event SET ${column} = ? WHERE seq = ?`, value, seq));
				// A changed signature shows at the event itself.
				return !verdict.ok && verdict.seq === seq;
			}),
		);
	});

	it('shows a deletion, and names the first event after it or the missing one', () => {
		check(
			fc.property(place, fc.integer({ min: 0, max: 4 }), (from, more) => {
				const to = Math.min(EVENTS, from + more);
				const verdict = verdictAfter((run) => run('DELETE FROM audit_event WHERE seq BETWEEN ? AND ?', from, to));
				return !verdict.ok && verdict.seq === (to === EVENTS ? from : to + 1);
			}),
		);
	});

	it('shows a deletion that renumbers what follows', () => {
		check(
			fc.property(fc.integer({ min: 1, max: EVENTS - 1 }), (seq) => {
				const verdict = verdictAfter((run) => {
					run('DELETE FROM audit_event WHERE seq = ?', seq);
					run('UPDATE audit_event SET seq = -(seq - 1) WHERE seq > ?', seq);
					run('UPDATE audit_event SET seq = -seq WHERE seq < 0');
					run("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'audit_event'");
				});
				return !verdict.ok && verdict.seq === seq;
			}),
		);
	});

	it('shows an event that was put in anywhere, copied or made up', () => {
		check(
			fc.property(place, place, fc.boolean(), (seq, source, isCopy) => {
				const verdict = verdictAfter((run) => {
					run('UPDATE audit_event SET seq = -(seq + 1) WHERE seq >= ?', seq);
					run('UPDATE audit_event SET seq = -seq WHERE seq < 0');
					run(
						`INSERT INTO audit_event SELECT ?, recorded_at, process_id, process, kind, actor, reason, subject_type, subject_id, ${isCopy ? 'data' : `'{"a":1}'`}, personal_digest, previous_mac, mac
					FROM audit_event WHERE seq = ?`,
						seq,
						source >= seq ? source + 1 : source,
					);
				});
				// A true copy of the event at that very place stands where it stood: the one after it is then the odd one.
				return !verdict.ok && (verdict.seq === seq || (isCopy && source === seq && verdict.seq === seq + 1));
			}),
		);
	});

	it('shows events that changed places', () => {
		check(
			fc.property(place, place, (a, b) => {
				if (a === b) return true;
				const verdict = verdictAfter((run) => {
					run('UPDATE audit_event SET seq = -seq WHERE seq IN (?, ?)', a, b);
					run('UPDATE audit_event SET seq = ? WHERE seq = ?', b, -a);
					run('UPDATE audit_event SET seq = ? WHERE seq = ?', a, -b);
				});
				return !verdict.ok && verdict.seq === Math.min(a, b);
			}),
		);
	});

	it('shows a cut-off tail, even when the counter was set back: the head was noted elsewhere', () => {
		check(
			fc.property(place, fc.boolean(), (seq, setsBack) => {
				const verdict = verdictAfter((run) => {
					run('DELETE FROM audit_event WHERE seq >= ?', seq);
					if (setsBack) run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit_event'", seq - 1);
				});
				return !verdict.ok && verdict.seq === seq && verdict.problem === 'events at the end are missing';
			}),
		);
	});

	it('shows personal values that were changed, swapped or added', () => {
		const kept = ctx.db.sql.prepare('SELECT seq FROM audit_personal').pluck().all() as number[];
		check(
			fc.property(fc.constantFrom(...kept), fc.constantFrom('data', 'salt'), fc.string({ minLength: 1 }), (seq, column, text) => {
				const verdict = verdictAfter((run) => run(`UPDATE audit_personal SET ${column} = ? WHERE seq = ?`, JSON.stringify({ text }), seq));
				return !verdict.ok && verdict.seq === seq && /personal values/.test(verdict.problem);
			}),
		);
		const added = verdictAfter((run) => run("INSERT INTO audit_personal (seq, salt, data) VALUES (1, 'x', '{}')"));
		expect(added).toMatchObject({ ok: false, seq: 1 });
	});

	it('stays whole when personal values are erased', () => {
		expect(verdictAfter((run) => run('DELETE FROM audit_personal'))).toMatchObject({ ok: true });
	});

	it('does not hold under another key', () => {
		expect(verifyAudit(ctx.db, Buffer.alloc(32), head)).toMatchObject({ ok: false, seq: 1 });
	});
});

describe('the catalogue of events', () => {
	const files = (readdirSync('src', { recursive: true }) as string[]).filter((name) => name.endsWith('.ts'));
	const source = files.map((name) => readFileSync(join('src', name), 'utf8')).join('\n');

	it('says in plain words what each kind means, as something that has happened', () => {
		for (const [kind, words] of Object.entries(EVENT_KINDS)) {
			expect(kind).toMatch(/^[a-z_]+\.[a-z_]+$/);
			expect(words).toMatch(/^[A-Z].{10,}[^.]$/);
		}
	});

	it('holds every kind that is recorded', () => {
		const recorded = [...source.matchAll(/\brecord\(\s*\w+,\s*'([^']+)'/g)].map((m) => m[1] ?? '');
		expect(recorded.length).toBeGreaterThan(5);
		expect(recorded.filter((kind) => !(kind in EVENT_KINDS))).toEqual([]);
	});

	it('holds no kind that nothing records', () => {
		const outside = source.replace(/export const \w*EVENT\w* = \{[\s\S]*?\} as const;/g, '');
		expect(Object.keys(EVENT_KINDS).filter((kind) => !outside.includes(`'${kind}'`))).toEqual([]);
	});
});
