import { z } from 'zod';
import { last, text } from '#core/fields.ts';
import type { Typed } from './application-forms.ts';

export const REPLY_LIMIT = 4000;

const version = z.preprocess(last, z.coerce.number().int().catch(0));

/** What may be done on the first page of an application. */
export const applyForm = z
	.object({
		do: z.preprocess(last, z.enum(['begin', 'answer', 'withdraw'], 'Choose what you want to do.')),
		version,
		reply: text(REPLY_LIMIT, `Shorten your answer to ${REPLY_LIMIT.toLocaleString('en-GB')} characters or fewer.`),
	})
	.refine((input) => input.do !== 'answer' || input.reply !== '', { path: ['reply'], message: 'Write your answer.' });

/** Sends the application. */
export const sendForm = z.object({ version });

/** What comes out of one step: what was typed, and whether its owner goes on or comes back later. */
export type StepInput = { typed: Typed; version: number; isLater: boolean };

/** One step: checked by its own rules, except when it is only kept for later. */
export function keptStep(rules: z.ZodType): z.ZodType<StepInput> {
	return z
		.record(z.string(), z.unknown())
		.superRefine((raw, check) => {
			if (raw.save === 'later') return;
			for (const { path, message } of rules.safeParse(raw).error?.issues ?? []) check.addIssue({ code: 'custom', path: [...path], message });
		})
		.transform(({ save, version: from, ...raw }) => ({ typed: typedOf(raw), version: version.parse(from), isLater: save === 'later' }));
}

/** Only short texts are kept: whatever else a form may send is dropped. */
function typedOf(raw: Record<string, unknown>): Typed {
	const texts = Object.entries(raw).flatMap(([name, value]) => {
		const typed = last(value);
		return typeof typed === 'string' && /^[\w-]{1,40}$/.test(name) ? [[name, typed.slice(0, 4000)] as const] : [];
	});
	return Object.fromEntries(texts.slice(0, 30));
}
