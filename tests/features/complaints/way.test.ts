import { expect, test } from 'vitest';
import { clockBars } from '#features/complaints/case-clocks.ts';
import { wayOf } from '#features/complaints/case-way.ts';
import type { StepKind } from '#features/complaints/phases.ts';

const steps = (...kinds: (StepKind | [StepKind, Record<string, unknown>])[]) =>
	kinds.map((one, n) => {
		const [kind, data] = Array.isArray(one) ? one : [one, {}];
		return { no: n + 1, kind, at: n, onDay: `2026-11-${String(n + 1).padStart(2, '0')}`, byPerson: null, bySide: 'office' as const, data };
	});
const drawn = (...kinds: Parameters<typeof steps>) => wayOf(steps(...kinds)).map(({ title, state }) => `${title}: ${state}`);

test('a case that came to a panel shows what lies behind it, where it is, and what is to come', () => {
	expect(drawn('begun', 'sent', ['assigned', { owner: 'x' }], 'accepted', 'disclosed', 'reported')).toEqual([
		'Received: done',
		'Is it for us?: done',
		'Prepared: done',
		'Looked into: done',
		'Panel: now',
		'Decided: todo',
	]);
});

test('one that was not taken forward shows what it left out, and that it is over', () => {
	const way = drawn('begun', 'sent', ['assigned', { owner: 'x' }], 'declined');
	expect(way).toEqual(['Received: done', 'Is it for us?: done', 'Prepared: off', 'Looked into: off', 'Panel: off', 'Decided: done']);
});

test('a question to the person who raised it stands where it was asked, and a case that is opened again begins its way again', () => {
	expect(drawn('begun', 'sent', ['assigned', { owner: 'x' }], 'accepted', 'asked')[2]).toBe('Prepared: now');
	const again = drawn('begun', 'sent', ['assigned', { owner: 'x' }], 'declined', 'reopened');
	expect(again.slice(0, 3)).toEqual(['Received: done', 'Is it for us?: now', 'Prepared: todo']);
});

test('promises are drawn on one line of time: kept ones until that day, open ones until today', () => {
	const kept = { kind: 'acknowledge' as const, fromOn: '2026-11-01', dueOn: '2026-11-03', keptOn: '2026-11-02', endedOn: null };
	const open = { kind: 'triage' as const, fromOn: '2026-11-01', dueOn: '2026-11-11', keptOn: null, endedOn: null };
	expect(clockBars([kept, open], '2026-11-06')).toEqual([
		{ kind: 'acknowledge', from: 0, width: 10, due: 20, fate: 'kept' },
		{ kind: 'triage', from: 0, width: 50, due: 100, fate: 'open' },
	]);
	expect(clockBars([open], '2026-11-21')).toEqual([{ kind: 'triage', from: 0, width: 100, due: 50, fate: 'missed' }]);
	expect(clockBars([], '2026-11-21')).toEqual([]);
});
