import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { EVENT_KINDS, type EventKind } from '#core/events.ts';
import { allow } from '#core/policy.ts';
import { prepared, reading } from '#db/prepared.ts';
import { filesOf, nameOf } from './people-key.ts';
import { canReadFiles, seesPersonal } from './people-policy.ts';
import { type Change, changesIn } from './people-timeline-words.ts';
import { sayActor } from './people-words.ts';

export const EVENTS_A_PAGE = 50;

/** One thing that happened: what, when, who, why, and what changed. `personal`: what became of values that name or describe someone. */
export type TimelineEvent = {
	seq: number;
	what: string;
	when: string;
	who: string;
	why: string | null;
	changes: Change[];
	personal: 'none' | 'shown' | 'hidden' | 'erased';
};

/** Records of a person that have events of their own: the kind of subject, and how to find their keys. Of a log, only that something happened. */
const SUBJECTS: readonly { type: string; ids: string; isLog?: true }[] = [
	{ type: 'person', ids: 'SELECT id FROM person WHERE id = ?' },
	{ type: 'account', ids: 'SELECT id FROM account WHERE person_id = ?' },
	{ type: 'invoice', ids: 'SELECT id FROM invoice WHERE person_id = ?' },
	{ type: 'payment', ids: 'SELECT p.id FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE i.person_id = ?' },
	{ type: 'cpd_entry', ids: 'SELECT id FROM cpd_entry WHERE person_id = ?', isLog: true },
	{ type: 'supervision_entry', ids: 'SELECT id FROM supervision_entry WHERE person_id = ?', isLog: true },
	{ type: 'supervision', ids: 'SELECT id FROM supervision_relation WHERE ? IN (supervisee_id, supervisor_id)', isLog: true },
	{ type: 'data_request', ids: 'SELECT id FROM data_request WHERE person_id = ?' },
	{ type: 'training_case', ids: 'SELECT id FROM training_case WHERE person_id = ?', isLog: true },
	{ type: 'course_attendance', ids: 'SELECT id FROM course_attendance WHERE person_id = ?' },
	{ type: 'cpd_year', ids: 'SELECT id FROM cpd_year WHERE person_id = ?' },
];

/**
 * Everything the audit holds about a person, newest first, the files that were merged into theirs included.
 * @param before only what happened before this number, for the next page @throws Forbidden
 */
export function timelineOf(ctx: Ctx, personId: string, before: number | null): { events: TimelineEvent[]; next: number | null } {
	allow(canReadFiles(ctx.actor));
	return reading(ctx.db.sql, () => {
		const rows = SUBJECTS.flatMap((subject) => rowsOf(ctx, subject, personId, before ?? Number.MAX_SAFE_INTEGER));
		const newest = rows.sort((a, b) => b.seq - a.seq).slice(0, EVENTS_A_PAGE);
		const names = new Map<string, string | null>();
		const known = (id: string) => names.get(id) ?? names.set(id, nameOf(ctx.db, id)).get(id) ?? null;
		const next = rows.length > EVENTS_A_PAGE ? (newest.at(-1)?.seq ?? null) : null;
		return { events: newest.map((row) => viewOf(row, seesPersonal(ctx.actor), known)), next };
	});
}

type Row = {
	seq: number;
	kind: string;
	recordedAt: number;
	actor: string;
	reason: string | null;
	data: string;
	digest: string | null;
	personal: string | null;
	isLog: boolean;
};

function rowsOf(ctx: Ctx, subject: (typeof SUBJECTS)[number], personId: string, before: number): Row[] {
	const { sql } = ctx.db;
	const ids = filesOf(ctx.db, personId).flatMap((file) => (file === personId || subject.type === 'person' ? prepared(sql, subject.ids).pluck().all(file) : []));
	const text = `SELECT e.seq, e.kind, e.recorded_at AS recordedAt, e.actor, e.reason, e.data, e.personal_digest AS digest, p.data AS personal
		FROM json_each(?) j JOIN audit_event e ON e.subject_type = ? AND e.subject_id = j.value AND e.seq < ?
		LEFT JOIN audit_personal p ON p.seq = e.seq ORDER BY e.seq DESC LIMIT ${EVENTS_A_PAGE + 1}`;
	const rows = prepared(sql, text).all(JSON.stringify(ids), subject.type, before) as Omit<Row, 'isLog'>[];
	return rows.map((row) => ({ ...row, isLog: subject.isLog ?? false }));
}

function viewOf(row: Row, seesThem: boolean, known: (id: string) => string | null): TimelineEvent {
	const personal = row.digest === null ? 'none' : row.personal === null ? 'erased' : seesThem && !row.isLog ? 'shown' : 'hidden';
	return {
		seq: row.seq,
		what: EVENT_KINDS[row.kind as EventKind] ?? row.kind,
		when: sayInstant(row.recordedAt),
		who: sayActor(row.actor, known),
		why: row.reason,
		changes: row.isLog ? [] : changesIn(row.data, personal === 'shown' ? row.personal : null),
		personal,
	};
}
