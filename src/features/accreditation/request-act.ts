import type { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { correctForm, type placeActForm } from './request-forms.ts';
import { askNamed, correctAddress, dropNamed } from './request-own.ts';

/** What the applicant's page of those who are asked does about one of them. @returns what is told. @throws NotFound, Conflict, Invalid beside `email` */
export function actOnPlace(ctx: Ctx, key: string, input: z.output<typeof placeActForm>): 'asked' | 'dropped' | 'corrected' {
	if (input.act === 'ask') askNamed(ctx, key, input);
	else if (input.act === 'drop') dropNamed(ctx, key, input);
	else correctAddress(ctx, key, correctForm.parse(input));
	return ({ ask: 'asked', drop: 'dropped', correct: 'corrected' } as const)[input.act];
}
