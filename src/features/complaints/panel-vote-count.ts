import { carriedOf, leadersOf } from '#core/votes.ts';
import { ABSTAIN, choicesIn, subjectsIn } from './panel-questions.ts';
import type { Round } from './panel-rows.ts';
import type { KindRule } from './panel-rules.ts';

/** What one seat voted, of each subject. `words`: a dissent or a note; `isNamed`: they want their name with it. */
export type Vote = { choices: Record<string, string>; words: string; isNamed: boolean };
type Asked = Pick<Round, 'kind' | 'motion'>;
/** How many voted for what, of each subject. */
export type Counts = Record<string, Record<string, number>>;

/** Counts votes. Pure. */
export function countsOf(asked: Asked, votes: readonly Vote[]): Counts {
	return Object.fromEntries(
		subjectsIn(asked).map((subject) => {
			const counts: Record<string, number> = {};
			for (const { choices } of votes) counts[choices[subject] ?? ABSTAIN] = (counts[choices[subject] ?? ABSTAIN] ?? 0) + 1;
			return [subject, counts];
		}),
	);
}

/** Between which choices it is even, of each subject where it is; where all abstained, between all. Pure. */
export function evenIn(asked: Asked, counts: Counts): Record<string, string[]> {
	const even = subjectsIn(asked).map((subject) => [subject, leading(asked, counts[subject] ?? {})] as const);
	return Object.fromEntries(even.filter(([, choices]) => choices.length > 1));
}

/**
 * What is carried of each subject, or null while the chair has to decide what is even. Where the rule says so the milder choice stands: what more
 * than half did not find is not found. Pure.
 */
export function carriedBy(asked: Asked, counts: Counts, tie: KindRule['tie'], casting: Vote['choices'] | null): Record<string, string> | null {
	const carried = subjectsIn(asked).map((subject) => {
		const leaders = leading(asked, counts[subject] ?? {});
		const decides = tie === 'milder' ? mildest(asked, leaders) : (casting?.[subject] ?? null);
		return [subject, carriedOf(leaders, decides)] as const;
	});
	return carried.some(([, choice]) => choice === null) ? null : (Object.fromEntries(carried) as Record<string, string>);
}

function leading(asked: Asked, counts: Record<string, number>): string[] {
	const said = Object.entries(counts).flatMap(([choice, count]) => (choice === ABSTAIN ? [] : Array.from({ length: count }, () => choice)));
	return said.length === 0 ? [...choicesIn(asked)] : leadersOf(said);
}

function mildest(asked: Asked, leaders: readonly string[]): string | null {
	return choicesIn(asked).findLast((choice) => leaders.includes(choice)) ?? null;
}
