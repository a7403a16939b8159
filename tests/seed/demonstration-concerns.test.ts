import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeDemonstration } from '#cli/demonstration.ts';
import { verifyAudit } from '#core/audit-verify.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { holidaysOf } from '#core/working-days.ts';
import { openDatabase } from '#db/client.ts';
import { CONCERNS_TO_TRY, PASSPHRASE_TO_TRY } from '#db/seed/concerns.ts';
import type { Cookies } from '#features/accounts/index.ts';
import { letters, orderCare, ownArea, wayIn } from '#features/complaints/index.ts';
import { fateOf, promisesOf } from '#features/complaints/promises.ts';
import { copyOf, standingOf } from '#features/complaints/step.ts';
import { finderDifferences } from '#features/directory/index.ts';
import { registerEntry } from '#features/register/index.ts';
import { readSettings } from '#settings';
import { noonOn } from '#tests/helpers/ctx.ts';
import { temporaryFolder } from '#tests/helpers/db.ts';

const folder = temporaryFolder();
let ctx: Ctx;
beforeAll(async () => {
	const settings = readSettings({ DATA_DIR: folder.path, DEMO: '1' });
	await makeDemonstration(settings, noonOn('2026-11-22'), () => undefined);
	const db = openDatabase(join(folder.path, 'register.db'));
	ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'public' }, noonOn('2026-11-22'));
});
afterAll(() => {
	ctx.db.sql.close();
	folder.remove();
});

const all = () => (ctx.db.sql.prepare('SELECT id FROM concern ORDER BY begun_at').pluck().all() as string[]).map((id) => standingOf(ctx.db, id));

test('concerns of the demonstration stand in many of their stages, with promises kept and missed', () => {
	const phases = new Set(all().map(({ state }) => state.phase));
	for (const phase of ['enquiry', 'received', 'triage', 'awaiting_complainant', 'preliminary', 'investigation', 'decision_to_refer', 'outcome', 'closed'])
		expect(phases).toContain(phase);
	const outcomes = all().map(({ state }) => state.outcome);
	for (const outcome of ['resolved', 'declined', 'withdrawn', 'no_case', 'upheld']) expect(outcomes).toContain(outcome);
	const fates = all().flatMap(({ steps, rules }) => promisesOf(steps, rules, holidaysOf(ctx.db)).map((one) => fateOf(one, ctx.today)));
	for (const fate of ['kept', 'missed', 'open']) expect(fates).toContain(fate);
});

test('their copies for queues agree with their steps, the chain is whole, and nobody is written to about what never happened', () => {
	for (const { concern, steps, rules } of all()) expect(concern).toMatchObject(copyOf(ctx.db, steps, rules));
	expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
	expect(ctx.db.sql.prepare("SELECT count(*) FROM outbox WHERE kind LIKE 'concern.%' OR kind LIKE 'reference.%'").pluck().get()).toBe(0);
});

test('each key that a visitor is told opens what it says it opens', async () => {
	expect(wayIn.concernsToTry(ctx)).toEqual({ passphrase: PASSPHRASE_TO_TRY, cases: CONCERNS_TO_TRY });
	for (const { caseKey } of CONCERNS_TO_TRY) {
		const jar = new Map<string, string>();
		const cookies: Cookies = {
			get: (name) => (jar.has(name) ? { value: jar.get(name) ?? '' } : undefined),
			set: (name, value) => void jar.set(name, value),
			delete: (name) => void jar.delete(name),
		};
		expect(await wayIn.openByKey(ctx, cookies, { caseKey, passphrase: PASSPHRASE_TO_TRY })).toBe(wayIn.visitOf(ctx, cookies));
	}
});

type Ordered = {
	id: string;
	concernId: string;
	reference: string;
	number: string;
	personId: string;
	officer: string;
	drafted: string;
	checked: string | null;
	published: string;
};
const ordered = (kind: string): Ordered => {
	const text = `SELECT o.id, c.id AS concernId, c.reference, r.number, r.person_id AS personId, o.drafted_by AS drafted, o.checked_by AS checked,
		o.published_by AS published, a.person_id AS officer FROM concern_order o JOIN concern c ON c.id = o.concern_id
		JOIN registration r ON r.person_id = c.respondent_id
		JOIN concern_access a ON a.concern_id = c.id AND a.capacity = 'owner' WHERE o.kind = ?`;
	const rows = ctx.db.sql.prepare(text).all(kind) as Ordered[];
	expect(rows).toHaveLength(1);
	return rows[0] as Ordered;
};
const someone = (personId: string, role: 'member' | 'complaints_officer'): Ctx =>
	ctxFor(ctx, { kind: 'person', personId, accountId: personId, roles: [role], level: role === 'member' ? 1 : 2, provedAt: ctx.now }, ctx.now);
const statusOf = (number: string) => registerEntry(ctx, number)?.status;
const notices = () => orderCare.publicNotices(ctx, 1).lines;

test('one therapist practises with conditions of a hearing, one was suspended and is back, one is suspended while a case is looked into', () => {
	const [limited, back, meanwhile] = [ordered('conditions'), ordered('suspension'), ordered('interim_suspension')];
	expect([limited, back, meanwhile].map(({ number }) => statusOf(number)?.standing)).toEqual(['conditions', 'accredited', 'interim_suspended']);
	for (const { number, drafted, checked, published } of [limited, back, meanwhile]) {
		expect(notices().filter((one) => one.number === number)).toHaveLength(1);
		expect(published).not.toBe(drafted);
		expect([null, published]).toContain(checked);
	}
	expect(statusOf(meanwhile.number)?.notices[0]?.publicText).toContain('It is not a finding');
	// Whoever practises within limits is not offered to somebody who looks for a therapist.
	const isFound = (personId: string) => ctx.db.sql.prepare('SELECT 1 FROM finder WHERE person_id = ?').get(personId) !== undefined;
	expect([limited, back, meanwhile].map(({ personId }) => isFound(personId))).toEqual([false, true, false]);
	expect(finderDifferences(ctx.db, ctx.today)).toEqual([]);
});

test('of the conditions one is met, one waits to be judged and a review comes up: the therapist and the office read it', () => {
	const limited = ordered('conditions');
	const therapist = someone(limited.personId, 'member');
	expect(ownArea.ownCases(therapist).lines.map(({ reference }) => reference)).toEqual([limited.reference]);
	const [order] = orderCare.ownOrders(therapist, limited.reference);
	expect(order?.conditions.map(({ acts, isLate }) => [acts.length, isLate])).toEqual([
		[2, false],
		[1, false],
	]);
	const due = orderCare.dueOrders(someone(limited.officer, 'complaints_officer')).filter(({ reference }) => reference === limited.reference);
	expect(due.map(({ kind, isLate }) => [kind, isLate]).sort()).toEqual([
		['condition', false],
		['review', false],
	]);
	expect(orderCare.orderWarnings(someone(limited.officer, 'complaints_officer'))).toEqual([]);
});

test('both sides have the letter about the outcome, and a visitor is told who practises with conditions', () => {
	const limited = ordered('conditions');
	for (const side of ['complainant', 'respondent'] as const)
		expect(letters.lettersTo(ctx, limited.concernId, side).map(({ title }) => title)).toEqual(['What the panel decided']);
	const found = wayIn.conditionsToTry(ctx);
	expect(registerEntry(ctx, limited.number)?.name).toContain(found?.name);
	expect(found?.name).toContain(found?.word);
});
