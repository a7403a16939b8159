import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { last, text } from '#core/fields.ts';
import { slotsLeft } from './letter-template.ts';
import type { Sight } from './sight.ts';

type Option = { value: string; label: string; hint?: string };
/** `value`: what stands in it before anything is typed. */
export type ActField = {
	name: string;
	label: string;
	hint?: string;
	kind: 'text' | 'area' | 'choice' | 'select' | 'ticks' | 'hidden';
	options?: readonly Option[];
	value?: string;
};

/** One act on a case as a row of its table: when, what its page says, its form, and the command that does it. `shows`: words to read before deciding. */
export type ActRow = {
	key: string;
	title: string;
	says: string;
	button: string;
	isGrave?: boolean;
	when(sight: Sight, ctx: Ctx): boolean;
	shows?: (ctx: Ctx, reference: string, sight: Sight) => readonly string[];
	fields: readonly ActField[] | ((ctx: Ctx, sight: Sight) => readonly ActField[]);
	schema: z.ZodType;
	run(ctx: Ctx, reference: string, input: never): unknown;
	/** Where it leads when the actor knows nothing of the case afterwards. */
	leaves?: boolean;
};
/** An act that the actor may take now. `seen`: the number of steps that its form carries; `repeat`: a key that makes the same form once. */
export type CaseAct = Omit<ActRow, 'when' | 'fields' | 'run' | 'shows'> & {
	isGrave: boolean;
	fields: readonly ActField[];
	shows: readonly string[];
	seen: number;
	run(input: never): unknown;
};

const MOST = 8000;
const TOO_LONG = 'Shorten this to 8,000 characters or fewer.';
/** How many steps somebody saw before they acted. */
export const seen = z.coerce.number().int().min(0).catch(-1);
export const words = text(MOST, TOO_LONG).refine((typed) => slotsLeft(typed).length === 0, 'Write what is left open between square brackets.');
export const needed = (sentence: string) => words.pipe(z.string().min(1, sentence));
export const key = (sentence: string) => z.preprocess(last, z.string(sentence).min(1, sentence).max(60, sentence));
export const oneOf = <T extends string>(options: Record<T, string>, sentence: string) =>
	z.preprocess(last, z.enum(Object.keys(options) as [T, ...T[]], sentence));

export const area = (name: string, label: string, hint?: string): ActField => ({ name, label, kind: 'area', ...(hint ? { hint } : {}) });
export const choice = (name: string, label: string, options: Record<string, string>): ActField => ({
	name,
	label,
	kind: Object.keys(options).length > 8 ? 'select' : 'choice',
	options: Object.entries(options).map(([value, says]) => ({ value, label: says })),
});

export const TOLD = area('told', 'What the person who raised it reads', 'It is sent as a message: they open it with their case key.');
export const FOR_FILE = area('words', 'Words for the file', 'Whoever works on the case reads them; neither side does, unless they are disclosed.');
