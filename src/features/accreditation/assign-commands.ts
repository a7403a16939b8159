import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import type { AssignInput, ReplaceInput } from './assign-form.ts';
import { askedToAssess, noLongerNeeded } from './assign-mails.ts';
import { barFor, freePlace, isAssessorOn } from './assign-queries.ts';
import { forOfficer } from './check-commands.ts';
import { assignmentOf } from './gate-sight.ts';
import { endAssignment } from './sheet-fresh.ts';
import { takeStep } from './step.ts';

/**
 * Gives an application to an assessor: the first place is the lead, those past what the route asks for mark blind.
 * @throws NotFound, Conflict; Invalid when they are no assessor or the record ties them to the applicant
 */
export function assignAssessor(ctx: Ctx, reference: string, { seen, person }: AssignInput): void {
	const sight = forOfficer(ctx, reference, 'assigned', seen);
	const { application } = sight;
	if (!isAssessorOn(ctx, person)) throw new Invalid('person', 'Choose somebody who holds the role of assessor.');
	const bar = barFor(ctx, application.id, person);
	if (bar !== null) throw new Invalid('person', `This assessor cannot be chosen: ${bar}.`);
	if (assignmentOf(ctx.db, application.id, person)) throw new Conflict('They have this application already.');
	const free = freePlace(sight);
	if (free === null) throw new Conflict('Enough assessors have this application already.');
	commit(ctx, { name: 'assign assessor' }, (tx) => {
		const id = newId();
		// The step first: it tells the second of two officers in words what the schema would refuse without any.
		const taken = takeStep(tx, sight, 'assigned', { person, ...free });
		prepared(tx.db.sql, INSERT).run(id, application.id, person, free.place, Number(free.isBlind), personOf(ctx).personId, ctx.now);
		postTo(tx, person, (to) => askedToAssess(ctx.settings, { key: id, reference, dueOn: taken.application.dueOn }, to));
	});
}

/** Takes an application from an assessor; their place is free again and what they marked is kept. @throws NotFound, Conflict */
export function replaceAssessor(ctx: Ctx, reference: string, { seen, person, because, words }: ReplaceInput): void {
	const sight = forOfficer(ctx, reference, 'unassigned', seen);
	const assignment = assignmentOf(ctx.db, sight.application.id, person);
	if (assignment === null) throw new Conflict('They do not have this application any more.');
	commit(ctx, { name: 'replace assessor', reason: words }, (tx) => {
		endAssignment(tx, assignment.id, because);
		takeStep(tx, sight, 'unassigned', { person, place: assignment.place, because });
		postTo(tx, person, (to) => noLongerNeeded(ctx.settings, { key: assignment.id, reference }, to));
	});
}

const INSERT = 'INSERT INTO accreditation_assessor (id, application_id, person_id, place, is_blind, assigned_by, assigned_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
