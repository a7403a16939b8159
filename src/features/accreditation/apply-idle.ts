import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, daysBetween } from '#core/dates.ts';
import { isExpected } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { draftClosed, draftWaits, returnedIdle } from './apply-mails.ts';
import { post, postTo } from './apply-post.ts';
import { keyOf } from './apply-queries.ts';
import { endRequests, forgetDraft } from './apply-withdraw.ts';
import { type Standing, standingOf, takeStep } from './step.ts';

const FURTHEST_DAYS = 62;

/**
 * Reminds people of drafts that wait for them, as many days before the last one as the standards say, and closes those whose time is over; what was
 * typed is deleted. One that was sent before and came back is never closed by itself: the office is told.
 */
export function closeIdleDrafts(ctx: Ctx): { reminded: number; closed: number } {
	const sum = { reminded: 0, closed: 0 };
	const text = "SELECT id FROM accreditation_application WHERE phase = 'draft' AND due_on <= ? ORDER BY due_on, id";
	for (const id of prepared(ctx.db.sql, text).pluck().all(addDays(ctx.today, FURTHEST_DAYS)) as string[]) {
		const standing = standingOf(ctx.db, id);
		const { dueOn } = standing.application;
		if (dueOn === null) continue;
		const daysLeft = daysBetween(ctx.today, dueOn);
		if (daysLeft > 0) sum.reminded += remind(ctx, standing, { daysLeft, closesOn: dueOn });
		else if (standing.state.submissions === 0) sum.closed += close(ctx, standing);
		else sum.reminded += tellOffice(ctx, standing);
	}
	return sum;
}

function remind(ctx: Ctx, { application, standards, state }: Standing, { daysLeft, closesOn }: { daysLeft: number; closesOn: string }): number {
	const due = standards.limits.draftReminderDays.filter((days) => days >= daysLeft);
	if (due.length === 0) return 0;
	const key = `accreditation.draft-waits:${application.id}:${closesOn}:${Math.min(...due)}`;
	if (prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(key)) return 0;
	const about = { id: application.id, key: keyOf(application), daysLeft: Math.min(...due), closesOn, isClosing: state.submissions === 0 };
	commit(ctx, { name: 'remindApplicant' }, (tx) => {
		postTo(tx, application.personId, (to) => draftWaits(ctx.settings, about, to));
		record(tx, 'accreditation.reminded', { type: 'application', id: application.id }, { days: about.daysLeft });
	});
	return 1;
}

/** Whoever sends it in this very moment is faster: then nothing is closed. */
function close(ctx: Ctx, standing: Standing): number {
	try {
		commit(ctx, { name: 'closeDraft', reason: 'nobody went on with it' }, (tx) => {
			endRequests(tx, standing);
			const { application } = takeStep(tx, standingOf(tx.db, standing.application.id), 'closed');
			forgetDraft(tx, application.id);
			postTo(tx, application.personId, (to) => draftClosed(ctx.settings, application, to));
		});
		return 1;
	} catch (error) {
		if (isExpected(error)) return 0;
		throw error;
	}
}

function tellOffice(ctx: Ctx, { application, state }: Standing): number {
	const mail = returnedIdle(ctx.settings, { id: application.id, reference: application.reference ?? '', since: state.phaseFromOn });
	if (prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(mail.dedupeKey)) return 0;
	commit(ctx, { name: 'tellOfReturned' }, (tx) => {
		post(tx, mail);
		record(tx, 'accreditation.reminded', { type: 'application', id: application.id }, { office: true });
	});
	return 1;
}
