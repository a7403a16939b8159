import { createHash } from 'node:crypto';
import type { Ctx } from '#core/ctx.ts';
import { countRows, DISPOSED } from '#core/dispose.ts';
import { NotFound } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { PERSONAL_TABLES } from '#db/personal-data.ts';
import { prepared } from '#db/prepared.ts';
import { canSeeDataRequests } from './data-request-queries.ts';
import { erasureObstacles } from './erasure-obstacles.ts';
import type { MembershipHandlers } from './handlers.ts';
import { isSealed } from './merge-rows.ts';
import { filesOf } from './people-key.ts';

/** One table: how many rows or their words go, how many stay, and why. */
export type PlanRow = { table: string; title: string; goes: number; stays: number; why: string };
export type ErasurePlan = {
	rows: PlanRow[];
	/** What stands in the way, in sentences; nothing is erased while there is any. */
	obstacles: string[];
	/** Of what would go, so that a plan that has changed since is looked at again. */
	digest: string;
	/** Who proposed it, unless nobody did: the same person cannot carry it out. */
	proposedBy: string | null;
	proposedAt: number | null;
	isProposedByMe: boolean;
};
export type ErasureRequest = { id: string; personId: string; answeredAt: number | null; version: number };

/** Tables that change by themselves from hour to hour: they are in the plan and not in its digest. */
const RESTLESS = new Set(['outbox', 'message_set_aside', 'audit_personal', 'audit_event', 'file_read', 'session', 'device', 'account_link', 'enquiry']);

/** What erasing would do for a request, table by table. Changes nothing. @throws Forbidden, NotFound unless it is an open request to erase */
export function erasurePlan(ctx: Ctx, reference: string, handlers: MembershipHandlers): ErasurePlan {
	const request = erasureRequest(ctx, reference);
	const rows = planRows(ctx, request.personId);
	const text = 'SELECT plan_digest AS digest, proposed_by AS by, proposed_at AS at FROM erasure WHERE request_id = ?';
	const proposed = prepared(ctx.db.sql, text).get(request.id) as { digest: string; by: string; at: number } | undefined;
	const digest = digestOf(rows);
	const isCurrent = proposed?.digest === digest;
	return {
		rows,
		digest,
		obstacles: erasureObstacles(ctx, request.personId, handlers),
		proposedBy: isCurrent ? proposed.by : null,
		proposedAt: isCurrent ? proposed.at : null,
		isProposedByMe: isCurrent && proposed.by === personOf(ctx).personId,
	};
}

/** The request that asks for it. @throws Forbidden, also for one's own; NotFound for none, another kind or one that was answered */
export function erasureRequest(ctx: Ctx, reference: string): ErasureRequest {
	allow(canSeeDataRequests(ctx));
	const text = `SELECT id, person_id AS personId, answered_at AS answeredAt, version FROM data_request WHERE reference = ? AND kind = 'erasure'`;
	const request = prepared(ctx.db.sql, text).get(reference) as ErasureRequest | undefined;
	if (!request || request.answeredAt !== null) throw new NotFound('There is no open request to erase with this number.');
	allow(request.personId !== personOf(ctx).personId, 'Somebody else has to deal with what you asked yourself.');
	return request;
}

function planRows(ctx: Ctx, personId: string): PlanRow[] {
	const people = filesOf(ctx.db, personId);
	const sum = (count: (person: string) => number) => people.reduce((total, person) => total + count(person), 0);
	// Cases are sealed to those who work on them: a plan that the office reads does not tell of any.
	return PERSONAL_TABLES.filter(({ table }) => !isSealed(table))
		.map(({ table, title, where }) => {
			const disposal = DISPOSED.find((d) => d.table === table);
			const all = sum((person) => ctx.db.sql.prepare(`SELECT count(*) FROM "${table}" WHERE ${where}`).pluck().get({ person }) as number);
			const isKept = disposal === undefined || disposal.kept !== undefined;
			const goes = isKept ? 0 : sum((person) => countRows(ctx.db, disposal, { where: disposal.where, values: { person } }));
			const stays = Math.max(0, all - goes);
			return { table, title, goes, stays, why: whyStays(disposal, stays) };
		})
		.filter(({ goes, stays }) => goes + stays > 0);
}

function whyStays(disposal: (typeof DISPOSED)[number] | undefined, stays: number): string {
	if (disposal === undefined) return 'nobody has decided yet what erasing means here';
	if (disposal.kept !== undefined) return disposal.kept;
	const emptied = disposal.how === 'blank' ? 'the words go; the row stays with numbers and dates' : '';
	return stays > 0 ? 'about somebody else, or without anything that names a person' : emptied;
}

function digestOf(rows: readonly PlanRow[]): string {
	const told = rows.filter(({ table, goes }) => goes > 0 && !RESTLESS.has(table)).map(({ table, goes }) => `${table}:${goes}`);
	return createHash('sha256').update(told.join('\n')).digest('hex');
}
