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
import { wayIn } from '#features/complaints/index.ts';
import { fateOf, promisesOf } from '#features/complaints/promises.ts';
import { copyOf, standingOf } from '#features/complaints/step.ts';
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
	for (const phase of ['enquiry', 'received', 'triage', 'awaiting_complainant', 'preliminary', 'investigation', 'decision_to_refer', 'closed'])
		expect(phases).toContain(phase);
	const outcomes = all().map(({ state }) => state.outcome);
	for (const outcome of ['resolved', 'declined', 'withdrawn', 'no_case']) expect(outcomes).toContain(outcome);
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
