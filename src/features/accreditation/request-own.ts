import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { nameOfPerson, relationRow, supervisedBetween } from '#features/cpd/index.ts';
import { NO_APPLICATION, ownStanding } from './apply-queries.ts';
import { type Addressee, CHANGED, nameRequest, personAt, sendAgainTo, sendRequest } from './request-ask.ts';
import { newestRequest, type RequestKind, type RequestRow } from './request-queries.ts';
import { endRequest } from './request-settle.ts';
import { requestState } from './request-state.ts';
import { PHASE_SAID } from './state.ts';
import type { Standing } from './step.ts';

export type Place = { kind: 'reference' | 'supervisor_report'; place: number };
/** `relationId`: a supervisor out of the supervision log; else somebody by name and address. `isNow`: asked at once, else when the application is sent. */
export type Naming = Place & { relationId: string; name: string; email: string; about: string; isNow: boolean };

/**
 * Names somebody for a reference or report of one's own application: while it is a draft, or later when their place is empty.
 * @throws NotFound; Conflict; Invalid beside `email` for one's own address, or one that is named already
 */
export function nameForRequest(ctx: Ctx, key: string, naming: Naming): void {
	const standing = askable(ctx, key, naming);
	const to = naming.relationId === '' ? byAddress(ctx, standing, naming) : byRelation(ctx, naming.relationId);
	commit(ctx, { name: 'nameForRequest' }, (tx) => {
		const id = nameRequest(tx, standing, { kind: naming.kind, place: naming.place, to, about: naming.about });
		if (naming.isNow || standing.state.phase !== 'draft') sendRequest(tx, id);
	});
}

/** Asks somebody who was named. @throws NotFound, Conflict, Invalid */
export function askNamed(ctx: Ctx, key: string, place: Place): void {
	const standing = askable(ctx, key, place);
	const row = ownRequest(ctx.db, standing, place);
	commit(ctx, { name: 'askNamed' }, (tx) => sendRequest(tx, row.id));
}

/** Takes a name back: before they were asked nothing is left of it but the record; afterwards they are told that it is not needed. @throws NotFound, Conflict */
export function dropNamed(ctx: Ctx, key: string, { version, ...place }: Place & { version: number }): void {
	const standing = askable(ctx, key, place);
	const row = ownRequest(ctx.db, standing, place);
	if (standing.state.phase !== 'draft')
		throw new Conflict('They have been asked for an application that was sent. Write to the office if somebody else is needed.');
	if (row.version !== version) throw new Conflict(CHANGED);
	commit(ctx, { name: 'dropNamed' }, (tx) => endRequest(tx, row, { ending: 'cancelled', isDropped: true }));
}

/** Puts an address right to which a request could not be delivered, and writes there. @throws NotFound, Conflict, Invalid beside `email` */
export function correctAddress(ctx: Ctx, key: string, { version, email, ...place }: Place & { version: number; email: string }): void {
	const standing = askable(ctx, key, place);
	const row = ownRequest(ctx.db, standing, place);
	if (row.version !== version || requestState(row, ctx.today) !== 'bounced') throw new Conflict(CHANGED);
	refuseAddress(ctx.db, standing, email, row.id);
	commit(ctx, { name: 'correctAddress' }, (tx) => sendAgainTo(tx, row, email));
}

/** One's own supervisors out of the log, to be chosen for a report: the key of the supervision, and who it is. */
export function supervisorsToAsk(ctx: Ctx): { relationId: string; name: string }[] {
	const spans = supervisedBetween(ctx.db, personOf(ctx).personId).filter(({ role }) => role === 'supervisee');
	return spans.map(({ relationId, otherPersonId, outsideName }) => ({
		relationId,
		name: outsideName ?? (otherPersonId === null ? 'A supervisor' : nameOfPerson(ctx.db, otherPersonId)),
	}));
}

function askable(ctx: Ctx, key: string, { kind, place }: Place): Standing {
	const standing = ownStanding(ctx, key);
	if (!standing.route.requests.some((one) => one.kind === kind && place >= 1 && place <= one.count)) throw new NotFound(NO_APPLICATION);
	const { phase } = standing.state;
	if (!['draft', 'checks', 'assessment', 'waiting_on_applicant', 'verification'].includes(phase)) throw new Conflict(PHASE_SAID[phase]);
	return standing;
}

function ownRequest(db: Db, { application }: Standing, { kind, place }: Place): RequestRow {
	const row = newestRequest(db, application.id, kind as RequestKind, place);
	if (row === null || row.endedAt !== null) throw new Conflict(CHANGED);
	return row;
}

function byAddress(ctx: Ctx, standing: Standing, { name, email }: Naming): Addressee {
	refuseAddress(ctx.db, standing, email, '');
	return { name, email, personId: personAt(ctx.db, email) };
}

function byRelation(ctx: Ctx, relationId: string): Addressee {
	const relation = relationRow(ctx.db, relationId);
	if (!relation || relation.superviseeId !== personOf(ctx).personId || relation.agreedAt === null)
		throw new Invalid('relationId', 'Choose a supervisor who has agreed to supervise you.');
	const { supervisorId, outsideName, outsideEmail } = relation;
	const name = outsideName ?? (supervisorId === null ? 'A supervisor' : nameOfPerson(ctx.db, supervisorId));
	return { name, email: supervisorId === null ? outsideEmail : null, personId: supervisorId };
}

/** Nobody refers themselves, and one mailbox fills one place. */
function refuseAddress(db: Db, { application }: Standing, email: string, except: string): void {
	const key = mailboxKey(email);
	const own = prepared(db.sql, 'SELECT email FROM account WHERE person_id = ? UNION SELECT email FROM person WHERE id = ? AND email IS NOT NULL').pluck();
	if ((own.all(application.personId, application.personId) as string[]).some((address) => mailboxKey(address) === key))
		throw new Invalid('email', 'This is your own address. Enter the address of the person you name.');
	const named = 'SELECT 1 FROM accreditation_request WHERE application_id = ? AND lower(to_email) = ? AND ended_at IS NULL AND id <> ?';
	if (prepared(db.sql, named).get(application.id, key, except)) throw new Invalid('email', 'You have named this address already. Name somebody else here.');
}
