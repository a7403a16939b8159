import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { hasRole, isStaff, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { concernTyped } from '#db/schema/index.ts';
import { type Draft, draftOf } from './draft-store.ts';
import { isComplaintsOfficer } from './policy.ts';
import { interestsIn } from './sight.ts';

export type Typed = typeof concernTyped.$inferSelect;
/** A concern that somebody of the office typed, before it is sent. */
export type TypedDraft = { typed: Typed; draft: Draft };

const NONE = 'There is nothing here to type or to check.';

/** May the actor type what came by telephone, letter or e-mail? */
export function canType({ actor }: Pick<Ctx, 'actor'>): boolean {
	return isComplaintsOfficer(actor);
}

/** May the actor check what another typed: an officer, or somebody from outside the profession? */
export function canCheck({ actor }: Pick<Ctx, 'actor'>): boolean {
	return isStaff(actor) && hasRole(actor, 'complaints_officer', 'lay_panel_member');
}

/**
 * What the actor typed and nobody has opened since: from the moment the person has opened it, or it was sent, it is no officer's any more.
 * @throws NotFound
 */
export function ownTyped(ctx: Ctx, id: string): TypedDraft {
	const typed = typedRow(ctx, id);
	const isMine = canType(ctx) && typed?.typedBy === personOf(ctx).personId && typed.openedAt === null;
	if (!typed || !isMine) throw new NotFound(NONE);
	return opened(ctx, typed);
}

/**
 * What another typed and said to be confirmed, for somebody who may check it: never who typed it or recorded that, nor anybody whom the record ties
 * to the person it is about. @throws NotFound
 */
export function typedToCheck(ctx: Ctx, id: string): TypedDraft {
	const { personId } = personOf(ctx);
	const typed = typedRow(ctx, id);
	const isTied = interestsIn(ctx.db, id, personId).length > 0;
	if (!typed || !canCheck(ctx) || isTied || typed.openedAt !== null || typed.recordedBy === null) throw new NotFound(NONE);
	if (typed.typedBy === personId || typed.recordedBy === personId) throw new NotFound(NONE);
	return opened(ctx, typed);
}

function opened(ctx: Ctx, typed: Typed): TypedDraft {
	const draft = draftOf(ctx, typed.concernId);
	if (draft.standing.state.phase !== 'enquiry') throw new NotFound(NONE);
	return { typed, draft };
}

function typedRow({ db }: Pick<Ctx, 'db'>, id: string): Typed | undefined {
	return prepared(db.sql, `${READ} WHERE concern_id = ?`).get(id) as Typed | undefined;
}

const READ = `SELECT concern_id AS concernId, typed_by AS typedBy, repeat_key AS repeatKey, came_on AS cameOn, key_given_at AS keyGivenAt,
	opened_at AS openedAt, confirmed_how AS confirmedHow, confirmed_on AS confirmedOn, recorded_by AS recordedBy, recorded_at AS recordedAt,
	checked_by AS checkedBy, checked_at AS checkedAt FROM concern_typed`;
