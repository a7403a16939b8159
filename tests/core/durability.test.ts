import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { type Db, openDatabase } from '#db/client.ts';
import { sendEnquiry } from '#features/directory/index.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { at, enquiryInput } from '#tests/helpers/enquiry.ts';
import { registerIn } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

const KILLS = 20;
const WRITER = new URL('./durability-writer.ts', import.meta.url).pathname;
const KEY = Buffer.alloc(32, 7);

/** Lets a writer write for a moment, kills it with SIGKILL, and gives back what it had acknowledged. */
async function killedWriter(file: string, run: number, mode: 'honest' | 'early'): Promise<string[]> {
	const child = spawn(process.execPath, [WRITER, file, String(run), mode], { stdio: ['ignore', 'pipe', 'inherit'] });
	let printed = '';
	const begun = new Promise<void>((resolve) =>
		child.stdout.on('data', (piece: Buffer) => {
			printed += piece.toString();
			resolve();
		}),
	);
	const closed = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_code, signal) => resolve(signal)));
	await Promise.race([begun, closed]);
	await wait(5 + ((run * 37) % 90));
	child.kill('SIGKILL');
	expect(await closed).toBe('SIGKILL');
	return printed.split('\n').slice(0, -1);
}

/** Kills a writer again and again on one register; gives what was acknowledged and what is there. */
async function ordeal(mode: 'honest' | 'early', kills: number) {
	const folder = temporaryFolder();
	const file = join(folder.path, 'register.db');
	const db = emptyRegister(folder.path);
	for (let run = 0; run < kills; run += 1) listTherapist(db, `t${run}`);
	db.sql.close();
	const acknowledged: string[] = [];
	for (let run = 0; run < kills; run += 1) acknowledged.push(...(await killedWriter(file, run, mode)));
	const after = openDatabase(file);
	const end = () => {
		after.sql.close();
		folder.remove();
	};
	const kept = new Set(after.sql.prepare('SELECT sender_name FROM enquiry').pluck().all() as string[]);
	return { db: after, acknowledged, lost: acknowledged.filter((name) => !kept.has(name)), kept: kept.size, end };
}

function count(db: Db, text: string): number {
	return db.sql.prepare(text).pluck().get() as number;
}

it('a writer killed twenty times loses nothing that it acknowledged and leaves nothing half-written', { timeout: 180_000 }, async () => {
	const { db, acknowledged, lost, kept, end } = await ordeal('honest', KILLS);
	expect(acknowledged.length).toBeGreaterThan(KILLS);
	expect(lost).toEqual([]);
	// At most the one message that was being written when each process died is there without having been acknowledged.
	expect(kept - acknowledged.length).toBeLessThanOrEqual(KILLS);
	expect(db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	expect(db.sql.pragma('foreign_key_check')).toEqual([]);
	expect([count(db, 'SELECT count(*) FROM outbox'), count(db, 'SELECT count(*) FROM audit_event')]).toEqual([2 * kept, kept]);
	expect(verifyAudit(db, KEY)).toMatchObject({ ok: true, events: kept });
	end();
});

it('the twin that acknowledges before it writes is caught losing: the test above can fail', { timeout: 180_000 }, async () => {
	const { lost, end } = await ordeal('early', 10);
	expect(lost.length).toBeGreaterThan(0);
	end();
});

it('every connection waits for the disk before it says that something is kept', () => {
	const folder = temporaryFolder();
	emptyRegister(folder.path).sql.close();
	const db = openDatabase(join(folder.path, 'register.db'));
	db.sql.exec('CREATE TABLE probe (x)');
	expect([db.sql.pragma('synchronous', { simple: true }), db.sql.pragma('journal_mode', { simple: true })]).toEqual([2, 'wal']);
	db.sql.close();
	folder.remove();
});

it('on a full disk everything acknowledged is kept, reading goes on, the error is clear, and writing works again once there is room', () => {
	const register = registerIn('2026-11-20');
	const { ctx } = register;
	for (let i = 0; i < 40; i += 1) listTherapist(ctx.db, `t${i}`);
	ctx.db.sql.pragma(`max_page_count = ${(ctx.db.sql.pragma('page_count', { simple: true }) as number) + 15}`);
	const acknowledged: string[] = [];
	const send = (i: number) => {
		const then = at(ctx, ctx.now + i * 1000, null);
		return sendEnquiry(then, `t${i % 40}`, enquiryInput(then, { email: `s${i}@sender.example`, message: 'word '.repeat(190) })).reference;
	};
	let problem: { code?: string; message?: string } = {};
	for (let i = 0; i < 1000 && !problem.code; i += 1) {
		try {
			acknowledged.push(send(i));
		} catch (error) {
			problem = error as typeof problem;
		}
	}
	expect(problem).toMatchObject({ code: 'SQLITE_FULL', message: 'database or disk is full' });
	expect(acknowledged.length).toBeGreaterThan(5);
	const stored = ctx.db.sql.prepare('SELECT reference FROM enquiry ORDER BY created_at').pluck().all();
	expect(stored).toEqual(acknowledged);
	expect([count(ctx.db, 'SELECT count(*) FROM outbox'), count(ctx.db, 'SELECT count(*) FROM audit_event')]).toEqual([2 * stored.length, stored.length]);
	expect(ctx.db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
	ctx.db.sql.pragma('max_page_count = 1000000');
	expect(send(2000)).toMatch(/^ENQ-/);
	register.close();
});
