import type { Ctx } from '#core/ctx.ts';
import type { LinkAct } from './link-form.ts';
import { rateByLink, retractByLink } from './rating-commands.ts';
import { signByLink } from './report-commands.ts';
import type { TrainingLink } from './training-link.ts';

/** Does what a supervisor asked for on the page of their link. @returns the word for the page @throws Conflict, Invalid, NotFound */
export function actByLink(ctx: Ctx, link: TrainingLink, input: LinkAct): 'rated' | 'taken_back' | 'signed' {
	if (input.act === 'rate') {
		rateByLink(ctx, link, input.rating);
		return 'rated';
	}
	if (input.act === 'retract') {
		retractByLink(ctx, link, input.ratingId, input.reason);
		return 'taken_back';
	}
	signByLink(ctx, link, input.report);
	return 'signed';
}
