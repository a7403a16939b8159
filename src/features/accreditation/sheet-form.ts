import { z } from 'zod';
import { text } from '#core/fields.ts';
import type { Mark } from './sheet-queries.ts';
import { RECOMMENDATION_LABELS } from './sheet-words.ts';
import type { Reason, Section } from './standards.ts';

const LIMIT = 4000;
const TOO_LONG = `Shorten this to ${LIMIT.toLocaleString('en-GB')} characters or fewer.`;
const words = text(LIMIT, TOO_LONG);
const mark = z.enum(['met', 'fixable', 'declining']);

export type MarksInput = { saw: string; marks: Mark[] };

/**
 * The marks of one part. A criterion may be left for later; one that is not met needs a reason of that kind.
 * Of each criterion come `mark-…`, `reason-…` and `words-…`.
 */
export function marksForm(section: Section, reasons: readonly Reason[]): z.ZodType<MarksInput> {
	return z.record(z.string(), z.unknown()).transform((typed, check): MarksInput => {
		const marks = section.criteria.flatMap(({ key }) => markTyped(typed, { section: section.key, key, reasons, check }));
		return { saw: String(typed.saw ?? ''), marks };
	});
}

type About = { section: string; key: string; reasons: readonly Reason[]; check: z.RefinementCtx };

function markTyped(typed: Record<string, unknown>, { section, key, reasons, check }: About): Mark[] {
	const said = words.safeParse(typed[`words-${key}`] ?? '');
	if (!said.success) return wrong(check, `words-${key}`, TOO_LONG);
	const chosen = mark.safeParse(typed[`mark-${key}`]);
	if (!chosen.success) return said.data === '' ? [] : wrong(check, `mark-${key}`, 'Choose a mark too, so that your words can be kept.');
	if (chosen.data === 'met') return [{ section, criterion: key, mark: 'met', reason: null, words: said.data }];
	const reason = reasons.find((one) => one.key === typed[`reason-${key}`] && one.kind === chosen.data);
	if (!reason) return wrong(check, `reason-${key}`, chosen.data === 'fixable' ? 'Choose what can be mended.' : 'Choose why it cannot be mended.');
	return [{ section, criterion: key, mark: chosen.data, reason: reason.key, words: said.data }];
}

function wrong(check: z.RefinementCtx, field: string, message: string): [] {
	check.addIssue({ code: 'custom', path: [field], message });
	return [];
}

const recommendation = z.enum(Object.keys(RECOMMENDATION_LABELS) as (keyof typeof RECOMMENDATION_LABELS)[], 'Choose what you recommend.');
const summary = words.refine((v) => v !== '', 'Write a few sentences: the committee reads them.');

/** Sealing one's sheet. */
export const sealForm = z.object({ saw: z.string().catch(''), recommendation, summary });
export type SealInput = z.output<typeof sealForm>;

export type ReconcileInput = {
	seen: number;
	recommendation: z.output<typeof recommendation>;
	words: string;
	differences: { section: string; criterion: string; mark: Mark['mark']; why: string }[];
};

/** What the lead writes where sheets differ: for each difference the mark that all stand behind, and why. */
export function reconcileForm(differing: readonly { section: string; criterion: string }[]): z.ZodType<ReconcileInput> {
	return z.record(z.string(), z.unknown()).transform((typed, check): ReconcileInput => {
		const differences = differing.flatMap(({ section, criterion }) => {
			const chosen = mark.safeParse(typed[`mark-${section}-${criterion}`]);
			const why = words.safeParse(typed[`why-${section}-${criterion}`] ?? '');
			if (!chosen.success) return wrong(check, `mark-${section}-${criterion}`, 'Choose the mark that all of you stand behind.');
			if (!why.success || why.data === '') return wrong(check, `why-${section}-${criterion}`, why.success ? 'Write how you came to it.' : TOO_LONG);
			return [{ section, criterion, mark: chosen.data, why: why.data }];
		});
		const advised = recommendation.safeParse(typed.recommendation);
		if (!advised.success) wrong(check, 'recommendation', 'Choose what you recommend together.');
		const said = summary.safeParse(typed.words ?? '');
		if (!said.success) wrong(check, 'words', said.error.issues[0]?.message ?? TOO_LONG);
		const seen = z.coerce.number().int().catch(-1).parse(typed.seen);
		return { seen, recommendation: advised.data ?? 'decline', words: said.data ?? '', differences };
	});
}
