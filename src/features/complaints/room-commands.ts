import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { daysBetween, sayDay } from '#core/dates.ts';
import { drawFirst } from '#core/draw-sample.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { last } from '#core/fields.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { typedDay } from '#features/membership/index.ts';
import { endOf, putAccess } from './access-put.ts';
import { key } from './case-act-parts.ts';
import { postTo } from './message-post.ts';
import { isComplaintsOfficer } from './policy.ts';
import { roomMade } from './room-mails.ts';
import { caseInRoom, roomOf } from './room-rows.ts';
import { summaryOf } from './room-summary.ts';
import { standingOf } from './step.ts';

/** As the schema has it (0033). */
const MOST_DAYS = 30;
const MOST_CASES = 50;

export const roomForm = z.object({
	reviewer: key('Choose somebody.'),
	fromOn: typedDay('Enter the first day').pipe(z.string('Enter the first day.')),
	untilOn: typedDay('Enter the last day').pipe(z.string('Enter the last day.')),
	size: z.preprocess(
		last,
		z.coerce.number('Enter a number.').int('Enter a whole number.').min(1, 'One case at least.').max(MOST_CASES, `${MOST_CASES} cases at most.`),
	),
});
export type RoomInput = z.output<typeof roomForm>;

/**
 * Makes a room for a reviewer from outside: a sample of closed cases, drawn by a seed made now. What ties the reviewer or whoever makes the room
 * is not drawn from; another officer's room may have it. @throws Forbidden; Invalid in words. @returns its key
 */
export function makeRoom(ctx: Ctx, { reviewer, fromOn, untilOn, size }: RoomInput): string {
	allow(isComplaintsOfficer(ctx.actor));
	if (fromOn < ctx.today) throw new Invalid('fromOn', 'Enter today, or a day that is still to come.');
	if (untilOn < fromOn) throw new Invalid('untilOn', 'The last day must not be before the first.');
	if (daysBetween(fromOn, untilOn) > MOST_DAYS) throw new Invalid('untilOn', `${MOST_DAYS} days at most.`);
	return commit(ctx, { name: 'make a room for a review' }, (tx) => {
		const { personId } = personOf(ctx);
		if (!reviewersOn(ctx, untilOn).some(({ value }) => value === reviewer)) throw new Invalid('reviewer', 'They are no reviewer from outside up to that day.');
		const eligible = prepared(tx.db.sql, ELIGIBLE).all({ me: personId, reviewer }) as { id: string; reference: string }[];
		if (eligible.length === 0) throw new Invalid('size', 'There is no closed case to draw from.');
		const seed = randomBytes(16).toString('hex');
		const drawn = drawFirst(
			seed,
			eligible.map(({ reference }) => reference),
			size,
		);
		const id = newId();
		const values = [id, reviewer, personId, ctx.now, fromOn, untilOn, seed, size, eligible.length, drawn.digest];
		prepared(tx.db.sql, INSERT).run(...values);
		const put = prepared(tx.db.sql, 'INSERT INTO concern_room_case (room_id, no, concern_id) VALUES (?, ?, ?)');
		for (const [i, reference] of drawn.numbers.entries()) put.run(id, i + 1, eligible.find((one) => one.reference === reference)?.id);
		record(tx, 'concern.room_made', { type: 'concern_room', id }, { drawn: drawn.numbers.length, eligible: eligible.length });
		postTo(tx, reviewer, (to) => roomMade(ctx.settings, { key: id, untilOn: sayDay(untilOn) }, to));
		return id;
	});
}

/** Ends a room before its last day. Twice is the same as once. @throws NotFound, Forbidden */
export function endRoom(ctx: Ctx, id: string): void {
	commit(ctx, { name: 'end a room' }, (tx) => {
		const room = roomOf(ctx, id);
		allow(!room.isOwn);
		prepared(tx.db.sql, 'UPDATE concern_room SET ended_at = ? WHERE id = ? AND ended_at IS NULL').run(ctx.now, id);
		record(tx, 'concern.room_ended', { type: 'concern_room', id });
	});
}

/**
 * Lets an officer into a case of a room that has no summary yet, to write or check one, until the room is over. They are asked at its gate what
 * ties them to it, as everybody is. @throws NotFound, Forbidden; Conflict in words. @returns its reference
 */
export function enterToSummarise(ctx: Ctx, id: string, no: string): string {
	return commit(ctx, { name: 'let an officer into a case of a room' }, (tx) => {
		const room = roomOf(ctx, id);
		allow(!room.isOwn && isComplaintsOfficer(ctx.actor));
		const concernId = caseInRoom(ctx, id, no);
		const { personId } = personOf(ctx);
		if (room.isEnded) throw new Conflict('This room is over.');
		if (standingOf(tx.db, concernId).state.isDestroyed) throw new Conflict('What was said in this case has been destroyed.');
		if (summaryOf(ctx, concernId)?.isChecked) throw new Conflict('This case has a summary that was checked. Nothing is left to do.');
		if (!isIn(tx, concernId, personId)) {
			putAccess(tx, { concernId, personId, capacity: 'caseworker', untilAt: endOf(room.untilOn), grantedBy: personId, declared: null });
			record(tx, 'concern.let_in', { type: 'concern', id: concernId }, { capacity: 'caseworker', room: id });
		} else record(tx, 'concern.let_in', { type: 'concern', id: concernId }, { capacity: 'caseworker', isRepeat: true });
		return prepared(tx.db.sql, 'SELECT reference FROM concern WHERE id = ?').pluck().get(concernId) as string;
	});
}

/** Reviewers from outside whose role reaches to a day. Never authorises. */
export function reviewersOn({ db, today }: Pick<Ctx, 'db' | 'today'>, untilOn: string): { value: string; label: string }[] {
	return prepared(db.sql, REVIEWERS).all({ today, untilOn }) as { value: string; label: string }[];
}

function isIn({ db, ctx }: Tx, concernId: string, personId: string): boolean {
	const text =
		"SELECT 1 FROM concern_access WHERE concern_id = ? AND person_id = ? AND ended_at IS NULL AND until_at > ? AND capacity IN ('owner', 'caseworker')";
	return prepared(db.sql, text).get(concernId, personId, ctx.now) !== undefined;
}

const UNTIED = (who: string) => `c.id NOT IN (SELECT concern_id FROM concern_interest WHERE other_id = ${who})
	AND c.id NOT IN (SELECT concern_id FROM concern_access WHERE person_id = ${who} AND end_reason = 'recused')`;
const ELIGIBLE = `SELECT c.id, c.reference FROM concern c JOIN vault v ON v.id = c.id AND v.destroyed_at IS NULL
	WHERE c.phase = 'closed' AND ${UNTIED(':me')} AND ${UNTIED(':reviewer')} ORDER BY c.reference`;
const INSERT = `INSERT INTO concern_room (id, reviewer_id, made_by, made_at, from_on, until_on, seed, size, eligible, digest)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const REVIEWERS = `SELECT DISTINCT g.person_id AS value, n.given_names || ' ' || n.family_name AS label FROM role_grant g
	JOIN person_name n ON n.person_id = g.person_id AND n.to_on IS NULL
	WHERE g.role = 'external_reviewer' AND g.from_on <= :today AND (g.to_on IS NULL OR g.to_on >= :untilOn) ORDER BY label`;
