import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { casework, wayIn } from '#features/complaints/index.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aConcern, putContact } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let ctx: Ctx;
let owner: Someone;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23');
	onTestFinished(() => void ctx.db.sql.close());
	owner = staff(ctx, 'Olga', 'complaints_officer');
});

const act = (who: Someone, reference: string, name: string, input: object = {}) => {
	const found = casework.caseAct(who.ctx, reference, name);
	found.run(found.schema.parse({ seen: found.seen, repeat: `${name}-${reference}`, ...input }) as never);
};
const counted = (who: Someone) => casework.concernWork(who.ctx).find(({ label }) => label.includes('did not arrive'))?.count;

test('a message that did not arrive is shown to the owner of its case with the safe ways, as a count to other officers, and to nobody it is about', () => {
	const member = staff(ctx, 'Tess', 'complaints_officer');
	const { id, reference } = aConcern(ctx, { about: member });
	putContact(ctx, id, { email: 'safe@example.org', telephone: '07700 900123', voicemail: 'no' });
	act(owner, reference, 'declare', { declared: 'none', words: '' });
	act(owner, reference, 'take-on');
	act(owner, reference, 'message', { side: 'complainant', words: 'A word.' });
	expect(wayIn.noteUnreached(ctx)).toBe(0);
	ctx.db.sql.prepare("UPDATE outbox SET failed_at = ? WHERE kind = 'reference.message'").run(ctx.now);
	expect([wayIn.noteUnreached(ctx), wayIn.noteUnreached(ctx)]).toEqual([1, 0]);
	const other = staff(ctx, 'Otto', 'complaints_officer');
	expect([counted(owner), counted(other), counted(member), counted(staff(ctx, 'Reg', 'registrar'))]).toEqual([1, 1, undefined, undefined]);
	expect(casework.caseView(owner.ctx, reference).rows).toContainEqual(expect.objectContaining({ key: 'Not delivered' }));
	expect(casework.caseAct(owner.ctx, reference, 'reached').shows).toEqual(['Email: safe@example.org', 'Telephone: 07700 900123', 'Voicemail: no']);
	act(owner, reference, 'reached', { how: 'telephone', words: 'Spoken with at noon.' });
	expect([counted(owner), counted(other)]).toEqual([undefined, undefined]);
	expect(casework.actsOnCase(owner.ctx, reference).map(({ key }) => key)).not.toContain('reached');
	// Nothing outside the vault leads from the message to the case, or tells what was said.
	const [mail] = ctx.db.sql.prepare("SELECT dedupe_key AS key FROM outbox WHERE kind = 'reference.message'").all() as { key: string }[];
	for (const table of ['concern_unreached', 'concern_step', 'concern_message', 'concern_read'])
		expect(JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM ${table}`).all()), table).not.toContain(String(mail?.key).slice(-32));
	expect(ctx.db.sql.serialize().includes('Spoken with at noon')).toBe(false);
});
