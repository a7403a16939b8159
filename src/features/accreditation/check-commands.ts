import { createHash, randomBytes } from 'node:crypto';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { removedMatchOf } from '#features/membership/index.ts';
import { postTo } from './apply-post.ts';

import type { ReturnInput } from './check-form.ts';
import { foundComplete, sentBack } from './check-mails.ts';
import { officerSight, type Sight } from './gate-sight.ts';
import type { StepKind } from './phases.ts';
import { canTake } from './policy.ts';
import { PHASE_SAID } from './state.ts';
import { refuseStale, takeStep } from './step.ts';

/** What an officer does with an application. `seen`: how many steps they saw; `words`: the reason or note that is owed. */
export type OfficerAct = { seen: number; words: string };

/**
 * Finds an application complete: it goes to the assessors. Where one assessor is enough, chance decides whether a second marks it blind; the
 * seed stands in the step, so that anybody can repeat the draw (`isDrawn`).
 * @throws NotFound, Conflict; Invalid when the applicant bears the marks of somebody removed and no note says how that was settled
 */
export function acceptApplication(ctx: Ctx, reference: string, { seen, words }: OfficerAct): void {
	const sight = forOfficer(ctx, reference, 'accepted', seen);
	const { application, route, standards } = sight;
	if (words === '' && removedMatchOf(ctx.db, ctx.keys, application.personId) !== 'none')
		throw new Invalid('words', 'Write how you made sure that this is not the person who was removed, or why they may come back.');
	const seed = randomBytes(8).toString('hex');
	const draw = route.assessors === 1 ? { blind: isDrawn(seed, application.id, standards.blindPercent), seed } : { blind: false };
	commit(ctx, { name: 'accept application', reason: words || undefined }, (tx) => {
		const taken = takeStep(tx, sight, 'accepted', draw);
		const about = { key: `${application.id}:${taken.seen}`, reference, dueOn: taken.application.dueOn };
		postTo(tx, application.personId, (to) => foundComplete(ctx.settings, about, to));
	});
}

/** Is an application drawn for a second assessor who marks blind? The same seed gives the same answer: the first four bytes of a SHA-256 of both. */
export function isDrawn(seed: string, applicationId: string, percent: number): boolean {
	const number = createHash('sha256').update(`${seed}:${applicationId}`).digest().readUInt32BE(0);
	return (number / 2 ** 32) * 100 < percent;
}

/**
 * Sends an application back to the applicant: what is missing, part by part, and by when it should be sent again.
 * @throws NotFound, Conflict; Invalid when nothing is named or the day is none
 */
export function returnApplication(ctx: Ctx, reference: string, { seen, items, dueOn }: ReturnInput): void {
	const sight = forOfficer(ctx, reference, 'returned', seen);
	const { application, state, standards } = sight;
	if (dueOn <= ctx.today || dueOn > addMonths(ctx.today, standards.limits.draftMonths))
		throw new Invalid('dueOn', `Choose a day to come, within ${standards.limits.draftMonths} months.`);
	commit(ctx, { name: 'return application' }, (tx) => {
		const text = `INSERT INTO accreditation_return (id, application_id, submission, section, words, due_on, returned_by, returned_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
		for (const { section, words } of items)
			prepared(tx.db.sql, text).run(newId(), application.id, state.submissions, section, words, dueOn, personOf(ctx).personId, ctx.now);
		const taken = takeStep(tx, sight, 'returned', { sections: items.map(({ section }) => section), dueOn });
		postTo(tx, application.personId, (to) => sentBack(ctx.settings, { key: `${application.id}:${taken.seen}`, reference, dueOn }, to));
	});
}

/** An application on which an officer may take a step, as they saw it. @throws NotFound; Conflict when it has moved on since */
export function forOfficer(ctx: Ctx, reference: string, kind: StepKind, seen: number): Sight {
	const sight = officerSight(ctx, reference);
	refuseStale(sight, seen);
	if (!canTake(ctx.actor, sight.tie, kind)) throw new Conflict(PHASE_SAID[sight.state.phase]);
	return sight;
}
