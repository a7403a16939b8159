import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { auditedLog, nameOfPerson } from '#features/cpd/index.ts';
import { type AuditSaid, saidOn, shortWords } from './audit-own.ts';
import { auditById } from './audit-step.ts';
import { partIn } from './meeting-part.ts';
import { seatOf } from './meeting-policy.ts';
import { placeFor } from './meeting-table.ts';
import { renewalById } from './renewal-step.ts';
import { memberOfReferred } from './upkeep-circle.ts';
import { wordsFor } from './upkeep-items.ts';

/** What the committee has before it of an audit or a re-accreditation that was referred to it. */
export type ReferredPaper = {
	member: string;
	reference: string;
	fromOn: string;
	toOn: string;
	figures: { title: string; needed: string; have: string; isMet: boolean }[];
	/** Why it was not found satisfied, in the words of those who looked; none where nobody answered. */
	found: string[];
	/** What the member said to it. */
	said: AuditSaid[];
};

/**
 * The paper of an item about something that was referred, for somebody at the table who has declared and takes part: an event each time.
 * Null for an item about anything else, and for whoever may not read it.
 */
export function openReferredPaper(ctx: Ctx, place: { reference: string; no: number }): ReferredPaper | null {
	const { meeting, members, item } = placeFor(ctx, place);
	const { subjectId } = item;
	if (item.kind !== 'audit' || subjectId === null) return null;
	if (seatOf(ctx.actor, members) === null || partIn(ctx.db, item, personOf(ctx).personId) !== 'free') return null;
	const isAudit = prepared(ctx.db.sql, 'SELECT 1 FROM cpd_audit WHERE id = ?').get(subjectId) !== undefined;
	commit(ctx, { name: 'open papers' }, (tx) =>
		record(
			tx,
			'meeting.papers_opened',
			{ type: isAudit ? 'audit' : 'renewal', id: subjectId },
			{ meeting: meeting.reference, item: item.position, reader: personOf(ctx).personId },
		),
	);
	return { member: nameOfPerson(ctx.db, memberOfReferred(ctx.db, subjectId) ?? ''), ...(isAudit ? auditPaper(ctx, subjectId) : renewalPaper(ctx, subjectId)) };
}

type Paper = Omit<ReferredPaper, 'member'>;

function auditPaper(ctx: Ctx, id: string): Paper {
	const standing = auditById(ctx, id);
	const { reference, personId, fromOn, toOn } = standing.audit;
	const { figures } = auditedLog(ctx, personId, { fromOn, toOn });
	return { reference, fromOn, toOn, figures, found: shortWords(ctx.db, standing), said: saidOn(ctx.db, id) };
}

function renewalPaper(ctx: Ctx, id: string): Paper {
	const { renewal, steps } = renewalById(ctx, id);
	const began = 'SELECT max(from_on) FROM award_term WHERE award_id = ? AND from_on <= ?';
	const fromOn = prepared(ctx.db.sql, began).pluck().get(renewal.awardId, renewal.termToOn);
	const words = wordsFor(ctx.db, { kind: 'renewal', id });
	const why = steps.filter(({ kind }) => kind === 'put_to_committee' || kind === 'task_missed');
	const period = { fromOn: String(fromOn ?? renewal.termToOn), toOn: renewal.termToOn };
	const { figures } = auditedLog(ctx, renewal.personId, period);
	return { reference: renewal.reference, ...period, figures, found: why.flatMap(({ no }) => words.get(no) ?? []), said: [] };
}
