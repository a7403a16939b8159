import type { Ctx } from '#core/ctx.ts';
import { NOTHING_SAVED, type Saved, savedIn } from './apply-queries.ts';
import { type Evidence, evidenceIn } from './evidence-queries.ts';
import { requestsIn } from './request-queries.ts';
import { type RequestView, viewOfRequest } from './request-state.ts';
import { countsFor, type RuleCount } from './rule-count.ts';
import type { Section } from './standards.ts';
import type { Standing } from './step.ts';

/** `todo`: nothing there; `begun`: something is; `done`: all that it asks for. What can be counted never decides by itself. */
export type SectionState = 'todo' | 'begun' | 'done';
export type SectionView = { section: Section; saved: Saved; evidence: Evidence[]; counts: RuleCount[]; state: SectionState };
/** Somebody the route asks for a word of: the newest request for that place, or nobody named yet. */
export type AskedView = { kind: 'reference' | 'supervisor_report'; place: number; hint: string; request: RequestView | null; isNamed: boolean };
export type DraftView = { sections: SectionView[]; asked: AskedView[]; isComplete: boolean };

/** An application section by section with what is there and what can be counted today. Never authorises. */
export function draftView(ctx: Ctx, standing: Standing): DraftView {
	const { application, route } = standing;
	const saved = savedIn(ctx.db, application.id);
	const evidence = evidenceIn(ctx.db, application.id);
	const sections = route.sections.map((section) => {
		const here = { saved: saved.get(section.key) ?? NOTHING_SAVED, evidence: evidence.filter((one) => one.section === section.key) };
		return { section, ...here, counts: countsFor(ctx.db, application.personId, section, ctx.today), state: stateOfSection(section, here) };
	});
	const asked = askedOf(ctx, standing);
	const isDone = ({ section, state }: SectionView) => state === 'done' || (!section.isRequired && state === 'todo');
	return { sections, asked, isComplete: sections.every(isDone) && asked.every(({ isNamed }) => isNamed) };
}

/**
 * A section is done when its question is answered; where it asks nothing in words, when some evidence is chosen. Whether that is enough is for
 * those who assess.
 */
export function stateOfSection({ question }: Pick<Section, 'question'>, { saved, evidence }: Pick<SectionView, 'saved' | 'evidence'>): SectionState {
	const hasWords = (saved.answers.text ?? '') !== '';
	const sound = evidence.filter(({ failedScanAt }) => failedScanAt === null);
	if (question === null ? sound.length > 0 : hasWords) return 'done';
	return hasWords || evidence.length > 0 ? 'begun' : 'todo';
}

/** The places that a route wants filled, each with the newest request for it. */
export function askedOf(ctx: Ctx, { application, route }: Standing): AskedView[] {
	const requests = requestsIn(ctx.db, application.id);
	return route.requests.flatMap(({ kind, count, hint }) =>
		Array.from({ length: count }, (_, index) => {
			const newest = requests.filter((one) => one.kind === kind && one.place === index + 1).at(-1);
			const request = newest ? viewOfRequest(newest, ctx.today) : null;
			return { kind, place: index + 1, hint, request, isNamed: request !== null && (request.isOpen || request.state === 'answered') };
		}),
	);
}
