import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, daysBetween } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { release } from './hold-commands.ts';
import { answerOverdue, moreAskedReminder } from './round-mails.ts';
import { type Standing, standingOf, takeStep } from './step.ts';

export type TimersRun = { released: number; overdue: number; reminded: number };

/**
 * What time alone brings, in one sweep over the days: a hold that is over is released; a round that nobody answered goes to a person and
 * declines nothing; applicants are reminded. Each in a write of its own; where somebody was faster, nothing is done. Run twice it does nothing twice.
 */
export function runTimers(ctx: Ctx): TimersRun {
	const waiting = (from: string, to: string) => prepared(ctx.db.sql, WAITING).pluck().all({ from, to }) as string[];
	const held = prepared(ctx.db.sql, HELD).pluck().all(ctx.today) as string[];
	const released = countDone(held, (id) => take(ctx, id, 'release application', release));
	const overdue = countDone(waiting('', addDays(ctx.today, -1)), (id) => take(ctx, id, 'note a missing answer', noteOverdue));
	const reminded = countDone(waiting(ctx.today, addDays(ctx.today, LONGEST_NOTICE)), (id) => remind(ctx, standingOf(ctx.db, id)));
	return { released, overdue, reminded };
}

const LONGEST_NOTICE = 60;
const WAITING = "SELECT id FROM accreditation_application WHERE phase = 'waiting_on_applicant' AND due_on BETWEEN :from AND :to ORDER BY due_on, id";
const HELD = 'SELECT id FROM accreditation_application WHERE held_until_on <= ? ORDER BY held_until_on, id';

function countDone(ids: readonly string[], act: (id: string) => boolean): number {
	return ids.filter(act).length;
}

function take(ctx: Ctx, id: string, name: string, act: (tx: Tx, standing: Standing) => unknown): boolean {
	try {
		commit(ctx, { name }, (tx) => act(tx, standingOf(tx.db, id)));
		return true;
	} catch (error) {
		if (error instanceof Conflict) return false;
		throw error;
	}
}

function noteOverdue(tx: Tx, standing: Standing): void {
	const { id, personId, reference } = standing.application;
	const taken = takeStep(tx, standing, 'information_overdue', { round: standing.state.rounds });
	postTo(tx, personId, (to) => answerOverdue(tx.ctx.settings, { key: `${id}:${taken.seen}`, reference: reference ?? '' }, to));
}

/** Once for a round, a day and a distance: the nearest distance that has been reached. */
function remind(ctx: Ctx, { application, standards, state }: Standing): boolean {
	const { id, personId, reference, dueOn } = application;
	if (dueOn === null) return false;
	const left = daysBetween(ctx.today, dueOn);
	const notice = Math.min(...standards.limits.roundReminderDays.filter((days) => left <= days));
	const key = `${id}:${state.rounds}:${dueOn}:${notice}`;
	const wasSent = prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(`accreditation.answer-reminder:${key}`) !== undefined;
	if (notice === Number.POSITIVE_INFINITY || wasSent) return false;
	commit(ctx, { name: 'remind of a round' }, (tx) => {
		postTo(tx, personId, (to) => moreAskedReminder(ctx.settings, { key, reference: reference ?? '', dueOn }, to));
		record(tx, 'accreditation.reminded', { type: 'application', id }, { round: state.rounds, daysBefore: notice });
	});
	return true;
}
