import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Actor } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import type { EventKind } from '#core/events.ts';
import { prepared } from '#db/prepared.ts';
import type { membershipApplication } from '#db/schema/index.ts';
import { canDecide } from './policy.ts';

export type Application = typeof membershipApplication.$inferSelect;
export type ApplicationState = Application['state'];
export type ApplicationAction = (typeof MOVES)[number]['action'];
/** `second_officer`: an officer other than the one who proposed. */
type Who = 'applicant' | 'officer' | 'second_officer' | 'system';
type Move = { from: ApplicationState; action: string; to: ApplicationState; who: Who; event: EventKind };

const move = <A extends string>(from: ApplicationState, action: A, to: ApplicationState, who: Who, event: EventKind) => ({ from, action, to, who, event });

/** An application from the first word to the answer: what may happen in which state, and who may do it (workflows.md §6.1). */
export const MOVES = [
	move('draft', 'submit', 'submitted', 'applicant', 'membership.application_sent'),
	move('submitted', 'ask', 'more_wanted', 'officer', 'membership.application_question'),
	move('more_wanted', 'answer', 'submitted', 'applicant', 'membership.application_answered'),
	move('submitted', 'admit', 'admitted', 'officer', 'membership.application_admitted'),
	move('submitted', 'decline', 'decline_proposed', 'officer', 'membership.decline_proposed'),
	move('decline_proposed', 'confirm', 'declined', 'second_officer', 'membership.application_declined'),
	move('decline_proposed', 'return', 'submitted', 'officer', 'membership.decline_returned'),
	move('admitted', 'pay', 'joined', 'system', 'membership.joined'),
	...(['draft', 'submitted', 'more_wanted', 'decline_proposed', 'admitted'] as const).map((from) =>
		move(from, 'withdraw', 'withdrawn', 'applicant', 'membership.application_withdrawn'),
	),
	...(['draft', 'more_wanted', 'admitted'] as const).map((from) => move(from, 'close', 'closed', 'system', 'membership.application_closed')),
] as const satisfies readonly Move[];

/** May this actor do that now? Buttons and commands ask the same. */
export function mayMove(actor: Actor, application: Pick<Application, 'state' | 'personId' | 'proposedBy'>, action: ApplicationAction): boolean {
	const row = MOVES.find((m) => m.from === application.state && m.action === action);
	if (!row) return false;
	const { who }: { who: Who } = row;
	if (who === 'system') return true;
	if (who === 'applicant') return actor.kind === 'person' && actor.personId === application.personId;
	const isFree = who === 'officer' || (actor.kind === 'person' && actor.personId !== application.proposedBy);
	return isFree && canDecide(actor, application.personId);
}

type Changes = Partial<Pick<Application, (typeof CHANGEABLE)[number]>>;
const CHANGEABLE = [
	'reference',
	'frozen',
	'answers',
	'submittedOn',
	'submittedAt',
	'promisedDays',
	'pausedOn',
	'pausedDays',
	'removedMatch',
	'question',
	'reply',
	'declineReason',
	'proposedBy',
	'decidedBy',
	'decidedAt',
] as const;

/**
 * Moves an application on, once: whoever comes second meets a Conflict that says what happened.
 * @param changes facts that come with it; @param told what the event says, without personal data. @throws Conflict
 */
export function advance(tx: Tx, application: Application, action: ApplicationAction, changes: Changes = {}, told: Record<string, unknown> = {}): void {
	const row = MOVES.find((m) => m.from === application.state && m.action === action);
	if (!row) throw new Conflict(WHAT_HAPPENED[application.state]);
	const after = { ...application, ...changes };
	const sets = CHANGEABLE.map((name) => `${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)} = ?`).join(', ');
	const frozen = application.frozen === null;
	const text = frozen ? sets : sets.replace('reference = ?, frozen = ?, ', '');
	const names = frozen ? CHANGEABLE : CHANGEABLE.slice(2);
	const { changes: count } = prepared(
		tx.db.sql,
		`UPDATE membership_application SET ${text}, state = ?, touched_on = ?, version = version + 1 WHERE id = ? AND version = ? AND state = ?`,
	).run(...names.map((name) => after[name]), row.to, tx.ctx.today, application.id, application.version, row.from);
	if (count === 0) throw new Conflict(WHAT_HAPPENED[application.state]);
	record(tx, row.event, { type: 'person', id: application.personId }, { application: application.id, from: row.from, to: row.to, ...told });
}

export const WHAT_HAPPENED: Record<ApplicationState, string> = {
	draft: 'This application was changed in another window. Open it again to see where it stands.',
	submitted: 'This application has been sent, or somebody has dealt with it just now. Open it again to see where it stands.',
	more_wanted: 'The applicant has been asked for more, or has just answered. Open it again to see where it stands.',
	decline_proposed: 'Somebody proposed to decline this application, or dealt with it just now. Open it again to see where it stands.',
	admitted: 'This application has been admitted already.',
	joined: 'This applicant is a member already.',
	declined: 'This application has been declined already.',
	withdrawn: 'This application was withdrawn.',
	closed: 'This application was closed.',
};
