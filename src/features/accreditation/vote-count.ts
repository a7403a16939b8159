import { carriedOf, leadersOf } from '#core/votes.ts';
import type { vote } from '#db/schema/index.ts';
import type { Item, Seat } from './meeting-rows.ts';
import type { Standards } from './standards.ts';

export type Choice = (typeof vote.$inferSelect)['choice'];

const DECIDING: readonly Choice[] = ['award', 'award_with_conditions', 'decline', 'defer', 'abstain'];
const REVIEWING: readonly Choice[] = ['uphold', 'quash', 'vary', 'abstain'];
const AGREEING: readonly Choice[] = ['agree', 'disagree', 'abstain'];

/** What may be voted on an item; nothing where there is no vote. */
export function choicesFor(kind: Item['kind']): readonly Choice[] {
	if (kind === 'application' || kind === 'condition') return DECIDING;
	if (kind === 'review') return REVIEWING;
	return kind === 'audit' ? AGREEING : [];
}

/** An award with conditions is an award: both are counted together before they are counted apart. */
const COUNTED_WITH: Partial<Record<Choice, Choice>> = { award_with_conditions: 'award' };

/**
 * What the votes come to. Whoever abstains is counted for the quorum and for nothing else.
 * First the ways (award of either kind, decline, defer), then within the way that leads.
 * @returns one choice that is carried; several that are even, between which the chair's casting vote decides; none when all abstained
 */
export function leadingIn(choices: readonly Choice[]): Choice[] {
	const said = choices.filter((choice) => choice !== 'abstain');
	const ways = leadersOf(said.map((choice) => COUNTED_WITH[choice] ?? choice));
	const within = ways.flatMap((way) => leadersOf(said.filter((choice) => (COUNTED_WITH[choice] ?? choice) === way)));
	return [...new Set(within)];
}

/** What is carried: the leading choice, or the casting vote between even ones; null while that is missing. */
export function carriedIn(choices: readonly Choice[], casting: Choice | null): Choice | null {
	return carriedOf(leadingIn(choices), casting);
}

/** How many are needed, and how many of them lay, by the standards that an application keeps. */
export function quorumFor(kind: Item['kind'], { committee }: Pick<Standards, 'committee'>): { members: number; lay: number } {
	return { members: kind === 'review' ? committee.reviewQuorum : committee.quorum, lay: committee.layAtLeast };
}

/** Are enough there, and enough of them lay? */
export function isQuorate(there: readonly { seat: Seat }[], { members, lay }: { members: number; lay: number }): boolean {
	return there.length >= members && there.filter(({ seat }) => seat === 'lay').length >= lay;
}
