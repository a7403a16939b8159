import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { paths } from '#paths';
import { isOfficer } from './policy.ts';
import { mayNotKnow } from './queue-queries.ts';
import { requestKey } from './request-office.ts';
import type { RequestKind } from './request-queries.ts';
import { REQUEST_WORDS } from './request-words.ts';

/** A request that reached nobody, for the office. `href`: where it is put right. */
export type Undelivered = { title: string; reference: string; since: string; href: string };

/**
 * Requests whose message could not be delivered or came back, those that wait longest first: for officers, without applications they may not know of.
 * What is in an unsent draft is its applicant's to put right. @throws Forbidden
 */
export function undeliveredRequests(ctx: Ctx): Undelivered[] {
	allow(isOfficer(ctx.actor));
	const rows = prepared(ctx.db.sql, TEXT).all({ today: ctx.today, ...mayNotKnow(ctx) }) as Row[];
	return rows.map(({ reference, kind, place, toName, failedAt }) => ({
		title: `${REQUEST_WORDS[kind].label}: ${toName}`,
		reference,
		since: sayInstant(failedAt),
		href: paths.applicationRequests(reference, requestKey({ kind, place })),
	}));
}

type Row = { reference: string; kind: RequestKind; place: number; toName: string; failedAt: number };

const TEXT = `SELECT a.reference, r.kind, r.place, r.to_name AS toName, r.failed_at AS failedAt
	FROM accreditation_request r INDEXED BY accreditation_request_failed CROSS JOIN accreditation_application a ON a.id = r.application_id
	WHERE r.ended_at IS NULL AND r.failed_at IS NOT NULL AND r.failed_at > coalesce(r.opened_at, 0) AND r.due_on >= :today AND a.reference IS NOT NULL
		AND a.phase NOT IN ('decided', 'review', 'withdrawn', 'closed')
		AND a.person_id NOT IN (SELECT value FROM json_each(:people)) AND a.id NOT IN (SELECT value FROM json_each(:applications))
	ORDER BY r.failed_at, r.id`;
