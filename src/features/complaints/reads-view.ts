import type { Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { CAPACITY_WORDS } from './case-words.ts';
import { respondentCase } from './own-door.ts';
import { type Access, noteRead } from './sight.ts';

type ReadSide = 'complainant' | 'respondent';
/** That something of a side was opened on a day. `who`: a name where it may be told. */
export type SideRead = { on: string; as: string; who: string | null; what: string; times: number };
type Row = { capacity: string; what: string; at: number; name: string | null; lane: string | null };

/** Whose names a side is told: those who work on it for the office. Panel members, lay screeners and reviewers are told by what they are. */
const NAMED: readonly string[] = ['owner', 'caseworker', 'investigator', 'facilitator', 'monitor', 'secretary', 'break_glass'];
/** What each side's own people are called for that side; what they open of theirs is nothing of the other's to know. */
const OWN: Record<ReadSide, Readonly<Record<string, string>>> = {
	complainant: { complainant: 'You, with your key', supporter: 'Who supports you' },
	respondent: { respondent: 'You', representative: 'Who speaks for you' },
};
const SIDES: readonly string[] = Object.values(OWN).flatMap((own) => Object.keys(own));
/** Openings in which nothing stands that a side gave: the office's own papers. */
const OURS: readonly string[] = ['access', 'proposal', 'letter', 'letters', 'act', 'order', 'condition', 'learning', 'reads'];
const WHAT: Readonly<Record<string, string>> = {
	case: 'Everything in the case',
	names: 'The names in the case',
	documents: 'The list of documents',
	file: 'A document of yours',
	tracker: 'Your page',
	own: 'Your page',
	summary: 'A summary that names nobody',
};
const REST = 'A part of the case';

/** Who opened what of the complainant's, for them: that they asked is noted as well. Never authorises: whoever asks holds it open (`visitOf`). */
export function readsForComplainant(ctx: Ctx, concernId: string): SideRead[] {
	noteRead(ctx, { concernId, personId: null, capacity: 'complainant', what: 'reads' });
	return readsOfSide(ctx, concernId, 'complainant');
}

/** Who opened what of the therapist's, for them or whoever speaks for them. @throws NotFound as `respondentCase` */
export function readsForRespondent(ctx: Ctx, reference: string): SideRead[] {
	const { concern } = respondentCase(ctx, reference, 'reads');
	return readsOfSide(ctx, concern.id, 'respondent');
}

/**
 * By day and by what somebody was, newest first: of what that side gave, and never of the other side's. The same person on the same day is one
 * line. Never authorises.
 */
function readsOfSide({ db }: Pick<Ctx, 'db'>, concernId: string, side: ReadSide): SideRead[] {
	const lines = new Map<string, SideRead>();
	for (const row of prepared(db.sql, READS).all(concernId) as Row[]) {
		const line = lineFor(row, side);
		if (line === null) continue;
		const key = JSON.stringify(line);
		const known = lines.get(key) ?? { ...line, times: 0 };
		lines.set(key, { ...known, times: known.times + 1 });
	}
	return [...lines.values()];
}

function lineFor({ capacity, what, at, name, lane }: Row, side: ReadSide): Omit<SideRead, 'times'> | null {
	const kind = what.split(':')[0] ?? what;
	if (OURS.includes(kind) || (kind === 'file' && lane !== side)) return null;
	const own = OWN[side][capacity];
	if (own === undefined && SIDES.includes(capacity)) return null;
	const as = own ?? CAPACITY_WORDS[capacity as Access['capacity']] ?? 'Somebody of the office';
	return { on: londonDay(at), as, who: own === undefined && NAMED.includes(capacity) ? name : null, what: WHAT[kind] ?? REST };
}

const READS = `SELECT r.capacity, r.what, r.at, n.given_names || ' ' || n.family_name AS name, f.lane FROM concern_read r
	LEFT JOIN person_name n ON n.person_id = r.person_id AND n.to_on IS NULL
	LEFT JOIN concern_file f ON f.id = substr(r.what, 6) AND r.what LIKE 'file:%' AND f.concern_id = r.concern_id
	WHERE r.concern_id = ? ORDER BY r.at DESC, r.id DESC LIMIT 5000`;
