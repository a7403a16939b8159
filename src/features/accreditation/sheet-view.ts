import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { nameOf } from '#features/membership/index.ts';
import { type FileSection, fileOf } from './gate-file.ts';
import { type Assignment, assessorSight, type Sight } from './gate-sight.ts';
import { canTake } from './policy.ts';
import type { CriterionAgreement } from './sheet-agreement.ts';
import { digestOf, type Mark, type Sheet, sealedSheets, sheetOf } from './sheet-queries.ts';
import { type Difference, differencesOf, reconciliationsOf, toMend } from './sheet-reconcile.ts';
import { MARK_LABELS, RECOMMENDATION_LABELS } from './sheet-words.ts';
import { routeOf, type Section, standardSet } from './standards.ts';
import { isMarked, refusalOf } from './state.ts';

export type MarkingView = { part: FileSection; marks: Mark[]; saw: string; next: string | null; isSealed: boolean; place: string };

/** One part of an application beside one's own marks; null when the route has no such part. */
export function markingView(ctx: Ctx, sight: Sight & { assignment: Assignment }, sectionKey: string): MarkingView | null {
	const { sections } = sight.route;
	const at = sections.findIndex(({ key }) => key === sectionKey);
	const part = fileOf(ctx, sight).sections[at];
	if (!part) return null;
	const marks = sheetOf(ctx.db, sight.assignment).marks.filter(({ section }) => section === sectionKey);
	const next = sections[at + 1]?.key ?? null;
	return { part, marks, saw: digestOf(marks), next, isSealed: sight.assignment.sealedAt !== null, place: `Part ${at + 1} of ${sections.length}` };
}

/** How many criteria of each part are marked on one's own sheet. */
export function markedCount(ctx: Ctx, { id }: Assignment): Record<string, number> {
	const text = 'SELECT section, count(*) AS marked FROM accreditation_mark WHERE assessor_id = ? GROUP BY section';
	const rows = prepared(ctx.db.sql, text).all(id) as { section: string; marked: number }[];
	return Object.fromEntries(rows.map(({ section, marked }) => [section, marked]));
}

/** One's own sheet before it is sealed, and the parts that are not wholly marked. */
export function sealView(ctx: Ctx, { assignment, route }: Sight & { assignment: Assignment }): { sheet: Sheet; saw: string; missing: Section[] } {
	const sheet = sheetOf(ctx.db, assignment);
	const isDone = ({ key, criteria }: Section) => criteria.every((one) => sheet.marks.some((mark) => mark.section === key && mark.criterion === one.key));
	return { sheet, saw: digestOf(sheet.marks), missing: route.sections.filter((section) => !isDone(section)) };
}

/** Whose sheet it is, and which. */
export function sheetTitle(ctx: Ctx, { personId, place, isBlind, endedAt, sealedAt }: Sheet): string {
	const role = place === 1 ? 'lead' : isBlind ? 'marked blind' : 'second assessor';
	const earlier = endedAt === null ? '' : ', an earlier sheet';
	return `${nameOf(ctx.db, personId) ?? 'Somebody'} (${role}${earlier}${sealedAt === null ? ', not sealed' : ''})`;
}

/** `mend`: how many criteria all sheets say can be mended, where asking comes first. */
export type ReconcileView = { sight: Sight; differences: Difference[]; mend: number; mayNow: boolean };

/** What the lead brings together. Nothing of the others is in it before all sheets are open. @throws NotFound for everybody but the lead */
export function reconcileView(ctx: Ctx, reference: string): ReconcileView {
	const sight = assessorSight(ctx, reference);
	const isOpen = isMarked(sight.state, sight.route);
	const mayNow =
		isOpen && sight.assignment.place === 1 && canTake(ctx.actor, sight.tie, 'reconciled') && refusalOf(sight.state, 'reconciled', sight.route) === null;
	const differences = isOpen ? differencesOf(sealedSheets(ctx.db, sight.application.id)) : [];
	return { sight, differences, mend: toMend(ctx.db, sight), mayNow };
}

/** What assessors came to, each time, in lines to read. */
export function reconciledRows(ctx: Ctx, { application, route }: Sight): { key: string; value: string }[][] {
	const textOf = (section: string, criterion: string) =>
		route.sections.find(({ key }) => key === section)?.criteria.find(({ key }) => key === criterion)?.text ?? criterion;
	return reconciliationsOf(ctx.db, application.id).map(({ recommendation, words, differences, writtenBy, writtenAt }) => [
		{ key: 'Recommendation', value: RECOMMENDATION_LABELS[recommendation] },
		{ key: 'Why', value: words },
		...differences.map(({ section, criterion, mark, why }) => ({ key: textOf(section, criterion), value: `${MARK_LABELS[mark]}: ${why}` })),
		{
			key: 'Written',
			value: `${writtenBy === null ? 'By the system, as the sheets agree' : (nameOf(ctx.db, writtenBy) ?? 'Somebody')}, ${sayInstant(writtenAt)}`,
		},
	]);
}

/** Agreement as rows of a table: criterion, route, pairs, share, kappa. */
export function agreementRows(ctx: Ctx, all: readonly CriterionAgreement[]): string[][] {
	return all.map(({ route, version, section, criterion, pairs, share, kappa }) => {
		const found = routeOf(standardSet(ctx.db, version).standards, route);
		const text = found.sections.find(({ key }) => key === section)?.criteria.find(({ key }) => key === criterion)?.text ?? criterion;
		return [text, `${found.title} (${version})`, pairs.toLocaleString('en-GB'), `${Math.round(share * 100)} %`, kappa === null ? '–' : kappa.toFixed(2)];
	});
}
