import { z } from 'zod';
import { last } from '#core/fields.ts';
import { type RatingInput, ratingForm, retractForm } from './rating-form.ts';
import { type ReportInput, reportForm } from './report-form.ts';
import type { RatingScale } from './rules.ts';

/** What a supervisor does on the page of their link: rate a recording, take a rating back, or sign. */
export type LinkAct = { act: 'rate'; rating: RatingInput } | { act: 'retract'; ratingId: string; reason: string } | { act: 'sign'; report: ReportInput };

/** Reads the form that was sent by its button. */
export function linkForm(scale: RatingScale) {
	return z.record(z.string(), z.unknown()).transform((raw, check): LinkAct => {
		const act = String(last(raw.act) ?? '');
		const read = act === 'rate' ? ratingForm(scale).safeParse(raw) : act === 'retract' ? retractForm.safeParse(raw) : reportForm.safeParse(raw);
		if (!read.success) {
			for (const { path, message } of read.error.issues) check.addIssue({ code: 'custom', path: [String(path[0] ?? '')], message });
			return z.NEVER;
		}
		if (act === 'rate') return { act, rating: read.data as RatingInput };
		if (act === 'retract') return { act, ratingId: String(last(raw.rating) ?? ''), reason: (read.data as { reason: string }).reason };
		return { act: 'sign', report: read.data as ReportInput };
	});
}
