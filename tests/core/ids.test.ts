import { expect, test } from 'vitest';
import { newId } from '#core/ids.ts';

test('keys sort in the order in which they were made, also when thousands are made in one millisecond', () => {
	const made = Array.from({ length: 50_000 }, newId);
	expect([...made].sort()).toEqual(made);
	expect(new Set(made).size).toBe(made.length);
	for (const id of made.slice(0, 100)) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
