import { listOf } from '#core/text.ts';
import type { AwardKind, AwardLevel } from './facts.ts';

type Held = { level: AwardLevel; kind: AwardKind };

/** Highest first. `said` explains the level in one line. */
export const LEVEL_WORDS: Record<AwardLevel, { label: string; said: string }> = {
	trainer: { label: 'Accredited trainer', said: 'Can treat people with IPT, guides the work of other IPT therapists and teaches IPT.' },
	supervisor: { label: 'Accredited supervisor', said: 'Can treat people with IPT, and checks and guides the work of other IPT therapists.' },
	practitioner: { label: 'Accredited practitioner', said: 'Can treat people with IPT.' },
	organisation: { label: 'Registered through an organisation', said: 'Uses IPT for the service they work for. This is not accreditation.' },
};

/** The kinds of work an award is for, in the order in which they are named. */
export const KIND_WORDS: Record<AwardKind, string> = {
	adult: 'adults',
	adolescent: 'young people',
	counselling: 'interpersonal counselling',
	perinatal: 'pregnancy and new parents',
	bipolar: 'bipolar disorder',
	eating: 'eating difficulties',
	group: 'groups',
};

const LEVELS = Object.keys(LEVEL_WORDS) as AwardLevel[];
const KINDS = Object.keys(KIND_WORDS) as AwardKind[];

/** The highest of some levels, or null of none. */
export function highestLevel(awards: readonly Pick<Held, 'level'>[]): AwardLevel | null {
	return LEVELS.find((level) => awards.some((award) => award.level === level)) ?? null;
}

/** Awards by level, highest first, then by kind. */
export function inOrder<T extends Held>(awards: readonly T[]): T[] {
	return awards.toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

/** One title for each level held, highest first: `Accredited practitioner – adults and young people`. */
export function awardTitles(awards: readonly Held[]): string[] {
	return LEVELS.flatMap((level) => {
		const kinds = KINDS.filter((kind) => awards.some((award) => award.level === level && award.kind === kind));
		return kinds.length === 0 ? [] : [`${LEVEL_WORDS[level].label} – ${listOf(kinds.map((kind) => KIND_WORDS[kind]))}`];
	});
}

/** One award by itself: `Accredited supervisor – adults`. */
export function awardTitle(award: Held): string {
	return `${LEVEL_WORDS[award.level].label} – ${KIND_WORDS[award.kind]}`;
}
