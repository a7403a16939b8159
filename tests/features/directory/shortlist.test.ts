import { afterAll, describe, expect, test } from 'vitest';
import { readShortlist, shortlisted, shortlistQuery } from '#features/directory/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { addTherapist, change } from './people.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const ctx = testCtx(emptyRegister(folder.path), '2026-11-22');

describe('a shortlist in a link', () => {
	test('holds ten at most, each once, and nothing that is no address of ours', () => {
		const many = Array.from({ length: 20 }, (_, i) => `t=person-${i % 12}`).join('&');
		const { slugs } = readShortlist(new URLSearchParams(`${many}&t=../x&t=<b>&t=`));
		expect(slugs).toEqual(Array.from({ length: 10 }, (_, i) => `person-${i}`));
	});

	test('remembers the search it came from, and nothing else', () => {
		const params = new URLSearchParams({ t: 'ann', from: 'place=RG12&focus=loss&evil=https://x.example&page=2' });
		expect(readShortlist(params).from).toBe('place=RG12&focus=loss&page=2');
		expect(readShortlist(new URLSearchParams({ from: '//evil.example' })).from).toBe('');
	});

	test('is the same after it was read and written', () => {
		const list = { slugs: ['ann', 'bo'], from: 'place=RG12+8' };
		expect(readShortlist(new URLSearchParams(shortlistQuery(list)))).toEqual(list);
	});

	test('shows who is listed, follows former addresses, and is silent about the others', () => {
		const here = addTherapist(ctx, {});
		const gone = addTherapist(ctx, { familyName: 'Gone' });
		change(ctx, gone.personId, "UPDATE listing SET withdrawn_on = '2026-11-01' WHERE person_id = ?", gone.personId);
		change(ctx, here.personId, "INSERT INTO listing_former_slug (slug, person_id) VALUES ('ann-former', ?)", here.personId);
		const rows = shortlisted(ctx, { slugs: ['ann-former', gone.slug, 'nobody'], from: '' });
		expect(rows.map((r) => r.profile?.slug ?? null)).toEqual([here.slug, null, null]);
		expect(rows[0]?.without).toBe(`?t=${gone.slug}&t=nobody`);
	});
});
