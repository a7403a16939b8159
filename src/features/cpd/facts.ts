import type { AwardLevel } from '#features/register/index.ts';
import type { CpdCategory } from './kinds.ts';

/** Days are `YYYY-MM-DD` and include the last; null: without an end yet. */
export type Span = { fromOn: string; toOn: string | null };

/** One line of the log as the rules see it. `category` is null for a total brought forward, which counts for hours only. */
export type EntryFact = {
	id: string;
	doneOn: string | null;
	isDraft: boolean;
	minutes: number;
	iptMinutes: number;
	isSkills: boolean;
	isReflected: boolean;
	category: CpdCategory | null;
};

/** One session of supervision received; `minutes` is the member's own share. */
export type SupervisionFact = { id: string; doneOn: string; minutes: number; isConfirmed: boolean };

export type MemberSpan = Span & { category: 'trainee' | 'basic' | 'plus' | 'organisation'; paidToOn: string };
export type AwardSpan = Span & { level: AwardLevel };

/** Everything that one member's standing follows from. */
export type CpdFacts = {
	entries: readonly EntryFact[];
	supervision: readonly SupervisionFact[];
	leave: readonly { fromOn: string; toOn: string }[];
	awards: readonly AwardSpan[];
	membership: readonly MemberSpan[];
};
