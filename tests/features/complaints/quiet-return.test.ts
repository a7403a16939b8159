import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { proposeEnd, settleEnd } from '#features/complaints/order-end.ts';
import { changeMatchesRemoved, changeName, matchRemoved, membershipStatusOf, putPersonOnFile, removedMatchOf } from '#features/membership/index.ts';
import { onDay } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { aTherapist, decidedCase, published, seen } from '#tests/helpers/sanctions.ts';

let ctx: Ctx;
const FREE = '2026-12-22';

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23');
	onTestFinished(() => void ctx.db.sql.close());
});

const removed = () => decidedCase(ctx, [{ kind: 'removal', months: null }], aTherapist(ctx, 'Rhona', 'Removedname'));
const marks = (givenNames: string, familyName: string) => matchRemoved(ctx.db, ctx.keys, { givenNames, familyName, bornOn: null });

test('the marks of somebody who was removed follow them to a new name, and tell on whoever takes theirs', () => {
	const made = removed();
	published(made, FREE);
	commit(onDay(ctx, FREE), { name: 'test' }, (tx) =>
		changeName(tx, made.therapist.id, { givenNames: 'Rhona', familyName: 'Newname' }, { on: FREE, formerIsShown: false }),
	);
	expect([marks('Rhona', 'Removedname'), marks('Newname', 'Rhona'), marks('Rhona', 'Othername')]).toEqual(['name', 'name', 'none']);
	const other = commit(ctx, { name: 'test' }, (tx) =>
		putPersonOnFile(tx, { givenNames: 'Rhona', familyName: 'Plain' }, { title: null, gender: null, email: null, phone: null, diedOn: null, importKey: null }),
	);
	const asked = { personId: other, givenNames: 'Rhona', bornOn: null };
	expect(changeMatchesRemoved(ctx, { ...asked, familyName: 'Newname' })).toBe(true);
	expect(changeMatchesRemoved(ctx, { ...asked, familyName: 'Married' })).toBe(false);
	expect(removedMatchOf(ctx.db, ctx.keys, other)).toBe('none');
	expect(JSON.stringify(ctx.db.sql.prepare('SELECT * FROM removed_person').all())).not.toMatch(/rhona|removedname/i);
});

test('whoever was removed stays so until two people restore them, however long it is', () => {
	const made = removed();
	const key = published(made, FREE);
	const state = (day: string) => membershipStatusOf(onDay(ctx, day), made.therapist.id).state;
	expect([state(FREE), state('2040-01-01')]).toEqual(['removed', 'removed']);
	proposeEnd(onDay(made.writer.ctx, '2032-01-05'), made.reference, key, { seen: seen(made), kind: 'restored', reasons: 'They may.' });
	expect(state('2032-01-06')).toBe('removed');
	settleEnd(onDay(made.publisher.ctx, '2032-01-06'), made.reference, key, { seen: seen(made), result: 'agreed' });
	expect(state('2032-01-06')).not.toBe('removed');
});
