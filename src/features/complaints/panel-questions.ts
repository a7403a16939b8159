import { addDays } from '#core/dates.ts';
import type { Motion, Round, RoundKind } from './panel-rows.ts';
import type { PanelKind } from './panel-rules.ts';
import type { State, Step } from './state.ts';

/** What may be voted, the graver first: where the rule says so, the milder stands when votes are even. Beside these everybody may abstain. */
export const CHOICES: Record<RoundKind, readonly string[]> = {
	prospect: ['real_prospect', 'none'],
	way: ['referred', 'advised', 'no_case'],
	interim: ['impose', 'not_impose'],
	interim_review: ['continue', 'end'],
	facts: ['proved', 'not_proved'],
	breach: ['breach', 'no_breach'],
	sanction: ['agree', 'disagree'],
	leave: ['given', 'refused'],
	filter: ['realistic', 'none'],
	appeal: ['agree', 'disagree'],
};
export const ABSTAIN = 'abstain';
/** The one subject of a question that is not put for each allegation. */
export const ALL = 'all';

/** What may be voted on in a round: which way a screening goes depends on what was found before. Pure. */
export function choicesIn({ kind, motion }: Pick<Round, 'kind' | 'motion'>): readonly string[] {
	return kind === 'way' && Array.isArray(motion.ways) ? (motion.ways as string[]) : CHOICES[kind];
}

/** What a round votes on: each allegation that is put to it, or one question. Pure. */
export function subjectsIn({ kind, motion }: Pick<Round, 'kind' | 'motion'>): readonly string[] {
	return kind === 'prospect' || kind === 'facts' ? ((motion.allegations as string[] | undefined) ?? []) : [ALL];
}

/** What a panel has found so far, as far as the next question depends on it. */
export type Before = {
	kind: PanelKind;
	state: Pick<State, 'hearing' | 'interim' | 'phase'>;
	rounds: readonly Round[];
	isLate: boolean;
	isBreach: boolean | null;
	hasFact: boolean;
};

/** The question that may be put to a panel next, or null: one is open, or what was decided is to be written down first. Pure. */
export function nextQuestion(before: Before): RoundKind | null {
	if (before.rounds.some(({ carried }) => carried === null)) return null;
	return NEXT[before.kind](before);
}

const last = ({ rounds }: Pick<Before, 'rounds'>, kind: RoundKind) => rounds.findLast((one) => one.kind === kind);
export const carriedIn = (before: Pick<Before, 'rounds'>, kind: RoundKind): string | null => last(before, kind)?.carried?.[ALL] ?? null;

const hearing = (before: Before): RoundKind | null => {
	const { hearing: step } = before.state;
	if (step === 'not_begun') return last(before, 'facts') ? null : 'facts';
	if (step === 'facts') return before.hasFact && !last(before, 'breach') ? 'breach' : null;
	return step === 'breach' && before.isBreach && carriedIn(before, 'sanction') !== 'agree' ? 'sanction' : null;
};

const NEXT: Record<PanelKind, (before: Before) => RoundKind | null> = {
	screening: (before) => {
		if (!last(before, 'prospect')) return 'prospect';
		return last(before, 'way') ? null : 'way';
	},
	interim: (before) => {
		if (before.state.interim === 'in_force') return last(before, 'interim_review') ? null : 'interim_review';
		return before.state.interim === 'asked' && carriedIn(before, 'interim') !== 'impose' ? 'interim' : null;
	},
	hearing,
	health: hearing,
	appeal: (before) => {
		if (before.isLate && !last(before, 'leave')) return 'leave';
		if (carriedIn(before, 'leave') === 'refused' || carriedIn(before, 'filter') === 'none') return null;
		if (!last(before, 'filter')) return 'filter';
		return carriedIn(before, 'appeal') === 'agree' ? null : 'appeal';
	},
};

/** Which ways a screening panel may choose between: a hearing needs an allegation with a real prospect, and none is dropped that has one. Pure. */
export function waysAfter({ rounds }: Pick<Before, 'rounds'>): string[] {
	const found = Object.values(last({ rounds }, 'prospect')?.carried ?? {});
	return found.includes('real_prospect') ? ['referred', 'advised'] : ['advised', 'no_case'];
}

/** Was an appeal lodged after its time? Then the chair gives leave first, or does not. Pure. */
export function isLateAppeal({ outcomeOn }: Pick<State, 'outcomeOn'>, steps: readonly Step[], appealDays: number): boolean {
	const appealed = steps.findLast(({ kind }) => kind === 'appealed');
	return appealed !== undefined && outcomeOn !== null && appealed.onDay > addDays(outcomeOn, appealDays);
}

/** Did the panel find a breach in this hearing, or null before it said. Pure. */
export function breachIn(steps: readonly Step[]): boolean | null {
	const since = steps.slice(steps.findLastIndex(({ kind, data }) => kind === 'referred' || (kind === 'appeal_decided' && data.result === 'quashed')) + 1);
	const found = since.findLast(({ kind }) => kind === 'breach_found');
	return found === undefined ? null : found.data.isBreach === true;
}

export type { Motion };
