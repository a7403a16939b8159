import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import type { Ctx } from '#core/ctx.ts';
import { noteRead } from '#features/complaints/sight.ts';
import { randomFrom } from '#tests/bench/statistics.ts';
import { aConcern } from '#tests/helpers/concerns.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const CONCERNS = 12;
const READS_OF_EACH = 20;
const ALTERATIONS = 10_000;

let register: TestRegister;
let ctx: Ctx;
let head: { seq: number; mac: string };

beforeAll(() => {
	register = registerIn('2026-11-20');
	ctx = register.ctx;
	for (let n = 0; n < CONCERNS; n += 1) {
		const { id: concernId } = aConcern(ctx);
		for (let read = 0; read < READS_OF_EACH; read += 1) noteRead(ctx, { concernId, personId: null, capacity: 'complainant', what: 'tracker' });
	}
	head = ctx.db.sql.prepare('SELECT seq, mac FROM audit_event ORDER BY seq DESC LIMIT 1').get() as typeof head;
	expect(verifyAudit(ctx.db, ctx.keys.audit, head)).toMatchObject({ ok: true, events: head.seq });
	// Whoever holds the file can do this much.
	ctx.db.sql.exec('DROP TRIGGER audit_event_no_update; DROP TRIGGER audit_event_no_delete');
	ctx.db.sql.pragma('foreign_keys = OFF');
});
afterAll(() => register.close());

type Random = { below(most: number): number; place(): number };
type Run = (text: string, ...values: unknown[]) => void;
/** What somebody does to the file, and the event at which it has to show. */
type Alteration = (run: Run, random: Random) => number;

const COLUMNS = ['process_id', 'process', 'kind', 'actor', 'reason', 'subject_type', 'subject_id', 'data', 'personal_digest', 'previous_mac', 'mac'];

/** A new way of altering the chain is one more line here. */
const ALTER: Record<string, Alteration> = {
	'an edit of any column': (run, { below, place }) => {
		const [seq, column] = [place(), COLUMNS[below(COLUMNS.length)]];
		run(`UPDATE audit_event SET ${column} = ? WHERE seq = ?`, column === 'data' ? `{"n":${below(1e6)}}` : `x${below(1e6)}`, seq);
		return seq;
	},
	'another time': (run, { below, place }) => {
		const seq = place();
		run('UPDATE audit_event SET recorded_at = recorded_at + ? WHERE seq = ?', 1 + below(1000), seq);
		return seq;
	},
	'one character of a value': (run, { below, place }) => {
		const seq = place();
		run('UPDATE audit_event SET subject_id = substr(subject_id, 1, length(subject_id) - 1) || ? WHERE seq = ?', ['x', 'y', 'z'][below(3)], seq);
		return seq;
	},
	'an edit that was signed anew with another key, and the next event tied to it': (run, { place }) => {
		const seq = Math.min(place(), head.seq - 1);
		const forged = createHmac('sha256', 'a guessed key').update(String(seq)).digest('hex');
		run("UPDATE audit_event SET actor = 'nobody', mac = ? WHERE seq = ?", forged, seq);
		run('UPDATE audit_event SET previous_mac = ? WHERE seq = ?', forged, seq + 1);
		return seq;
	},
	'events deleted': (run, { below, place }) => {
		const from = place();
		const to = Math.min(head.seq, from + below(5));
		run('DELETE FROM audit_event WHERE seq BETWEEN ? AND ?', from, to);
		return to === head.seq ? from : to + 1;
	},
	'an event deleted and the others moved up': (run, { place }) => {
		const seq = Math.min(place(), head.seq - 1);
		run('DELETE FROM audit_event WHERE seq = ?', seq);
		run('UPDATE audit_event SET seq = -(seq - 1) WHERE seq > ?', seq);
		run('UPDATE audit_event SET seq = -seq WHERE seq < 0');
		run("UPDATE sqlite_sequence SET seq = seq - 1 WHERE name = 'audit_event'");
		return seq;
	},
	'an event put in': (run, { below, place }) => {
		const seq = place();
		run('UPDATE audit_event SET seq = -(seq + 1) WHERE seq >= ?', seq);
		run('UPDATE audit_event SET seq = -seq WHERE seq < 0');
		// A true copy of its neighbour, or one made up.
		const data = below(2) === 0 ? 'data' : `'{"a":${below(1e6)}}'`;
		run(
			`INSERT INTO audit_event SELECT ?, recorded_at, process_id, process, kind, actor, reason, subject_type, subject_id, ${data}, personal_digest, previous_mac, mac
			FROM audit_event WHERE seq = ?`,
			seq,
			seq === 1 ? 3 : seq - 1,
		);
		return seq;
	},
	'two events that changed places': (run, { below, place }) => {
		const a = place();
		const b = ((a + below(head.seq - 1)) % head.seq) + 1;
		run('UPDATE audit_event SET seq = -seq WHERE seq IN (?, ?)', a, b);
		run('UPDATE audit_event SET seq = ? WHERE seq = ?', b, -a);
		run('UPDATE audit_event SET seq = ? WHERE seq = ?', a, -b);
		return Math.min(a, b);
	},
	'a tail cut off, with the counter set back': (run, { below, place }) => {
		const seq = place();
		run('DELETE FROM audit_event WHERE seq >= ?', seq);
		if (below(2) === 0) run("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit_event'", seq - 1);
		return seq;
	},
};

test(`${ALTERATIONS.toLocaleString('en-GB')} random alterations of the audit by raw SQLite, each looked for by itself: every one is found, at its place`, {
	timeout: 240_000,
}, () => {
	const next = randomFrom(20261123);
	const random: Random = { below: (most) => Math.floor(next() * most), place: () => 1 + Math.floor(next() * head.seq) };
	const ways = Object.entries(ALTER);
	const done = new Map<string, number>();
	for (let n = 0; n < ALTERATIONS; n += 1) {
		const [what, alter] = ways[n % ways.length] as [string, Alteration];
		const { seq, verdict } = afterwards((run) => alter(run, random));
		if (verdict.ok || verdict.seq !== seq) throw new Error(`Alteration ${n}, ${what}, at ${seq}: ${JSON.stringify(verdict)}`);
		done.set(what, (done.get(what) ?? 0) + 1);
	}
	expect([...done.values()].reduce((sum, times) => sum + times, 0)).toBe(ALTERATIONS);
	expect(verifyAudit(ctx.db, ctx.keys.audit, head)).toMatchObject({ ok: true });
});

/** What the check says after a change; the change is undone afterwards. */
function afterwards(change: (run: Run) => number) {
	const { sql } = ctx.db;
	sql.exec('BEGIN');
	try {
		const seq = change((text, ...values) => void prepared(text).run(...values));
		return { seq, verdict: verifyAudit(ctx.db, ctx.keys.audit, head) };
	} finally {
		sql.exec('ROLLBACK');
	}
}

const statements = new Map<string, ReturnType<Ctx['db']['sql']['prepare']>>();
function prepared(text: string) {
	const known = statements.get(text) ?? ctx.db.sql.prepare(text);
	statements.set(text, known);
	return known;
}
