import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { allow, hasRole, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { dataRequest } from '#db/schema/files.ts';

type Row = typeof dataRequest.$inferSelect;
export type DataRequest = Omit<Row, 'id' | 'repeatKey' | 'personId'>;
/** For the office: whose it is, and whether the one who reads may answer. */
export type OfficeDataRequest = DataRequest & { name: string; registerNumber: string | null; mayAnswer: boolean; isLate: boolean };

const COLUMNS = `r.reference, r.kind, r.said, r.asked_at AS askedAt, r.acknowledge_by_on AS acknowledgeByOn, r.due_on AS dueOn,
	r.acknowledged_at AS acknowledgedAt, r.extended_because AS extendedBecause, r.outcome, r.answer, r.answered_at AS answeredAt, r.version`;
const NO_REQUEST = 'There is no such request.';

/** May the actor see and answer requests about personal data? Never their own. */
export function canSeeDataRequests(ctx: Ctx): boolean {
	return hasRole(ctx.actor, 'membership_officer', 'registrar');
}

/** What the one who is signed in asked for, newest first. */
export function ownDataRequests(ctx: Ctx): DataRequest[] {
	const text = `SELECT ${COLUMNS} FROM data_request r WHERE r.person_id = ? ORDER BY r.asked_at DESC, r.id DESC`;
	return prepared(ctx.db.sql, text).all(personOf(ctx).personId) as DataRequest[];
}

/** One of their own. @throws NotFound also for somebody else's. */
export function ownDataRequest(ctx: Ctx, reference: string): DataRequest {
	const found = ownDataRequests(ctx).find((request) => request.reference === reference);
	if (!found) throw new NotFound(NO_REQUEST);
	return found;
}

const FOR_OFFICE = `SELECT ${COLUMNS}, r.person_id AS personId, n.given_names || ' ' || n.family_name AS name, g.number AS registerNumber
	FROM data_request r LEFT JOIN person_name n ON n.person_id = r.person_id AND n.to_on IS NULL LEFT JOIN registration g ON g.person_id = r.person_id`;
const MOST = 200;

/** Requests for the office: those that wait by the day they are due, then the newest that were answered. @throws Forbidden */
export function dataRequests(ctx: Ctx): OfficeDataRequest[] {
	allow(canSeeDataRequests(ctx));
	const text = `${FOR_OFFICE} ORDER BY r.answered_at IS NOT NULL, CASE WHEN r.answered_at IS NULL THEN r.due_on END, r.answered_at DESC LIMIT ${MOST}`;
	return (prepared(ctx.db.sql, text).all() as Read[]).map((row) => viewOf(ctx, row));
}

/** One request for the office. @throws Forbidden, NotFound */
export function dataRequestFor(ctx: Ctx, reference: string): OfficeDataRequest {
	allow(canSeeDataRequests(ctx));
	const row = prepared(ctx.db.sql, `${FOR_OFFICE} WHERE r.reference = ?`).get(reference) as Read | undefined;
	if (!row) throw new NotFound(NO_REQUEST);
	return viewOf(ctx, row);
}

type Read = DataRequest & { personId: string; name: string | null; registerNumber: string | null };

function viewOf(ctx: Ctx, { personId, ...row }: Read): OfficeDataRequest {
	const isOpen = row.answeredAt === null;
	const isLate = isOpen && (row.dueOn < ctx.today || (row.acknowledgedAt === null && row.acknowledgeByOn < ctx.today));
	return { ...row, name: row.name ?? '', mayAnswer: isOpen && personOf(ctx).personId !== personId, isLate };
}
