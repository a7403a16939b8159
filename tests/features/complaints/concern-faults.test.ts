import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import type { Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { deliverMail } from '#core/deliver.ts';
import { NotFound } from '#core/errors.ts';
import type { Letter, Transport } from '#core/mail-message.ts';
import { openText } from '#core/vault.ts';
import type { Cookies } from '#features/accounts/index.ts';
import { casework, wayIn } from '#features/complaints/index.ts';
import { sightOf } from '#features/complaints/sight.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PASSPHRASE = 'marble otter kettle sunrise';
let ctx: Ctx;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23', { kind: 'public' });
	onTestFinished(() => void ctx.db.sql.close());
});

const on = (of: Ctx, by: number): Ctx => ({ ...of, now: of.now + by, today: londonDay(of.now + by) });

describe('while no mail goes out', () => {
	test('for most of a day, what tells of a message waits, arrives once, and says nothing of what it tells of', async () => {
		await writtenTo(5);
		const down = line('down');
		for (let minute = 0; minute < 23 * 60; minute += 10) await deliverMail(on(ctx, minute * MINUTE), down.transport);
		expect(down.letters.length).toBeGreaterThan(6);
		const up = line('up');
		for (let hour = 23; hour < 40; hour += 1) await deliverMail(on(ctx, hour * HOUR), up.transport);
		expect(up.letters).toHaveLength(6);
		expect(new Set(up.letters.map(({ id }) => id)).size).toBe(6);
		expect(new Set(up.letters.map(({ subject }) => subject))).toEqual(new Set(['A message about your reference']));
		expect(JSON.stringify(up.letters)).not.toMatch(/CON-|canary/);
	});

	test('for longer, it is marked as one that did not arrive, and the words wait where they were', async () => {
		const { id } = await writtenTo(2);
		const down = line('down');
		for (let minute = 0; minute < 30 * 60; minute += 10) await deliverMail(on(ctx, minute * MINUTE), down.transport);
		const rows = ctx.db.sql.prepare('SELECT failed_at IS NOT NULL AS isMarked, sent_at AS sentAt FROM outbox').all();
		expect(rows).toEqual(Array.from({ length: 3 }, () => ({ isMarked: 1, sentAt: null })));
		expect(wayIn.trackerOf(ctx, id).messages.map(({ words }) => words)).toEqual(['canary 0', 'canary 1']);
	});
});

describe('a clock that jumps', () => {
	test('back does not bring a visit to life that was over, and no visit comes from the future', async () => {
		const { cookies, id } = await begun();
		expect(wayIn.visitOf(on(ctx, 29 * MINUTE), cookies)).toBe(id);
		expect(wayIn.visitOf(on(ctx, 60 * MINUTE), cookies)).toBeNull();
		expect(wayIn.visitOf(on(ctx, 29 * MINUTE), cookies)).toBeNull();
		const second = await begun();
		expect(wayIn.visitOf(on(ctx, -2 * HOUR), second.cookies)).toBeNull();
		expect(wayIn.visitOf(ctx, second.cookies)).toBeNull();
	});

	test('on by a year skips no day that was promised: it is overdue, at the top, and counted as missed', () => {
		const officer = staff(ctx, 'Olga', 'complaints_officer');
		const { reference } = aConcern(ctx);
		const [line] = casework.concernQueue(on(officer.ctx, 365 * DAY), { stage: '', isMine: false, isOverdue: true, page: 1 }).lines;
		expect(line).toMatchObject({ reference, dueOn: '2026-11-25', missed: 2 });
	});

	test('on by two hours ends a broken glass, and back does not open it again', () => {
		const [owner, admin] = [staff(ctx, 'Olga', 'complaints_officer'), staff(ctx, 'Adam', 'administrator')];
		const { id, reference } = aConcern(ctx);
		letIn(ctx, id, owner, 'owner');
		const before = on(admin.ctx, 0);
		casework.breakGlass(before, { reference, reason: 'The owner is in hospital and a court asks for an answer today.' });
		expect(sightOf(before, reference).accesses).toHaveLength(1);
		expect(() => sightOf(on(before, 2 * HOUR), reference)).toThrow(NotFound);
		expect(() => sightOf(on(before, -HOUR), reference)).toThrow(NotFound);
	});

	test('back by two hours in the middle leaves steps in their order and the audit whole', async () => {
		const { id } = await writtenTo(1);
		const earlier = on(ctx, -2 * HOUR);
		const { seen } = wayIn.trackerOf(earlier, id);
		wayIn.actAsComplainant(earlier, id, 'pause', { seen, words: 'canary pause' });
		wayIn.actAsComplainant(ctx, id, 'resume', { seen: seen + 1, words: '' });
		const kinds = ctx.db.sql.prepare('SELECT kind FROM concern_step WHERE concern_id = ? ORDER BY no').pluck().all(id);
		expect(kinds).toEqual(['begun', 'sent', 'paused', 'resumed']);
		expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
		expect(openText(ctx, id, 'statement')).toContain('canary');
	});
});

/** A concern that was sent with a safe address, to which the office wrote so many messages. */
async function writtenTo(messages: number): Promise<{ id: string }> {
	const { id } = await begun();
	wayIn.savePart(ctx, id, 'about', { called: '', described: 'A therapist in Leeds' });
	wayIn.savePart(ctx, id, 'you', { source: 'client', name: 'Ann' });
	wayIn.savePart(ctx, id, 'what', { happened: 'It was a canary.' });
	wayIn.savePart(ctx, id, 'contact', { email: 'safe@example.org' });
	const reference = wayIn.sendConcern(ctx, id, wayIn.draftOf(ctx, id).standing.seen);
	const officer = staff(ctx, 'Olga', 'complaints_officer');
	letIn(ctx, id, officer, 'owner');
	for (let n = 0; n < messages; n += 1) {
		const act = casework.caseAct(officer.ctx, reference, 'message');
		act.run(act.schema.parse({ side: 'complainant', words: `canary ${n}`, repeat: `repeat-${n}` }) as never);
	}
	return { id };
}

async function begun() {
	const jar = new Map<string, string>();
	const cookies: Cookies = {
		get: (name) => (jar.has(name) ? { value: jar.get(name) ?? '' } : undefined),
		set: (name, value) => void jar.set(name, value),
		delete: (name) => void jar.delete(name),
	};
	const caseKey = wayIn.newCaseKey();
	await wayIn.beginConcern(ctx, cookies, { about: 'therapist', passphrase: PASSPHRASE, kept: true, caseKey, seal: wayIn.sealOfKey(ctx, caseKey) });
	return { cookies, id: String(wayIn.visitOf(ctx, cookies)) };
}

function line(state: 'up' | 'down'): { letters: Letter[]; transport: Transport } {
	const letters: Letter[] = [];
	const send = async (letter: Letter) => {
		letters.push(letter);
		if (state === 'down') throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNECTION' });
	};
	return { letters, transport: { name: 'smtp', close: () => undefined, send } };
}
