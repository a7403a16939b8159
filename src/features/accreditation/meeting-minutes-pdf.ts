import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { type Block, makePdf } from '#core/pdf.ts';
import type { Minutes } from './meeting-minutes-commands.ts';

/** Minutes as a tagged PDF, as far as their reader may read them. */
export function minutesPdf(ctx: Ctx, { parts, isApproved, meeting }: Minutes): Promise<Buffer> {
	const { name } = ctx.settings.organisation;
	const blocks: Block[] = [
		{ kind: 'paragraph', text: name, look: 'strong' },
		{ kind: 'heading', level: 1, text: `Minutes of ${meeting.reference}` },
		{ kind: 'paragraph', text: isApproved ? 'Approved' : 'Draft, not approved yet', look: 'lead' },
		...parts.flatMap(({ no, title, text }): Block[] => [
			...(no === null ? [] : [{ kind: 'heading' as const, level: 2 as const, text: `${no}. ${title}` }]),
			...text
				.split('\n')
				.filter(Boolean)
				.map((line): Block => ({ kind: 'paragraph', text: line })),
		]),
	];
	const footer = `${name} · ${meeting.reference} · ${sayDay(meeting.heldOn)}`;
	return makePdf({ title: `Minutes of ${meeting.reference}`, author: name, footer, blocks }, { now: ctx.now, sourceDir: ctx.settings.sourceDir });
}
