import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { record } from '#core/audit.ts';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { checkDraft } from '#features/complaints/order-draft.ts';
import { finderDifferences, refreshFinder } from '#features/directory/index.ts';
import { registerEntry } from '#features/register/index.ts';
import { readSettings } from '#settings';
import { onDay, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { decidedCase, draft, seen } from '#tests/helpers/sanctions.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

const KILLS = 20;
const EACH = 6;
const FREE = '2026-12-22';
const PROGRAM = new URL('./publish-until-killed.ts', import.meta.url).pathname;

test(`a publication is whole or not at all, killed ${KILLS} times in the middle: register, finder and entry agree`, { timeout: 300_000 }, async () => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	emptyRegister(folder.path).sql.close();
	const ctx = contextOf(folder.path);
	onTestFinished(() => void ctx.db.sql.close());
	const publisher = staff(ctx, 'Paul', 'registrar');
	for (let no = 0; no < KILLS * EACH; no += 1) waiting(ctx, no, publisher);
	let inTheMiddle = 0;
	let next = ready(folder.path, publisher);
	for (let run = 1; run <= KILLS; run += 1) {
		const before = counts(ctx).published;
		const child = await next;
		next = ready(folder.path, publisher);
		await killed(child, run);
		const after = counts(ctx);
		expect(after.published - before).toBeGreaterThan(0);
		if (after.published < KILLS * EACH) inTheMiddle += 1;
		expect(after).toMatchObject({ onRegister: after.published, told: after.published, audited: after.published });
		expect(finderDifferences(ctx.db, FREE)).toEqual([]);
	}
	(await next).kill('SIGKILL');
	expect(inTheMiddle).toBeGreaterThan(KILLS / 2);
	for (const { number, isPublished } of everybody(ctx)) {
		const { status } = registerEntry(onDay(ctx, FREE), number) ?? {};
		expect([status?.standing, status?.notices.length]).toEqual(isPublished ? ['suspended', 1] : ['accredited', 0]);
	}
	expect(ctx.db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
});

function contextOf(dataDir: string): Ctx {
	const settings = readSettings({ DATA_DIR: dataDir });
	const ground = { db: openDatabase(join(dataDir, 'register.db')), keys: loadKeys(settings), settings };
	return ctxFor(ground, { kind: 'system', name: 'test' }, noonOn('2026-11-23'));
}

/** A listed therapist with an order that waits to be published. */
function waiting(ctx: Ctx, no: number, publisher: Someone): void {
	const id = listTherapist(ctx.db, `therapist-${no}`, { paidToOn: '2040-01-01' });
	commit(ctx, { name: 'test' }, (tx) => {
		refreshFinder(tx, id);
		record(tx, 'person.changed', { type: 'person', id });
	});
	const number = ctx.db.sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(id) as string;
	const made = decidedCase(ctx, [{ kind: 'suspension', months: 6 }], { number, therapist: { id, ctx } });
	letIn(ctx, made.id, publisher, 'secretary');
	const key = draft(made, FREE);
	checkDraft(onDay(made.owner.ctx, FREE), made.reference, key, { seen: seen(made) });
}

/** A program that is there and waits to be told to begin. */
async function ready(dataDir: string, publisher: Someone): Promise<ChildProcess> {
	const child = spawn(process.execPath, [PROGRAM, dataDir, publisher.id, `${FREE}T12:00:00Z`], { stdio: ['pipe', 'pipe', 'inherit'] });
	await once(child.stdout, 'data');
	return child;
}

async function killed(child: ChildProcess, run: number): Promise<void> {
	const gone = once(child, 'exit');
	const first = once(child.stdout as NodeJS.ReadableStream, 'data');
	child.stdin?.write('go');
	await Promise.race([first, gone]);
	await wait((run * 7) % 13);
	child.kill('SIGKILL');
	await gone;
}

function counts({ db }: Ctx): { published: number; onRegister: number; told: number; audited: number } {
	const count = (text: string) => db.sql.prepare(`SELECT count(*) FROM ${text}`).pluck().get() as number;
	return {
		published: count('concern_order WHERE published_by IS NOT NULL'),
		onRegister: count('register_order'),
		told: count("concern_message WHERE repeat_key LIKE 'order:%:respondent'"),
		audited: count("audit_event WHERE kind = 'concern.order_published'"),
	};
}

function everybody({ db }: Ctx): { number: string; isPublished: 0 | 1 }[] {
	const text = `SELECT r.number, o.published_by IS NOT NULL AS isPublished FROM concern_order o JOIN concern c ON c.id = o.concern_id
		JOIN registration r ON r.person_id = c.respondent_id`;
	return db.sql.prepare(text).all() as { number: string; isPublished: 0 | 1 }[];
}
