import type { APIRoute } from 'astro';
import { entryAnswerOf, lookUp } from '#features/register/index.ts';
import { paths } from '#paths';
import { problemJson, sharedJson } from '#web/respond.ts';

/** One entry for programs; says what its page says. */
export const GET: APIRoute = ({ locals, params, url, redirect }) => {
	const { ctx, site } = locals;
	const urlOf = (number: string) => new URL(paths.registerEntry(number), site.origin).href;
	const found = lookUp(ctx, params.number ?? '', url.searchParams);
	if (found.kind === 'moved') return redirect(`${paths.registerApi(found.number)}${found.on ? `?on=${found.on}` : ''}`, 301);
	if (found.kind === 'unknown' && found.isNumber) return problemJson(404, 'No such entry', 'This number was never given out.');
	if (found.kind === 'unknown')
		return problemJson(400, 'Not a register number', `Register numbers are IPT- and six or more digits.${found.meant ? ` Did you mean ${found.meant}?` : ''}`);
	if (found.wrongDay) return problemJson(422, 'Not a day the register can answer for', `${found.wrongDay.message}. Write days as YYYY-MM-DD.`);
	return sharedJson(entryAnswerOf(found.entry, urlOf, ctx.now), 'on');
};
