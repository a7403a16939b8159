import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { type Mail, queueMail } from '#core/outbox.ts';
import { allow, personOf } from '#core/policy.ts';
import type { Settings } from '#settings';
import { admitted, declined, moreWanted } from './application-mails.ts';
import { applicationFor, type Sent, sentOf } from './application-queries.ts';
import { type Application, type ApplicationAction, advance, mayMove, WHAT_HAPPENED } from './application-states.ts';
import { mailAddressOf } from './contact.ts';
import { costOf, termFrom } from './cost.ts';
import { membershipStatusOf } from './facts-queries.ts';
import type { MembershipHandlers } from './handlers.ts';
import { orderPurchase } from './purchases.ts';
import { membershipRules } from './rules.ts';

/** What an officer does with an application. `version`: what they saw; `words`: the question, the reason or the note that is owed. */
export type OfficerMove = { reference: string; version: number; words: string };

/**
 * Accepts an application: the fee is invoiced, and the membership begins on the day it is paid.
 * @throws NotFound, Forbidden (also about oneself), Conflict, also while they are removed; Invalid when the applicant bears the marks of someone removed and no note says why
 */
export function admitApplicant(ctx: Ctx, input: OfficerMove, handlers: MembershipHandlers): void {
	const application = movable(ctx, input, 'admit');
	if (application.removedMatch !== 'none' && input.words === '')
		throw new Invalid('words', 'Write how you made sure that this is not the person who was removed, or why they may come back.');
	if (membershipStatusOf(ctx, application.personId).state === 'removed') throw new Conflict(NOT_RESTORED);
	commit(ctx, { name: 'admit applicant', reason: input.words || undefined }, (tx) => {
		const decided = { decidedBy: personOf(ctx).personId, decidedAt: ctx.now };
		advance(tx, application, 'admit', decided, { reference: application.reference, removedMatch: application.removedMatch });
		const { category, profession } = sentOf(application) as Sent;
		const dueOn = addDays(ctx.today, membershipRules(tx.db, ctx.today).payDays);
		const { lines } = costOf(ctx, application.personId, category, termFrom(ctx, ctx.today));
		const order = { personId: application.personId, kind: 'join', category, employer: profession.employer, periodId: null, lines, dueOn } as const;
		orderPurchase(tx, { ...order, applicationId: application.id }, handlers);
		tell(tx, application, (settings, to) => admitted(settings, { ...named(application), dueOn }, to));
	});
}

const NOT_RESTORED = 'They were removed from the register, and nobody has restored them: two people who know the case do that first.';

/** Asks the applicant for something; the clock of the promise stands still until they answer. @throws NotFound, Forbidden, Conflict, Invalid */
export function askApplicant(ctx: Ctx, input: OfficerMove): void {
	const application = movable(ctx, input, 'ask');
	if (input.words === '') throw new Invalid('words', 'Write what you want to know.');
	commit(ctx, { name: 'ask applicant' }, (tx) => {
		advance(tx, application, 'ask', { question: input.words, reply: null, pausedOn: ctx.today });
		tell(tx, application, (settings, to) => moreWanted(settings, { ...named(application), round: application.version }, to));
	});
}

/** Proposes to decline. Nothing is told to the applicant: a second officer has to agree. @throws NotFound, Forbidden, Conflict, Invalid */
export function proposeDecline(ctx: Ctx, input: OfficerMove): void {
	const application = movable(ctx, input, 'decline');
	if (input.words === '') throw new Invalid('words', 'Write the reason: the applicant reads it if a second officer agrees.');
	commit(ctx, { name: 'propose to decline' }, (tx) => advance(tx, application, 'decline', { declineReason: input.words, proposedBy: personOf(ctx).personId }));
}

/** A second officer agrees to decline. @throws NotFound; Forbidden for the one who proposed it; Conflict */
export function confirmDecline(ctx: Ctx, input: OfficerMove): void {
	const application = movable(ctx, input, 'confirm');
	commit(ctx, { name: 'decline applicant', reason: input.words || undefined }, (tx) => {
		advance(tx, application, 'confirm', { decidedBy: personOf(ctx).personId, decidedAt: ctx.now }, { reference: application.reference });
		tell(tx, application, (settings, to) => declined(settings, named(application), to));
	});
}

/** Puts an application that somebody proposed to decline back into the queue. @throws NotFound, Forbidden, Conflict */
export function returnToQueue(ctx: Ctx, input: OfficerMove): void {
	const application = movable(ctx, input, 'return');
	commit(ctx, { name: 'return to queue', reason: input.words || undefined }, (tx) =>
		advance(tx, application, 'return', { declineReason: null, proposedBy: null }),
	);
}

/** Opens an application for an officer; that it was read is noted. @throws NotFound */
export function readApplication(ctx: Ctx, reference: string): Application {
	const application = applicationFor(ctx, reference);
	commit(ctx, { name: 'read application' }, (tx) =>
		record(tx, 'membership.application_read', { type: 'person', id: application.personId }, { application: application.id }),
	);
	return application;
}

function movable(ctx: Ctx, input: OfficerMove, action: ApplicationAction): Application {
	const application = applicationFor(ctx, input.reference);
	const isOwn = application.personId === personOf(ctx).personId;
	allow(!isOwn, 'This is your own application: somebody else has to deal with it.');
	allow(action !== 'confirm' || application.proposedBy !== personOf(ctx).personId, 'You proposed this yourself: a second officer has to agree.');
	// What an officer may never do is refused above; here the application has moved on.
	if (!mayMove(ctx.actor, application, action)) throw new Conflict(WHAT_HAPPENED[application.state]);
	return { ...application, version: input.version };
}

function named({ id, reference }: Application): { id: string; reference: string } {
	return { id, reference: reference ?? '' };
}

function tell(tx: Tx, application: Application, make: (settings: Settings, to: string) => Mail): void {
	const to = mailAddressOf(tx.db, application.personId);
	if (to) queueMail(tx, make(tx.ctx.settings, to));
}
