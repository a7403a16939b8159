import type { Ctx } from '#core/ctx.ts';
import { approveLetter, changeLetter, dropLetter } from './letter-commands.ts';
import type { LetterAct, LetterChange, LetterWay } from './letter-form.ts';
import { sendLetter } from './letter-send.ts';

type Input = { version: number } & Partial<LetterChange> & { way?: LetterWay };

/** Does one of the acts on a letter with what its form gave. @throws as each of them */
export async function doLetterAct(ctx: Ctx, reference: string, id: string, act: LetterAct, input: Input): Promise<void> {
	const { version, title = '', body = '', way = 'message' } = input;
	if (act === 'change') changeLetter(ctx, reference, id, { version, title, body });
	if (act === 'approve') approveLetter(ctx, reference, id, { version });
	if (act === 'drop') dropLetter(ctx, reference, id, { version });
	if (act === 'send') await sendLetter(ctx, reference, id, { version, way });
}
