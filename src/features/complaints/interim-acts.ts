import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { openText } from '#core/vault.ts';
import { type ActRow, area, choice, FOR_FILE, needed, oneOf, seen, words } from './case-act-parts.ts';
import { askInterim, openRequest, settleInterim, takeBackInterim } from './interim-commands.ts';
import { canTake } from './policy.ts';
import { noteRead, type Sight } from './sight.ts';
import { refusalOf } from './state.ts';

const mayAsk = (sight: Sight, { actor }: Ctx) => canTake(actor, sight, 'interim_asked') && refusalOf(sight.state, 'interim_asked') === null;
const me = ({ actor }: Ctx) => (actor.kind === 'person' ? actor.personId : '');
const waits = (sight: Sight, ctx: Ctx) => (sight.isGateShut ? null : openRequest(ctx.db, sight.concern.id));

/** An interim order is asked for by two people; a panel decides. */
export const INTERIM_ACTS: readonly ActRow[] = [
	{
		key: 'ask-interim',
		title: 'Ask for an interim order',
		says: 'Where somebody could be at risk before the case is decided. A second person agrees the same day, and then a panel decides within days.',
		button: 'Ask for it',
		isGrave: true,
		when: (sight, ctx) => mayAsk(sight, ctx) && waits(sight, ctx) === null,
		fields: [area('words', 'What is the risk, to whom, and why can it not wait?', 'For whoever works on the case, and for the panel.')],
		schema: z.object({ seen, words: needed('Say what the risk is.') }),
		run: askInterim,
	},
	{
		key: 'agree-interim',
		title: 'Agree, or not, to asking for an interim order',
		says: 'If you agree a panel is composed at once.',
		button: 'Say so',
		isGrave: true,
		when: (sight, ctx) => mayAsk(sight, ctx) && ![null, me(ctx)].includes(waits(sight, ctx)?.askedBy ?? null),
		shows: shown,
		fields: [choice('result', 'Do you agree?', { agreed: 'I agree', refused: 'I do not agree' }), FOR_FILE],
		schema: z.object({ seen, result: oneOf({ agreed: '', refused: '' }, 'Choose one.'), words }),
		run: settleInterim,
	},
	{
		key: 'take-back-interim',
		title: 'Take back that you asked for an interim order',
		says: 'It can be asked for again.',
		button: 'Take it back',
		when: (sight, ctx) => waits(sight, ctx)?.askedBy === me(ctx),
		fields: [],
		schema: z.object({ seen }),
		run: takeBackInterim,
	},
];

function shown(ctx: Ctx, _: string, { concern, accesses }: Sight): readonly string[] {
	const found = openRequest(ctx.db, concern.id);
	if (found === null) return [];
	noteRead(ctx, { concernId: concern.id, personId: me(ctx), capacity: accesses[0]?.capacity ?? 'caseworker', what: `interim:${found.id}` });
	return [`${found.name} asked for it on ${sayDay(found.askedOn)}: ${openText(ctx, concern.id, `interim:${found.id}`) ?? ''}`];
}
