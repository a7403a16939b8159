import type { Ctx } from '#core/ctx.ts';
import { personOf } from '#core/policy.ts';
import { listOf } from '#core/text.ts';
import { nameOf } from '#features/membership/index.ts';
import { paths } from '#paths';
import { asksInterests, declaredBy, type Part, partIn, seatedFor, votersOn } from './meeting-part.ts';
import { canRun, chairs, type ItemState, itemState, meetingState, seatOf } from './meeting-policy.ts';
import type { Item, Meeting, Member, Seat } from './meeting-rows.ts';
import { placeFor } from './meeting-table.ts';
import { isHiddenFrom } from './meeting-view.ts';
import { DECLARED_WORDS } from './meeting-words.ts';
import { type Reason, standardsOn } from './standards.ts';
import { standingOf } from './step.ts';
import { memberOfReferred } from './upkeep-circle.ts';
import { type Choice, carriedIn, choicesFor, leadingIn } from './vote-count.ts';
import { CHOICE_WORDS } from './vote-forms.ts';
import { votesOn } from './vote-reveal.ts';

export type ItemView = {
	meeting: Meeting;
	item: Item;
	state: ItemState;
	seat: Seat | null;
	/** Nothing of it may be shown beyond its number. */
	isHidden: boolean;
	part: Part;
	declared: string;
	hasVoted: boolean;
	/** Who has voted, never what, until the votes are opened. */
	voters: { name: string; words: string }[];
	/** Once they are opened, for those who take part. */
	votes: { name: string; choice: string; words: string }[];
	carried: Choice | null;
	leading: readonly Choice[];
	acts: { label: string; href: string }[];
	/** How many steps the application has now; 0 without one. */
	steps: number;
	reasons: readonly Reason[];
	choices: readonly Choice[];
	/** Whom it is about, for those who are to declare or have; '' otherwise. */
	applicant: string;
	/** Reasons that votes gave, for the letter to begin with. */
	suggested: readonly string[];
};

/** An item as somebody may see it. @throws NotFound */
export function itemView(ctx: Ctx, place: { reference: string; no: number }): ItemView {
	const { meeting, members, item } = placeFor(ctx, place);
	const { personId } = personOf(ctx);
	const seat = seatOf(ctx.actor, members);
	const isHidden = isHiddenFrom(ctx, item, seat);
	const part = seat === null ? 'undeclared' : partIn(ctx.db, item, personId);
	const isOpened = !isHidden && part === 'free' && seat !== null && item.revealedAt !== null;
	const votes = isOpened ? votesOn(ctx.db, item.id, false) : [];
	const casting = isOpened ? votesOn(ctx.db, item.id, true) : [];
	const choices = votes.map(({ choice }) => choice);
	const declared = declaredBy(ctx.db, item.id, personId);
	const voters = isHidden || seat === null || item.openedAt === null ? [] : votersOn(ctx.db, item);
	const standing = item.applicationId === null ? null : standingOf(ctx.db, item.applicationId);
	const base = { meeting, item, state: itemState(item), seat, isHidden, part };
	return {
		...base,
		declared: declared === null ? '' : DECLARED_WORDS[declared.declared],
		hasVoted: voters.some((voter) => voter.personId === personId && voter.hasVoted),
		voters: voters.map(({ name, hasVoted, hasDeclared }) => ({
			name,
			words: hasVoted ? 'has voted' : hasDeclared ? 'has not voted yet' : 'has not declared yet',
		})),
		votes: [...votes, ...casting].map((vote, index) => voteLine(ctx, vote, index >= votes.length)),
		carried: isOpened ? carriedIn(choices, casting[0]?.choice ?? null) : null,
		leading: isOpened ? leadingIn(choices) : [],
		acts: isHidden ? [] : actsOn(ctx, base, members),
		steps: standing?.seen ?? 0,
		reasons: (standing?.standards ?? standardsOn(ctx.db, ctx.today).standards).reasons,
		choices: choicesFor(item.kind),
		applicant: isHidden || seat === null ? '' : whoseItem(ctx, item, standing?.application.personId ?? null),
		suggested: [...new Set(votes.flatMap((vote) => vote.reasons))],
	};
}

/** Whom an item is about, by name; '' for business and minutes. */
function whoseItem(ctx: Ctx, { kind, subjectId }: Item, applicantId: string | null): string {
	const personId = applicantId ?? (kind === 'audit' && subjectId !== null ? memberOfReferred(ctx.db, subjectId) : null);
	return personId === null ? '' : (nameOf(ctx.db, personId) ?? '');
}

function voteLine(ctx: Ctx, { personId, choice, words }: { personId: string; choice: Choice; words: string }, isCasting: boolean): ItemView['votes'][number] {
	const name = nameOf(ctx.db, personId) ?? '';
	return { name: isCasting ? `${name}, casting vote` : name, choice: CHOICE_WORDS[choice], words };
}

type Base = Pick<ItemView, 'meeting' | 'item' | 'state' | 'seat' | 'part'>;

/** What the one who asks may do about an item now. */
function actsOn(ctx: Ctx, { meeting, item, state, seat, part }: Base, members: readonly Member[]): ItemView['acts'] {
	const act = (label: string, name: string) => ({ label, href: paths.meetingItem(meeting.reference, item.position, name) });
	const meetingIs = meetingState(meeting);
	if (seat === null || state === 'resolved' || (meetingIs !== 'called' && meetingIs !== 'open')) return [];
	if (part === 'undeclared') return [act('Say whether you have an interest', 'interest')];
	const declares = asksInterests(item) ? [act('Change what you declared', 'interest')] : [];
	if (meetingIs === 'called') return declares;
	return [...roomActs(ctx, { meeting, item, state, seat, part }, members, act), ...declares];
}

function roomActs(
	ctx: Ctx,
	{ item, state, seat }: Base,
	members: readonly Member[],
	act: (label: string, name: string) => { label: string; href: string },
): ItemView['acts'] {
	const isChair = chairs(ctx.actor, members, item);
	const runs = canRun(ctx.actor, members);
	const hasVote = choicesFor(item.kind).length > 0;
	const { personId } = personOf(ctx);
	const mayVote = seat !== 'secretary' && votersOn(ctx.db, item).some((voter) => voter.personId === personId && !voter.hasVoted);
	const choices = votesOn(ctx.db, item.id, false).map(({ choice }) => choice);
	const isEven = state === 'opened' && carriedIn(choices, votesOn(ctx.db, item.id, true)[0]?.choice ?? null) === null;
	return [
		...(state === 'coming' && hasVote && runs ? [act('Open voting', 'open')] : []),
		...(state === 'coming' && !hasVote && runs ? [act('Write down what was resolved', 'resolve')] : []),
		...(state === 'voting' && mayVote ? [act('Vote', 'vote')] : []),
		...(state === 'voting' && isChair ? [act('Close the vote', 'close-vote')] : []),
		...(isEven && isChair && leadingIn(choices).length > 1 ? [act('Give the casting vote', 'casting')] : []),
		...(state === 'opened' && isChair && !isEven ? [act('Resolve this item', 'resolve')] : []),
		...(seat === 'member' && item.chairId === null && isWithoutChair(ctx, item, members) ? [act('Take the chair for this item', 'chair')] : []),
		...(runs ? [act('Put it over to another meeting', 'put-over')] : []),
	];
}

function isWithoutChair(ctx: Ctx, item: Item, members: readonly Member[]): boolean {
	const chair = members.find(({ seat }) => seat === 'chair');
	return chair?.attended !== true || !seatedFor(ctx.db, item).some(({ personId }) => personId === chair.personId);
}

/** `Award 3, Decline 1`: how the opened votes fell. */
export function sayTally(votes: readonly { choice: string }[]): string {
	const counts = Map.groupBy(votes, ({ choice }) => choice);
	return listOf([...counts].map(([choice, all]) => `${choice} ${all.length}`));
}
