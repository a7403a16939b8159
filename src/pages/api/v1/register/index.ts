import type { APIRoute } from 'astro';
import { nameAnswerOf, searchRegister } from '#features/register/index.ts';
import { paths } from '#paths';
import { problemJson, sharedJson } from '#web/respond.ts';

/** People on the register by name, for programs. */
export const GET: APIRoute = ({ locals, url }) => {
	const { ctx, site } = locals;
	const name = url.searchParams.get('name');
	if (name === null) return problemJson(400, 'No name given', 'Ask with ?name= and the beginning of a name, or for /api/v1/register/{number}.');
	const search = searchRegister(ctx, new URLSearchParams({ name }));
	if (search.kind !== 'names') return problemJson(400, 'Not a name we can look for', search.kind === 'wrong' ? `${search.message}.` : 'Enter a name.');
	const urlOf = (number: string) => new URL(paths.registerEntry(number), site.origin).href;
	return sharedJson(nameAnswerOf(search.typed, search.answer, ctx.today, urlOf), 'name');
};
