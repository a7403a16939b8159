import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Outcome, Phase, Turn } from './phases.ts';
import type { Range } from './report-range.ts';
import { FIRST_SHEETS } from './sheet-agreement.ts';
import type { MarkKind } from './sheet-queries.ts';

/** How often something lasted so many calendar days. */
export type Lasted = { days: number; count: number };

/** How many applications were sent for the first time, by route and month. */
export function sentByMonth(db: Db, range: Range): { route: string; month: string; count: number }[] {
	return prepared(db.sql, SENT).all(range) as ReturnType<typeof sentByMonth>;
}

/** What the committee decided, by route; a review that changed a decision counts as one more decision. */
export function decidedByRoute(db: Db, range: Range): { route: string; outcome: Outcome; count: number }[] {
	return prepared(db.sql, DECIDED).all(range) as ReturnType<typeof decidedByRoute>;
}

/** What else came of applications, by route: drafts not counted. */
export function endedByRoute(db: Db, range: Range): { route: string; kind: 'withdrawn' | 'rolled_back' | 'review_requested'; count: number }[] {
	return prepared(db.sql, ENDED).all(range) as ReturnType<typeof endedByRoute>;
}

export function reviewResults(db: Db, range: Range): { result: 'upheld' | 'quashed' | 'varied'; count: number }[] {
	return prepared(db.sql, REVIEWS).all(range) as ReturnType<typeof reviewResults>;
}

/** How many are open today, by route. */
export function openByRoute(db: Db): { route: string; count: number }[] {
	const text = `SELECT route, count(*) AS count FROM accreditation_application
		WHERE reference IS NOT NULL AND phase NOT IN ('decided', 'withdrawn', 'closed') GROUP BY route`;
	return prepared(db.sql, text).all() as ReturnType<typeof openByRoute>;
}

/** How long stages lasted that ended in a range, and holds, which lie over them. */
export function stageDays(db: Db, range: Range): (Lasted & { stage: Phase | 'hold' })[] {
	return [...prepared(db.sql, STAGES).all(range), ...prepared(db.sql, HOLDS).all(range)] as ReturnType<typeof stageDays>;
}

/** How long it took from the first sending to the first decision, of those decided in a range. */
export function decisionDays(db: Db, range: Range): (Lasted & { route: string })[] {
	return prepared(db.sql, WHOLE).all(range) as ReturnType<typeof decisionDays>;
}

/** On how many days of a range applications that were sent waited for whom, and how often. @param today the last day that counts for those still waiting */
export function waitedFor(db: Db, range: Range, today: string): { turn: Turn; days: number; times: number }[] {
	const { fromOn, toOn } = range;
	return prepared(db.sql, WAITED).all({ fromOn, toOn, until: toOn < today ? toOn : today }) as ReturnType<typeof waitedFor>;
}

/** Coded reasons of refusals, and those for which applicants were asked for more. */
export function reasonsGiven(db: Db, range: Range): { reason: string; refused: number; asked: number }[] {
	return prepared(db.sql, REASONS).all(range) as ReturnType<typeof reasonsGiven>;
}

/** How often two assessors marked a criterion alike, of those who came to their recommendation in a range. */
export function agreementByRoute(db: Db, range: Range): { route: string; first: MarkKind; second: MarkKind; count: number }[] {
	return prepared(db.sql, AGREEMENT).all(range) as ReturnType<typeof agreementByRoute>;
}

/** Audits of CPD, and renewals, that were drawn, with the seed's share. */
export function draws(
	db: Db,
	range: Range,
): { reference: string; purpose: 'audit' | 'renewal'; drawnOn: string; percent: number; eligible: number; drawn: number }[] {
	const text = `SELECT reference, purpose, drawn_on AS drawnOn, percent, eligible_count AS eligible, drawn_count AS drawn FROM sample_draw
		WHERE drawn_on BETWEEN :fromOn AND :toOn ORDER BY drawn_on, reference`;
	return prepared(db.sql, text).all(range) as ReturnType<typeof draws>;
}

/** What came of audits of CPD, by the step that said so. */
export function auditResults(db: Db, range: Range): { kind: string; count: number }[] {
	const text = `SELECT kind, count(*) AS count FROM cpd_audit_step WHERE on_day BETWEEN :fromOn AND :toOn
		AND kind IN ('selected', 'satisfied', 'action_plan', 'not_satisfied', 'referred', 'excused') GROUP BY kind`;
	return prepared(db.sql, text).all(range) as ReturnType<typeof auditResults>;
}

const SENT = `SELECT a.route, substr(s.on_day, 1, 7) AS month, count(*) AS count FROM accreditation_step s JOIN accreditation_application a ON a.id = s.application_id
	WHERE s.kind = 'submitted' AND s.on_day BETWEEN :fromOn AND :toOn
	AND NOT EXISTS (SELECT 1 FROM accreditation_step e WHERE e.application_id = s.application_id AND e.no < s.no AND e.kind = 'submitted')
	GROUP BY 1, 2`;
const DECIDED = `SELECT a.route, s.data ->> 'outcome' AS outcome, count(*) AS count FROM accreditation_step s JOIN accreditation_application a ON a.id = s.application_id
	WHERE s.kind IN ('decided', 'review_decided') AND s.data ->> 'outcome' IS NOT NULL AND s.on_day BETWEEN :fromOn AND :toOn GROUP BY 1, 2`;
const ENDED = `SELECT a.route, s.kind, count(*) AS count FROM accreditation_step s JOIN accreditation_application a ON a.id = s.application_id
	WHERE s.kind IN ('withdrawn', 'rolled_back', 'review_requested') AND a.reference IS NOT NULL AND s.on_day BETWEEN :fromOn AND :toOn GROUP BY 1, 2`;
const REVIEWS = `SELECT data ->> 'result' AS result, count(*) AS count FROM accreditation_step
	WHERE kind = 'review_decided' AND on_day BETWEEN :fromOn AND :toOn GROUP BY 1`;

const DAYS = `CAST(julianday(to_on) - julianday(from_on) AS INTEGER)`;
const STAGES = `SELECT left_phase AS stage, CAST(julianday(on_day) - julianday(left_phase_on) AS INTEGER) AS days, count(*) AS count FROM accreditation_step
	WHERE left_phase IS NOT NULL AND left_phase <> 'decided' AND on_day BETWEEN :fromOn AND :toOn GROUP BY 1, 2`;
const HOLDS = `WITH spell AS (SELECT s.kind, s.on_day AS from_on, lead(s.on_day) OVER (PARTITION BY s.application_id ORDER BY s.no) AS to_on
		FROM (SELECT DISTINCT application_id AS id FROM accreditation_step WHERE kind IN ('released', 'withdrawn') AND on_day BETWEEN :fromOn AND :toOn) t
		CROSS JOIN accreditation_step s ON s.application_id = t.id AND s.kind IN ('held', 'released', 'withdrawn'))
	SELECT 'hold' AS stage, ${DAYS} AS days, count(*) AS count FROM spell WHERE kind = 'held' AND to_on BETWEEN :fromOn AND :toOn GROUP BY 2`;
const WHOLE = `WITH spell AS (SELECT a.route, s.on_day AS to_on,
		(SELECT e.on_day FROM accreditation_step e WHERE e.application_id = s.application_id AND e.kind = 'submitted' ORDER BY e.no LIMIT 1) AS from_on
		FROM accreditation_step s JOIN accreditation_application a ON a.id = s.application_id
		WHERE s.kind = 'decided' AND s.on_day BETWEEN :fromOn AND :toOn
		AND NOT EXISTS (SELECT 1 FROM accreditation_step e WHERE e.application_id = s.application_id AND e.no < s.no AND e.kind = 'decided'))
	SELECT route, ${DAYS} AS days, count(*) AS count FROM spell GROUP BY 1, 2`;
// What ended since the range began, and what has not ended yet. A draft waits for nobody.
const WAITED = `SELECT turn, CAST(sum(julianday(min(to_on, :until)) - julianday(max(from_on, :fromOn))) AS INTEGER) AS days, count(*) AS times FROM (
		SELECT left_turn AS turn, left_turn_on AS from_on, on_day AS to_on FROM accreditation_step
			WHERE left_turn IS NOT NULL AND left_turn <> 'nobody' AND left_phase IS NOT 'draft' AND on_day > :fromOn
		UNION ALL SELECT a.turn, (SELECT s.on_day FROM accreditation_step s WHERE s.application_id = a.id AND (s.left_turn IS NOT NULL OR s.no = 1)
				ORDER BY s.no DESC LIMIT 1), :until
			FROM accreditation_application a WHERE a.phase NOT IN ('draft', 'withdrawn', 'closed') AND a.turn <> 'nobody')
	WHERE from_on < :until AND to_on > :fromOn GROUP BY 1`;
const REASONS = `SELECT reason, sum(is_refusal) AS refused, sum(1 - is_refusal) AS asked FROM (
		SELECT r.value AS reason, 1 AS is_refusal FROM decision d, json_each(d.reasons) r WHERE d.outcome = 'declined' AND d.decided_on BETWEEN :fromOn AND :toOn
		UNION ALL SELECT i.reason, 0 FROM accreditation_step s CROSS JOIN accreditation_item i ON i.application_id = s.application_id AND i.asked_at = s.at
			WHERE s.kind = 'information_requested' AND s.on_day BETWEEN :fromOn AND :toOn)
	GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1`;
const AGREEMENT = `WITH done AS (SELECT DISTINCT application_id AS id FROM accreditation_step WHERE kind = 'reconciled' AND on_day BETWEEN :fromOn AND :toOn),
	sheet AS (SELECT * FROM (${FIRST_SHEETS}) WHERE application_id IN (SELECT id FROM done))
	SELECT a.route, m.mark AS first, n.mark AS second, count(*) AS count
	FROM sheet x JOIN sheet y ON y.application_id = x.application_id AND y.place > x.place JOIN accreditation_application a ON a.id = x.application_id
	CROSS JOIN accreditation_mark m ON m.assessor_id = x.id CROSS JOIN accreditation_mark n ON n.assessor_id = y.id AND n.section = m.section AND n.criterion = m.criterion
	GROUP BY 1, 2, 3`;
