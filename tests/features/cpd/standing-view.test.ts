import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { activityForm, logActivity, standingView, wantedIn } from '#features/cpd/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { aMember, asPerson, TYPED } from './members.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ann: Ctx;
let annId: string;
beforeEach(() => {
	folder = temporaryFolder();
	const system = testCtx(emptyRegister(folder.path), '2026-11-22');
	annId = aMember(system, 'Ann');
	ann = asPerson(system, annId);
	for (let i = 0; i < 27; i += 1)
		logActivity(ann, activityForm(ann.today, false).parse({ ...TYPED, long: '15 min', title: `Entry ${i}`, repeatKey: `key-number-${i}` }));
});
afterEach(() => {
	ann.db.sql.close();
	folder.remove();
});

const rule = (all: Parameters<typeof standingView>[2], key = 'minutes') => standingView(ann, annId, all).rules.find((r) => r.key === key);

test('a rule names twenty entries at first, and says how many more there are', () => {
	const { counted, moreCounted } = rule(null) ?? { counted: [], moreCounted: 0 };
	expect([counted.length, moreCounted]).toEqual([20, 7]);
});

test('all entries of one rule are named when asked for, each with its name; the other lists stay short', () => {
	const { counted, moreCounted } = rule('minutes') ?? { counted: [], moreCounted: 0 };
	expect([counted.length, moreCounted, new Set(counted.map((e) => e.title)).size]).toEqual([27, 0, 27]);
	expect(counted.every((e) => e.title.startsWith('Entry'))).toBe(true);
	expect(rule('minutes', 'activities')?.counted.length ?? 0).toBeLessThanOrEqual(20);
});

test('an address that asks for no list of ours asks for none', () => {
	expect([wantedIn('minutes'), wantedIn('not_looked_at'), wantedIn('__proto__'), wantedIn(''), wantedIn(null)]).toEqual([
		'minutes',
		'not_looked_at',
		null,
		null,
		null,
	]);
});
