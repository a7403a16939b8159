import type { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import type { Cookies } from '#features/accounts/index.ts';
import { type Submission, submit } from './form.ts';

type Page = Parameters<typeof submit>[0] & { cookies: Cookies };
/** What is opened without an account. `idOf`: what is open in this browser. `fields`, `open`: what opens it again. */
export type Door = { idOf(ctx: Ctx, cookies: Cookies): string | null; fields: z.ZodObject; open(ctx: Ctx, cookies: Cookies, input: never): Promise<string> };
/** `id`: what is open in this browser now. `isShut`: nothing is, and the form asks for what opens it, with everything that was typed. */
export type VisitForm<R> = { id: string | null; isShut: boolean; form: Submission<R> };

/**
 * Runs a form of something that is open in this browser for a while. When it has shut, the form comes back with what was typed and asks for what
 * opens it, which then does what was asked, in one. What was typed stands in the page and nowhere else.
 * @param schema an object of fields; those of the door are added where they are needed
 * @returns null when it is not open and nothing was sent: lead to the page that opens it
 */
export async function submitInVisit<S extends z.ZodObject, R>(
	page: Page,
	door: Door,
	schema: S,
	act: (id: string, input: z.output<S>) => R | Promise<R>,
): Promise<VisitForm<R> | null> {
	const { ctx } = page.locals;
	const id = door.idOf(ctx, page.cookies);
	if (id !== null) return { id, isShut: false, form: await submit(page, schema, (input) => act(id, input)) };
	if (page.request.method !== 'POST') return null;
	let opened: string | null = null;
	const form = await submit(page, door.fields.extend(schema.shape), async (input) => {
		opened = await door.open(ctx, page.cookies, input as never);
		return act(opened, Object.fromEntries(Object.entries(input).filter(([name]) => name in schema.shape)) as z.output<S>);
	});
	return { id: opened, isShut: opened === null, form };
}
