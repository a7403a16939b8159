import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { type Block, makePdf } from '#core/pdf.ts';
import type { Letter } from './letter-template.ts';

/** `address`: lines for the window of an envelope; none where it is not posted. `isDraft`: says so at its head. */
export type LetterPaper = Letter & { reference: string; onDay: string; address: readonly string[]; isDraft: boolean };

/** A letter as a tagged PDF. Its file's title and every page say the reference and nothing else of the case. */
export function letterPdf(ctx: Pick<Ctx, 'now' | 'settings'>, letter: LetterPaper): Promise<Buffer> {
	const { name, address } = ctx.settings.organisation;
	const { title, paragraphs, reference, onDay } = letter;
	const blocks: Block[] = [
		...(letter.isDraft ? [{ kind: 'paragraph', text: 'Draft. It has not been sent.', look: 'strong' } as const] : []),
		{ kind: 'paragraph', text: name, look: 'strong' },
		{ kind: 'paragraph', text: address, look: 'small' },
		...letter.address.map((text): Block => ({ kind: 'paragraph', text })),
		{ kind: 'paragraph', text: sayDay(onDay) },
		{ kind: 'paragraph', text: `Our reference: ${reference}` },
		{ kind: 'heading', level: 1, text: title },
		...paragraphs.map((text): Block => ({ kind: 'paragraph', text })),
	];
	return makePdf({ title: `Letter ${reference}`, author: name, footer: reference, blocks }, { now: ctx.now, sourceDir: ctx.settings.sourceDir });
}
