import type { StepKind } from './phases.ts';
import type { PromiseKind } from './promises.ts';
import type { Outcome, Step } from './state.ts';

export type LetterSide = 'complainant' | 'respondent';

/**
 * All that a letter may know: what both sides may know of a case, and what is the reader's own. Nothing of the other side. Days as
 * `YYYY-MM-DD`; `due`: what was promised and is open after the step. `allegations`: empty in every letter whose reader is not told them by it.
 */
export type LetterFacts = {
	organisation: string;
	phone: string;
	officer: string | null;
	/** The reader's own, where they gave one. */
	name: string | null;
	step: Pick<Step, 'kind' | 'onDay' | 'bySide' | 'data'>;
	due: Partial<Record<PromiseKind, string>>;
	days: { reply: number; appeal: number; hearingNotice: number; update: number };
	appealBy: string | null;
	allegations: readonly string[];
	outcome: Outcome | null;
	orders: readonly { kind: string; months: number | null }[];
	/** The reasons of the panel, written for both sides. */
	reasons: string | null;
	/** What only the writer of the letter can say: the one thing that a template leaves open. */
	own: string | null;
	/** Was the one it is about told of the case, so that a letter may speak of them as knowing of it? */
	isRespondentTold: boolean;
};

export type Letter = { title: string; paragraphs: string[] };
export type Template = (facts: LetterFacts) => Letter;
export type Templates = Partial<Record<StepKind, Partial<Record<LetterSide, Template>>>>;

/** What somebody still has to write; a letter with one of these left in it is not sent. */
export const slot = (what: string): string => `[Write here: ${what}]`;

/** The slots that nobody has filled yet, in words. Pure. */
export function slotsLeft(text: string): string[] {
	return [...text.matchAll(/\[Write here: ([^\]]*)\]/g)].map(([, what]) => what ?? '');
}

/** Words of the writer, or what they are asked for. */
export const own = ({ own: words }: LetterFacts, what: string): string => words ?? slot(what);

/** One on each line, numbered; or a slot where none is written down. */
export function numbered(items: readonly string[], what: string): string[] {
	return items.length === 0 ? [slot(what)] : items.map((item, index) => `${index + 1}. ${item}`);
}

/** Greeting, what it says, where to turn, and who writes. */
function letter(title: string, facts: LetterFacts, said: readonly string[], support: readonly string[]): Letter {
	const { name, phone, officer, organisation } = facts;
	const ask = phone === '' ? WHERE[0] : `${WHERE[0]} You can also call us on ${phone}.`;
	const sign = officer === null ? organisation : `${officer}, for ${organisation}`;
	return { title, paragraphs: [name === null ? 'Hello,' : `Dear ${name},`, ...said, ...support, ask, sign] };
}

const WHERE = ['If you have a question, write to us on your page for this case.'] as const;
const LISTENS = 'If this is hard to read, you need not be alone with it. Samaritans listen day and night, on 116 123. The call is free.';
const ADVICE = 'Your supervisor, your insurer and your professional body can support you. You may talk to them about this in confidence.';

/** To whoever raised it. `isHard`: with a word on who listens. */
export const toComplainant = (facts: LetterFacts, title: string, said: readonly string[], isHard: boolean): Letter =>
	letter(title, facts, said, isHard ? [LISTENS] : []);

/** To the therapist. `isHard`: with a word on who can support them. */
export const toRespondent = (facts: LetterFacts, title: string, said: readonly string[], isHard: boolean): Letter =>
	letter(title, facts, said, isHard ? [ADVICE, LISTENS] : []);
