import type { Page } from 'playwright-core';
import type { Ctx } from '#core/ctx.ts';
import type { Visiting } from '#tests/helpers/journey.ts';
import { become } from '#tests/helpers/person.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

/** A browser in which somebody is signed in, on a page. @param width in CSS pixels */
export async function at(visiting: Visiting, personId: string, path: string, width = 1280): Promise<Page> {
	const known = await become(visiting.site(), personId);
	const { page } = await visiting.enter('/robots.txt', { width });
	await page.context().addCookies([...known.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await page.goto(path);
	return page;
}

/** Runs some work on the register of the site, as a job beside the server has it: to prepare what a journey begins with. */
export function inSite<T>(visiting: Visiting, work: (ctx: Ctx) => T): T {
	const ctx = siteCtx(visiting.site());
	try {
		return work(ctx);
	} finally {
		ctx.db.sql.close();
	}
}

/** Names of their own for somebody, so that each can be told apart in a list. @returns the whole name */
export function rename(ctx: Ctx, personId: string, given: string, family: string): string {
	ctx.db.sql.prepare('UPDATE person_name SET given_names = ?, family_name = ? WHERE person_id = ?').run(given, family, personId);
	return `${given} ${family}`;
}
