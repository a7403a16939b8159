import type { Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { readStoredFile, type StoredFile, filesOf as storedFilesOf } from '#core/files.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { changeRequest } from '#db/schema/index.ts';
import { nameOf } from './people-key.ts';
import { canKeepRecords } from './people-policy.ts';

type Stored = typeof changeRequest.$inferSelect;
/** A request as it is shown. `personKey` names the file; `by` is who asked; `was` is what stands now. */
export type ChangeView = Pick<
	Stored,
	'id' | 'personId' | 'kind' | 'givenNames' | 'familyName' | 'fromOn' | 'bornOn' | 'evidence' | 'state' | 'decisionReason' | 'version'
> & {
	personKey: string;
	name: string;
	by: string;
	askedOn: string;
	formerIsShown: boolean;
	files: StoredFile[];
};

export const CHANGE_KINDS: Record<Stored['kind'], string> = { name: 'New name', birth_date: 'Date of birth' };

const SELECT = `SELECT c.id, c.person_id AS personId, c.kind, c.given_names AS givenNames, c.family_name AS familyName, c.from_on AS fromOn,
	c.former_is_shown AS formerIsShown, c.born_on AS bornOn, c.evidence, c.asked_by AS askedBy, c.asked_at AS askedAt, c.state,
	c.decided_by AS decidedBy, c.decided_at AS decidedAt, c.decision_reason AS decisionReason, c.version,
	coalesce((SELECT r.number FROM registration r WHERE r.person_id = c.person_id), c.person_id) AS personKey FROM change_request c`;

/** The requests that wait for an officer, oldest first. @throws Forbidden */
export function changesWaiting(ctx: Ctx): ChangeView[] {
	allow(canKeepRecords(ctx.actor));
	return (prepared(ctx.db.sql, `${SELECT} WHERE c.state = 'asked' ORDER BY c.asked_at, c.id LIMIT 200`).all() as Row[]).map((row) => view(ctx, row));
}

/** How many wait. Never authorises: for the office's own page. */
export function countChanges({ db }: Pick<Ctx, 'db'>): number {
	return prepared(db.sql, "SELECT count(*) FROM change_request WHERE state = 'asked'").pluck().get() as number;
}

/** One request, for an officer. @throws Forbidden, NotFound */
export function changeAsked(ctx: Ctx, id: string): ChangeView {
	allow(canKeepRecords(ctx.actor));
	const row = prepared(ctx.db.sql, `${SELECT} WHERE c.id = ?`).get(id) as Row | undefined;
	if (!row) throw new NotFound('There is no such request.');
	return view(ctx, row);
}

/** One's own requests, newest first. @throws SignInRequired */
export function ownChanges(ctx: Ctx): ChangeView[] {
	const { personId } = personOf(ctx);
	return (prepared(ctx.db.sql, `${SELECT} WHERE c.person_id = ? ORDER BY c.asked_at DESC`).all(personId) as Row[]).map((row) => view(ctx, row));
}

/** A file that was given as evidence, for an officer. @throws Forbidden, NotFound */
export async function readChangeEvidence(ctx: Ctx, id: string, fileId: string): Promise<StoredFile & { content: Buffer }> {
	const request = changeAsked(ctx, id);
	return readStoredFile(ctx, fileId, attachedTo(request.id));
}

/** What the files of a request belong to. */
export function attachedTo(id: string): { type: string; id: string } {
	return { type: 'change_request', id };
}

type Row = Stored & { personKey: string };

function view(ctx: Ctx, row: Row): ChangeView {
	const { id, personId, kind, givenNames, familyName, fromOn, bornOn, evidence, state, decisionReason, version, personKey } = row;
	const said = { id, personId, kind, givenNames, familyName, fromOn, bornOn, evidence, state, decisionReason, version, personKey };
	const name = nameOf(ctx.db, personId) ?? '';
	const by = row.askedBy === personId ? name : (nameOf(ctx.db, row.askedBy) ?? 'The office');
	return { ...said, name, by, askedOn: londonDay(row.askedAt), formerIsShown: row.formerIsShown === 1, files: storedFilesOf(ctx, attachedTo(id)) };
}
