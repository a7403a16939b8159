import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { line } from '#core/fields.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { canKeepRecords, canReadFiles } from './people-policy.ts';

const reason = line(500, 'Use 500 characters or fewer.').refine((typed) => typed !== '', 'Say why.');
const which = z.string().max(60);

/** Asks to take a file out, carries it out as a second person, or drops the request. */
export const unmergeForm = z.discriminatedUnion('act', [
	z.object({ act: z.literal('ask'), file: which, reason }),
	z.object({ act: z.literal('confirm'), file: which, version: z.coerce.number().int() }),
	z.object({ act: z.literal('drop'), file: which, version: z.coerce.number().int(), reason }),
]);

/** A file that was brought into another: who did it, when and why, and the request to take it out again, if one waits. */
export type MergedFile = {
	loserId: string;
	winnerId: string;
	name: string;
	merged: string;
	why: string;
	asked: { id: string; askedBy: string; askerName: string; asked: string; reason: string; version: number } | null;
};

type Row = Omit<MergedFile, 'merged' | 'asked'> & {
	mergedAt: number;
	mergerName: string;
	id: string | null;
	askedBy: string;
	askerName: string;
	askedAt: number;
	reason: string;
	version: number;
};

/** The files that were brought into this one and still are, the newest first. @throws Forbidden */
export function mergedInto(ctx: Ctx, winnerId: string): MergedFile[] {
	allow(canReadFiles(ctx.actor));
	const rows = prepared(ctx.db.sql, `${SELECT} WHERE m.winner_id = ? ORDER BY m.merged_at DESC`).all(winnerId) as Row[];
	return rows.map(({ mergedAt, mergerName, id, askedBy, askerName, askedAt, reason: said, version, ...row }) => ({
		...row,
		merged: `${sayInstant(mergedAt)} by ${mergerName}`,
		asked: id === null ? null : { id, askedBy, askerName, asked: sayInstant(askedAt), reason: said, version },
	}));
}

/** Files that somebody asked to have taken apart: the key of the one that stands, and the name. @throws Forbidden */
export function unmergesWaiting(ctx: Ctx): { winnerKey: string; name: string; asked: string; askerName: string }[] {
	allow(canKeepRecords(ctx.actor));
	const text = `SELECT coalesce((SELECT number FROM registration r WHERE r.person_id = u.winner_id), u.winner_id) AS winnerKey,
		n.given_names || ' ' || n.family_name AS name, u.asked_at AS askedAt, ${NAME('u.asked_by')} AS askerName
		FROM person_unmerge u JOIN person_name n ON n.person_id = u.winner_id AND n.to_on IS NULL
		WHERE u.done_at IS NULL AND u.dropped_at IS NULL ORDER BY u.asked_at`;
	const rows = prepared(ctx.db.sql, text).all() as { winnerKey: string; name: string; askedAt: number; askerName: string }[];
	return rows.map(({ askedAt, ...row }) => ({ ...row, asked: sayInstant(askedAt) }));
}

const NAME = (column: string) =>
	`coalesce((SELECT b.given_names || ' ' || b.family_name FROM person_name b WHERE b.person_id = ${column} AND b.to_on IS NULL), 'someone')`;

// A file that was brought into another has no present name: it is told by the one it had last.
const SELECT = `SELECT m.loser_id AS loserId, m.winner_id AS winnerId, m.reason AS why, m.merged_at AS mergedAt, ${NAME('m.merged_by')} AS mergerName,
	coalesce((SELECT l.given_names || ' ' || l.family_name FROM person_name l WHERE l.person_id = m.loser_id ORDER BY l.to_on DESC LIMIT 1), '') AS name,
	u.id, u.asked_by AS askedBy, ${NAME('u.asked_by')} AS askerName, u.asked_at AS askedAt, u.reason, u.version
	FROM person_merge m LEFT JOIN person_unmerge u ON u.loser_id = m.loser_id AND u.done_at IS NULL AND u.dropped_at IS NULL`;
