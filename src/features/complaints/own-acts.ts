import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { line } from '#core/fields.ts';
import { type ActField, type ActRow, area, choice, key, needed, oneOf, seen, words } from './case-act-parts.ts';
import { appealAsRespondent, mayAppeal } from './own-appeal.ts';
import { type OwnCase, respondentCase } from './own-door.ts';
import { endHelper, helpersOf, type NewHelper, nameHelper } from './own-party.ts';
import { askForTime, mayAskTime } from './own-time.ts';
import { answerAsRespondent } from './settle-commands.ts';
import { ANSWERS_TO_OFFER, type OfferAnswer, offerFor } from './settle-store.ts';

/** One act of the therapist as a row: when, what its page says, its form, and the command that does it. */
type OwnRow = Pick<ActRow, 'key' | 'title' | 'says' | 'button' | 'schema' | 'isGrave'> & {
	when(own: OwnCase, ctx: Ctx): boolean;
	shows?: (ctx: Ctx, own: OwnCase) => readonly string[];
	fields: readonly ActField[] | ((ctx: Ctx, own: OwnCase) => readonly ActField[]);
	run(ctx: Ctx, reference: string, input: never): unknown;
};

const HELPERS = { supporter: 'They stand by me', representative: 'They speak for me' } as const;
const waiting = (ctx: Ctx, own: OwnCase) => offerFor(ctx, { concernId: own.concern.id, state: own.state }, 'respondent');

const ROWS: readonly OwnRow[] = [
	{
		key: 'settle',
		title: 'Terms to settle it',
		says: 'When both sides agree to these terms, that is the outcome. The other side does not see what you say before it has answered itself.',
		button: 'Send my answer',
		when: (own, ctx) => waiting(ctx, own)?.own === null,
		shows: (ctx, own) => termsShown(ctx, own),
		fields: (ctx, own) => [
			choice('answer', 'What do you say?', ANSWERS_TO_OFFER),
			{ ...hidden, options: [{ value: waiting(ctx, own)?.id ?? '', label: 'These terms' }] },
		],
		schema: z.object({ answer: oneOf(ANSWERS_TO_OFFER, 'Choose one.'), offer: key('Open the page again.') }),
		run: (ctx, reference, input: { answer: OfferAnswer; offer: string }) => answerAsRespondent(ctx, reference, input),
	},
	{
		key: 'time',
		title: 'I need time',
		says: 'Say what you need. The officer who looks after the case answers; when they agree, its dates move by as many days for both sides.',
		button: 'Ask for time',
		when: (own, { db }) => mayAskTime(own, db),
		fields: [area('words', 'How long do you need, and what for?', 'You need not say more of your health than you want to.')],
		schema: z.object({ words: needed('Say how long you need, and what for.') }),
		run: (ctx, reference, input: { words: string }) => askForTime(ctx, reference, input),
	},
	{
		key: 'appeal',
		title: 'I think that the decision is wrong',
		says: 'People who had nothing to do with it look at the decision once: whether something was overlooked, unfair, or is new. Nothing else can follow it.',
		button: 'Send the appeal',
		isGrave: true,
		when: (own, ctx) => mayAppeal(ctx, own),
		fields: [area('words', 'What was wrong with it, or what is new?')],
		schema: z.object({ seen, words: needed('Write what was wrong with the decision, or what is new.') }),
		run: (ctx, reference, input: { seen: number; words: string }) => appealAsRespondent(ctx, reference, input),
	},
	{
		key: 'helper',
		title: 'Somebody who helps me',
		says: 'A friend, a colleague, somebody of a union or an insurer. Somebody who speaks for you can read and write here, once they agreed: give their number on the register.',
		button: 'Save',
		when: ({ as, state }) => as === 'respondent' && !state.isDestroyed,
		fields: [
			choice('kind', 'What do they do?', HELPERS),
			{ name: 'name', label: 'Their name', kind: 'text' },
			area('reach', 'How we can reach them', 'Leave it empty when we should write to you alone.'),
			{ name: 'number', label: 'Their number on the register', kind: 'text', hint: 'Only when they speak for you and should read this here.' },
		],
		schema: z.object({
			kind: oneOf(HELPERS, 'Choose one.'),
			name: line(200, 'Shorten the name.').pipe(z.string().min(1, 'Enter their name.')),
			reach: words,
			number: line(20, 'Enter their number.'),
		}),
		run: (ctx, reference, input: NewHelper) => nameHelper(ctx, reference, input),
	},
	{
		key: 'no-helper',
		title: 'Somebody helps me no more',
		says: 'From that moment they read nothing of it any more.',
		button: 'Take them away',
		when: (own, ctx) => own.as === 'respondent' && helpersOf(ctx, own.concern.id).length > 0,
		fields: (ctx, own) => [choice('party', 'Who?', Object.fromEntries(helpersOf(ctx, own.concern.id).map(({ id, name }) => [id, name])))],
		schema: z.object({ party: key('Choose one.') }),
		run: (ctx, reference, input: { party: string }) => endHelper(ctx, reference, input),
	},
];

const hidden: ActField = { name: 'offer', label: 'Which terms?', kind: 'hidden' };

function termsShown(ctx: Ctx, own: OwnCase): string[] {
	const offer = waiting(ctx, own);
	if (offer === null) return [];
	return [offer.terms, ...(offer.months === null ? [] : [`You would undertake this for ${offer.months} months, and the register may say so.`])];
}

/** The acts that the therapist may take now. */
export function ownActs(ctx: Ctx, own: OwnCase): { key: string; title: string }[] {
	return ROWS.filter(({ when }) => when(own, ctx)).map(({ key: name, title }) => ({ key: name, title }));
}

/** One of them with its form. @throws NotFound when it cannot be taken now, and for whoever may not know of the case */
export function ownAct(ctx: Ctx, reference: string, name: string) {
	const own = respondentCase(ctx, reference, `act:${name.slice(0, 20)}`);
	const row = ROWS.find((one) => one.key === name && one.when(own, ctx));
	if (!row) throw new NotFound('There is no such case.');
	const { fields, shows } = row;
	return {
		...row,
		isGrave: row.isGrave ?? false,
		fields: typeof fields === 'function' ? fields(ctx, own) : fields,
		shows: shows?.(ctx, own) ?? [],
		seen: own.seen,
		run: (input: never) => row.run(ctx, reference, input),
	};
}
