import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import { paths } from '#paths';
import { conditionsWaiting } from './condition-queries.ts';
import { countCandidates } from './meeting-candidates.ts';
import { meetingsFor, meetingView } from './meeting-view.ts';
import { canKeepMeetings, isOfficer } from './policy.ts';
import { canAskUndo } from './undo-policy.ts';

type Work = { label: string; count: number; href: string };

/** What of the committee room waits for the actor, for the first page of the office. */
export function meetingWork(ctx: Ctx): Work[] {
	const coming = meetingsFor(ctx).coming.filter(({ seat }) => seat !== '');
	const todo = coming.reduce((sum, { reference }) => sum + meetingView(ctx, reference).agenda.filter((line) => line.todo !== '').length, 0);
	const rows: Work[] = [];
	if (coming.length > 0) rows.push({ label: 'Items of meetings that wait for your declaration or vote', count: todo, href: paths.meetings() });
	if (isOfficer(ctx.actor)) {
		rows.push({ label: 'Applications that wait for a meeting', count: countCandidates(ctx), href: paths.meetings() });
		rows.push({
			label: 'Conditions that were shown or are late',
			count: conditionsWaiting(ctx).filter(({ state, isLate }) => state === 'shown' || isLate).length,
			href: paths.conditions(),
		});
	}
	if (canKeepMeetings(ctx.actor) && (canAskUndo(ctx.actor) || undosAsked(ctx) > 0))
		rows.push({ label: 'Decisions that somebody asks to undo', count: undosAsked(ctx), href: paths.decisions() });
	return rows;
}

function undosAsked(ctx: Ctx): number {
	return prepared(ctx.db.sql, 'SELECT count(*) FROM decision_undo WHERE confirmed_at IS NULL AND refused_at IS NULL').pluck().get() as number;
}
