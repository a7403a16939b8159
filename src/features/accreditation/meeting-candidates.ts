import type { Ctx } from '#core/ctx.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { interestsIn, OWN_CIRCLE } from './interests.ts';
import type { Meeting } from './meeting-rows.ts';
import { standingOf } from './step.ts';

/** An application that waits for the committee and is on no agenda. */
export type Candidate = { id: string; reference: string; kind: 'application' | 'condition' | 'review'; title: string; dueOn: string | null; isHeld: boolean };

const MOST = 200;

/** What waits for a meeting of a kind, the most urgent first; nothing of the reader's own circle. Never authorises. */
export function agendaCandidates(ctx: Ctx, kind: Meeting['kind']): Candidate[] {
	const { personId } = personOf(ctx);
	const ids = prepared(ctx.db.sql, WAITING)
		.pluck()
		.all(kind === 'review' ? 'review' : 'panel', MOST) as string[];
	return ids.filter((id) => !interestsIn(ctx.db, id, personId).some((interest) => OWN_CIRCLE.includes(interest))).map((id) => candidateOf(ctx, id));
}

function candidateOf({ db }: Ctx, id: string): Candidate {
	const { application, state, route } = standingOf(db, id);
	const reference = application.reference ?? '';
	const kind = state.phase === 'review' ? 'review' : state.decisionId === null ? 'application' : 'condition';
	const titles = { application: `${route.title}: ${reference}`, condition: `A condition was not met: ${reference}`, review: `Review of ${reference}` };
	return { id, reference, kind, title: titles[kind], dueOn: application.dueOn, isHeld: state.hold !== null };
}

const WAITING = `SELECT a.id FROM accreditation_application a WHERE a.phase = ?
	AND NOT EXISTS (SELECT 1 FROM meeting_item i WHERE i.application_id = a.id AND i.resolved_at IS NULL AND i.removed_at IS NULL)
	ORDER BY a.due_on IS NULL, a.due_on, a.id LIMIT ?`;

/** How many applications wait for the committee and are on no agenda yet. */
export function countCandidates(ctx: Ctx): number {
	return agendaCandidates(ctx, 'ordinary').length + agendaCandidates(ctx, 'review').length;
}
