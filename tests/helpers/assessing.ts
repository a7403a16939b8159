import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import {
	acceptApplication,
	assignAssessor,
	declareAtGate,
	digestOfMarks,
	type Mark,
	type Recommendation,
	type Route,
	saveMarks,
	sealSheet,
	sheetOf,
	sightOf,
	standingByReference,
	submitApplication,
} from '#features/accreditation/index.ts';
import { aPerson, filledDraft, putStandards, type Someone } from './application.ts';
import { staff } from './committee.ts';

/** People around one application of the test standards without a fee and without referees. */
export type Assessing = { ctx: Ctx; applicant: Someone; officer: Someone; head: Someone; lead: Someone; second: Someone; third: Someone };

export const CRITERIA = [
	['cases', 'competent'],
	['cases', 'complete'],
	['course', 'enough'],
] as const;

/** Standards with one short route, an applicant, an officer, the head, three assessors. @param change makes another route of it */
export function castOf(ctx: Ctx, change: (route: Route) => Partial<Route> = () => ({})): Assessing {
	putStandards(ctx, (route) => ({ feePence: 0, requests: [], ...change(route) }));
	const [lead, second, third] = [staff(ctx, 'Ada', 'assessor'), staff(ctx, 'Bea', 'assessor'), staff(ctx, 'Cyd', 'assessor')] as const;
	const applicant = aPerson(ctx, 'Tess');
	return { ctx, applicant, officer: staff(ctx, 'Olga', 'membership_officer'), head: staff(ctx, 'Hetty', 'registrar'), lead, second, third };
}

/** Sent: its reference. */
export function sent({ applicant }: Assessing): string {
	const key = filledDraft(applicant);
	return submitApplication(applicant.ctx, key, { seen: 1 });
}

export function seen(ctx: Ctx, reference: string): number {
	return standingByReference(ctx.db, reference).seen;
}

export function stateNow(ctx: Ctx, reference: string) {
	return standingByReference(ctx.db, reference).state;
}

/** Found complete by the officer. */
export function accepted(cast: Assessing): string {
	const reference = sent(cast);
	acceptApplication(cast.officer.ctx, reference, { seen: seen(cast.ctx, reference), words: '' });
	return reference;
}

export function give({ officer, ctx }: Assessing, reference: string, someone: Someone): void {
	assignAssessor(officer.ctx, reference, { seen: seen(ctx, reference), person: someone.id });
}

/** With the two assessors, who have declared that nothing ties them to the applicant. */
export function inAssessment(cast: Assessing): string {
	const reference = accepted(cast);
	for (const someone of [cast.lead, cast.second]) {
		give(cast, reference, someone);
		declareAtGate(someone.ctx, reference, { declared: 'none', words: '' });
	}
	return reference;
}

type Said = Partial<Record<(typeof CRITERIA)[number][1], Pick<Mark, 'mark' | 'reason'> & { words?: string }>>;

/** Marks every criterion on somebody's own sheet: met, unless said otherwise. */
export function markAll({ ctx }: { ctx: Ctx }, reference: string, said: Said = {}): void {
	for (const section of ['cases', 'course'] as const) {
		const marks = CRITERIA.filter(([of]) => of === section).map(([, criterion]) => ({
			section,
			criterion,
			words: '',
			...(said[criterion] ?? { mark: 'met' as const, reason: null }),
		}));
		const own = ownMarks(ctx, reference).filter((mark) => mark.section === section);
		saveMarks(ctx, reference, section, { saw: digestOfMarks(own), marks });
	}
}

export function ownMarks(ctx: Ctx, reference: string): Mark[] {
	const { assignment } = sightOf(ctx, reference);
	return assignment === null ? [] : sheetOf(ctx.db, assignment).marks;
}

export function seal({ ctx }: { ctx: Ctx }, reference: string, recommendation: Recommendation = 'award'): void {
	sealSheet(ctx, reference, { saw: digestOfMarks(ownMarks(ctx, reference)), recommendation, summary: 'It shows what it should.' });
}

/** The same person so many days later. */
export function later({ ctx }: { ctx: Ctx }, days: number): Ctx {
	const now = ctx.now + days * 86_400_000;
	const actor = ctx.actor.kind === 'person' ? { ...ctx.actor, provedAt: now } : ctx.actor;
	return { ...ctx, actor, now, today: addDays(ctx.today, days) };
}

export const FIXABLE = { mark: 'fixable', reason: 'evidence_missing', words: 'A certificate is missing.' } as const;
export const DECLINING = { mark: 'declining', reason: 'standard_not_met', words: 'Not met.' } as const;
