import { afterAll, describe, expect, test } from 'vitest';
import { listedBlocks, listedIn } from '#features/directory/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { addTherapist } from './people.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const ctx = testCtx(emptyRegister(folder.path), '2026-11-22');
const own = addTherapist(ctx, { givenNames: 'Ann', familyName: 'Lee', listing: { confirmedOn: '2026-11-04' } });
const other = addTherapist(ctx, { givenNames: 'Bea', familyName: 'Moss' });
const later = addTherapist(ctx, { givenNames: 'Cleo', familyName: 'Nash', listing: { confirmedOn: '2026-11-20' } });

describe('the list for the sitemap', () => {
	test('names everyone who is listed, each with the day on which they themselves confirmed their page', () => {
		const days = Object.fromEntries(listedIn(ctx, 0, 1000).map((one) => [one.slug, one.confirmedOn]));
		expect(days).toMatchObject({ [own.slug]: '2026-11-04', [later.slug]: '2026-11-20' });
		expect(Object.keys(days)).toEqual([own.slug, other.slug, later.slug]);
	});

	test('is cut into blocks that hold everyone once', () => {
		const blocks = Array.from({ length: listedBlocks(ctx, 2) }, (_, block) => listedIn(ctx, block, 2));
		expect(blocks.flat()).toEqual(listedIn(ctx, 0, 1000));
		expect(blocks.every((block) => block.length <= 2)).toBe(true);
	});

	test('works the view out for the people of a block only', () => {
		const texts: string[] = [];
		const { sql } = ctx.db;
		const prepare = sql.prepare.bind(sql);
		sql.prepare = ((text: string) => (texts.push(text), prepare(text))) as typeof sql.prepare;
		listedIn(ctx, 0, 2);
		sql.prepare = prepare;
		const plan = prepare(`EXPLAIN QUERY PLAN ${texts[0]}`).all(0, 1, 2, 3) as { detail: string }[];
		expect(plan.map((step) => step.detail).join('\n')).not.toMatch(/MATERIALIZE|SCAN/);
	});
});
