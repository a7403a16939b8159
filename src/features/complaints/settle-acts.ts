import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { openText } from '#core/vault.ts';
import { nameOf } from '#features/membership/index.ts';
import { isLead } from './access-commands.ts';
import { type ActRow, area, choice, needed, oneOf, seen, TOLD, words } from './case-act-parts.ts';
import { answerTime, type TimeAnswer, timeAsked } from './own-time.ts';
import { canTake } from './policy.ts';
import { makeOffer, recordAnswer } from './settle-commands.ts';
import { ANSWERS_TO_OFFER, noSettling, type OfferAnswer, type OfferSide, offersIn, openOffer, termsPlace } from './settle-store.ts';
import { noteRead, type Sight } from './sight.ts';

const SIDES: Record<OfferSide, string> = { complainant: 'The person who raised it', respondent: 'The therapist' };
const months = z.preprocess(
	(value) => (value === '' || value === undefined ? null : value),
	z.coerce.number('Enter a number of months.').int().min(1).max(36).nullable(),
);
const maySettle = (sight: Sight, { actor }: Ctx) => noSettling(sight.state) === null && canTake(actor, sight, 'resolution_agreed');

/** Acts between the sides: terms to settle it, what they said to them, and the answer when the therapist asks for time. */
export const SETTLE_ACTS: readonly ActRow[] = [
	{
		key: 'offer',
		title: 'Lay terms before both sides',
		says: 'Each side agrees, or does not, in its own area, and does not see what the other said. Terms that wait are replaced.',
		button: 'Lay them before both',
		when: maySettle,
		shows: said,
		fields: [
			area('words', 'The terms', 'As both sides read them: who does what, by when.'),
			{
				name: 'months',
				label: 'For how many months does the therapist undertake something?',
				kind: 'text',
				hint: 'Leave it empty when nothing is undertaken.',
			},
		],
		schema: z.object({ seen, words: needed('Write the terms.'), months }),
		run: makeOffer,
	},
	{
		key: 'offer-answer',
		title: 'They answered the terms by telephone',
		says: 'When both sides have agreed it is settled at once. When one wants to stop, the case is investigated.',
		button: 'Record it',
		when: (sight, ctx) => maySettle(sight, ctx) && openOffer(ctx.db, sight.concern.id) !== null,
		shows: said,
		fields: [
			choice('side', 'Who?', SIDES),
			choice('answer', 'What did they say?', ANSWERS_TO_OFFER),
			area('words', 'In their words', 'And when they said it.'),
		],
		schema: z.object({
			seen,
			side: oneOf(SIDES, 'Choose one.'),
			answer: oneOf(ANSWERS_TO_OFFER, 'Choose one.'),
			words: needed('Write what they said, and when.'),
		}),
		run: (ctx, reference, input: { seen: number; side: OfferSide; answer: OfferAnswer; words: string }) => recordAnswer(ctx, reference, input),
	},
	{
		key: 'answer-time',
		title: 'The therapist asks for time: answer',
		says: 'What they wrote stands with the messages. If you agree the case is paused, and its clocks stand still for both sides.',
		button: 'Answer',
		when: (sight, ctx) => isLead(ctx, sight) && timeAsked(ctx.db, sight.concern.id),
		fields: [
			choice('result', 'Do you agree?', { granted: 'Yes: pause it', not_granted: 'No' }),
			area('toldRespondent', 'What the therapist reads'),
			{ ...TOLD, hint: 'When you pause it. They need not know why.' },
		],
		schema: z.object({
			seen,
			result: oneOf({ granted: '', not_granted: '' }, 'Choose one.'),
			toldRespondent: needed('Write what the therapist reads.'),
			told: words,
		}),
		run: (ctx, reference, input: TimeAnswer) => answerTime(ctx, reference, input),
	},
];

/** What was laid before both sides, and what came of it: for whoever works on the case. That it was read is noted. */
function said(ctx: Ctx, _: string, { concern, accesses }: Sight): string[] {
	if (ctx.actor.kind === 'person')
		noteRead(ctx, { concernId: concern.id, personId: ctx.actor.personId, capacity: accesses[0]?.capacity ?? 'owner', what: 'terms' });
	return offersIn(ctx.db, concern.id).flatMap((offer) => {
		const at = termsPlace(offer.id);
		const answers = (['complainant', 'respondent'] as const).map((side) => {
			const by = side === 'complainant' ? offer.complainantBy : offer.respondentBy;
			const answer = offer[side];
			if (answer === null) return `${SIDES[side]}: no answer yet.`;
			const how = by === null ? '' : ` By telephone, written down by ${nameOf(ctx.db, by) ?? ''}: ${openText(ctx, concern.id, `${at}:${side}`) ?? ''}`;
			return `${SIDES[side]}: ${ANSWERS_TO_OFFER[answer].toLowerCase()}.${how}`;
		});
		return [`Terms ${offer.no}${offer.endedAt === null ? '' : ' (over)'}: ${openText(ctx, concern.id, at) ?? ''} ${answers.join(' ')}`];
	});
}
