import { z } from 'zod';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { type ActRow, FOR_FILE, needed, seen, TOLD, words } from './case-act-parts.ts';
import { refuseUnlessMay } from './case-step.ts';
import { putMessage, tellSides } from './message-put.ts';
import { canTake } from './policy.ts';
import { type Sight, sightOf } from './sight.ts';
import { refusalOf } from './state.ts';
import { refuseStale, takeStep } from './step.ts';

/** What belongs to a therapist and their side has no place in a concern about the organisation: it is answered, and goes to no panel. */
const NOT_OURS = ['respondent', 'disclose', 'replied', 'settle', 'settled', 'not-settled', 'offer', 'offer-answer', 'answer-time', 'report'];

/** May an act be there at all, for a concern about a therapist or about the organisation? */
export function isForRoute({ concern }: Pick<Sight, 'concern'>, act: string): boolean {
	return concern.about === 'therapist' ? act !== 'answer-us' : !NOT_OURS.includes(act);
}

/**
 * Answers a concern about the organisation: whoever raised it reads what was found and what is done about it, and may appeal.
 * @throws NotFound, Forbidden; Conflict in words
 */
export function answerOrganisation(ctx: Ctx, reference: string, input: { seen: number; told: string; words: string }): void {
	const concernId = commit(ctx, { name: 'answer a concern about the organisation' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, input.seen);
		refuseUnlessMay(ctx, sight, 'resolution_begun');
		if (sight.concern.about !== 'organisation') throw new NotFound('There is no such case.');
		const by = { side: 'office', personId: personOf(ctx).personId } as const;
		const { id } = sight.concern;
		// There is no other side to agree with: what is begun is answered in the same moment.
		const after = takeStep(tx, takeStep(tx, sight, 'resolution_begun', by), 'resolution_agreed', by);
		if (input.words !== '') sealText(tx, id, `step:${after.seen}`, input.words);
		putMessage(tx, after, { side: 'complainant', words: input.told, repeatKey: `step:${id}:${after.seen}:complainant` });
		return id;
	});
	tellSides(ctx, { concernId, respondentId: null, sides: ['complainant'], about: `answer:${input.seen}` });
}

/** Acts of concerns about the organisation. */
export const ORGANISATION_ACTS: readonly ActRow[] = [
	{
		key: 'answer-us',
		title: 'Answer it',
		says: 'They read what we found, what we do about it, and how to appeal. Those who had a part in it were asked, and did not write the answer.',
		button: 'Send the answer',
		when: (sight, { actor }) => canTake(actor, sight, 'resolution_begun') && refusalOf(sight.state, 'resolution_begun') === null,
		fields: [TOLD, FOR_FILE],
		schema: z.object({ seen, told: needed('Write the answer.'), words }),
		run: answerOrganisation,
	},
];
