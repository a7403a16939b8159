import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { forOfficer, type OfficerAct } from './check-commands.ts';
import { takeStep } from './step.ts';

/**
 * Puts an application to the committee: when a third party does not answer, or the applicant did not, and a person has looked at it.
 * @throws NotFound; Conflict while the assessors are at it; Invalid without a note for the committee
 */
export function putToCommittee(ctx: Ctx, reference: string, { seen, words }: OfficerAct): void {
	const sight = forOfficer(ctx, reference, 'put_to_panel', seen);
	if (words === '') throw new Invalid('words', 'Write a note for the committee: why it goes on as it is.');
	commit(ctx, { name: 'put to the committee', reason: words }, (tx) => takeStep(tx, sight, 'put_to_panel'));
}
