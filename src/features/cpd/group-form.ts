import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { last } from '#core/fields.ts';
import { addMeeting, beginGroup, endGroup, groupForm } from './groups.ts';

const id = z.preprocess((value) => String(last(value) ?? ''), z.string());

const forms = z.discriminatedUnion('act', [
	z.object({ act: z.literal('add'), group: id, occasion: id }),
	z.object({ act: z.literal('end'), group: id }),
	groupForm.extend({ act: z.literal('begin') }),
]);

/** The page of groups takes three forms: a new group, one tap for a meeting, the end of a group. */
export const groupPageForm = z.preprocess((raw) => ({ ...(raw as object), act: actOf(raw as Record<string, unknown>) }), forms);

function actOf({ act }: Record<string, unknown>): string {
	return last(act) === 'add' || last(act) === 'end' ? String(last(act)) : 'begin';
}

/** Does what the form asks. @returns what was done, and to which entry */
export function runGroupForm(ctx: Ctx, input: z.output<typeof groupPageForm>): { done: string; entry?: string } {
	if (input.act === 'add') return { done: 'added', entry: addMeeting(ctx, input.group, input.occasion) };
	if (input.act === 'begin') beginGroup(ctx, input);
	else endGroup(ctx, input.group);
	return { done: input.act === 'begin' ? 'began' : 'ended' };
}
