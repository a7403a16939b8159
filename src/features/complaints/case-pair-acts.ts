import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { openText } from '#core/vault.ts';
import { type ActRow, choice, FOR_FILE, key, needed, oneOf, seen, TOLD, words } from './case-act-parts.ts';
import { FLAG_WORDS, STEP_WORDS } from './case-words.ts';
import { canTake } from './policy.ts';
import { openProposals, type Proposal, type ProposalKind, propose, settleProposal, takeBackProposal } from './proposal-commands.ts';
import { noteRead, type Sight } from './sight.ts';
import { refusalOf } from './state.ts';

type Said = Pick<ActRow, 'key' | 'title' | 'says'>;

function proposing(kind: ProposalKind, said: Said, isTold: boolean): ActRow {
	return {
		...said,
		button: 'Propose it',
		when: (sight, ctx) =>
			canTake(ctx.actor, sight, kind) && refusalOf(sight.state, kind) === null && !openProposals(ctx, sight.concern.id).some((one) => one.kind === kind),
		fields: [...(isTold ? [TOLD] : []), FOR_FILE],
		schema: z.object({ seen, told: isTold ? needed('Write what they read.') : words, words: needed('Say why.') }),
		run: (ctx, reference, input: { seen: number; told: string; words: string }) => propose(ctx, reference, { kind, ...input }),
	};
}

const SECOND = 'Nothing happens until a second person agrees.';
const LAY = 'Nothing happens until a second person agrees; one of the two is the lay screener.';

const flag: ActRow = {
	...proposing('flagged', { key: 'propose-flag', title: 'Mark a risk', says: `The same day. ${SECOND}` }, false),
	fields: [choice('flag', 'Which?', FLAG_WORDS), FOR_FILE],
	schema: z.object({ seen, flag: oneOf(FLAG_WORDS, 'Choose one.'), words: needed('Say why.') }),
	run: (ctx, reference, { flag: which, ...input }: { seen: number; words: string; flag: string }) =>
		propose(ctx, reference, { kind: 'flagged', told: '', data: { flag: which }, ...input }),
};

/** Proposals that somebody else made and the actor may agree to, or their own. */
const others = (sight: Sight, ctx: Ctx) => waiting(sight, ctx).filter((one) => one.proposedBy !== me(ctx) && canTake(ctx.actor, sight, one.kind));
const own = (sight: Sight, ctx: Ctx) => waiting(sight, ctx).filter((one) => one.proposedBy === me(ctx));
const waiting = (sight: Sight, ctx: Ctx) => (sight.isGateShut ? [] : openProposals(ctx, sight.concern.id));
const me = ({ actor }: Ctx) => (actor.kind === 'person' ? actor.personId : '');
const label = ({ kind, by }: Proposal) => `${STEP_WORDS[kind]}, proposed by ${by}`;
const options = (list: readonly Proposal[]) => Object.fromEntries(list.map((one) => [one.id, label(one)]));

/** Steps that two people take (workflows.md §6.5). */
export const PAIR_ACTS: readonly ActRow[] = [
	proposing('accepted', { key: 'propose-accept', title: 'Propose to accept it', says: LAY }, true),
	proposing('redirected', { key: 'propose-redirect', title: 'Propose to pass it on', says: `It belongs elsewhere: say where. ${LAY}` }, true),
	proposing('declined', { key: 'propose-decline', title: 'Propose not to take it forward', says: `They may ask for a review. ${LAY}` }, true),
	flag,
	proposing('reopened', { key: 'propose-reopen', title: 'Propose to open it again', says: `Something new has come up. ${SECOND}` }, true),
	proposing('legal_hold_ended', { key: 'propose-lift', title: 'Propose to lift the legal hold', says: SECOND }, false),
	{
		key: 'agree',
		title: 'Agree, or not, to what was proposed',
		says: 'If you agree it happens at once.',
		button: 'Say so',
		isGrave: true,
		when: (sight, ctx) => others(sight, ctx).length > 0,
		shows: (ctx, _, sight) => others(sight, ctx).map((one) => shown(ctx, sight, one)),
		fields: (ctx, sight) => [
			choice('proposal', 'Which?', options(others(sight, ctx))),
			choice('result', 'Do you agree?', { agreed: 'I agree', refused: 'I do not agree' }),
			FOR_FILE,
		],
		schema: z.object({ seen, proposal: key('Choose one.'), result: oneOf({ agreed: '', refused: '' }, 'Choose one.'), words }),
		run: settleProposal,
	},
	{
		key: 'take-back',
		title: 'Take back what you proposed',
		says: 'It can be proposed again.',
		button: 'Take it back',
		when: (sight, ctx) => own(sight, ctx).length > 0,
		fields: (ctx, sight) => [choice('proposal', 'Which?', options(own(sight, ctx)))],
		schema: z.object({ seen, proposal: key('Choose one.') }),
		run: takeBackProposal,
	},
];

function shown(ctx: Ctx, { concern, accesses }: Sight, one: Proposal): string {
	noteRead(ctx, { concernId: concern.id, personId: me(ctx), capacity: accesses[0]?.capacity ?? 'caseworker', what: `proposal:${one.id}` });
	const [file, told] = [`proposal:${one.id}`, `proposal:${one.id}:told`].map((place) => openText(ctx, concern.id, place));
	return `${label(one)}. For the file: ${file ?? ''}${told ? ` They would read: ${told}` : ''}`;
}
