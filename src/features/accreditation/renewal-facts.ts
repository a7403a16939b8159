import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { cpdStandingOn, cpdYearsFor, declaredYear, sayPeriod } from '#features/cpd/index.ts';
import { type CheckKind, checksOf } from '#features/membership/index.ts';
import { hasOpenOrder } from '#features/register/index.ts';
import type { RenewalFacts } from './renewal-judge.ts';
import { renewalRules } from './renewal-rules.ts';
import type { RenewalStanding } from './renewal-step.ts';
import { routeOf, standardSet } from './standards.ts';

/** What the record says today about whoever is to be confirmed, without what they say themselves. Never authorises. */
export function renewalFacts(ctx: Ctx, { renewal }: Pick<RenewalStanding, 'renewal'>): Omit<RenewalFacts, 'practises'> {
	const { personId } = renewal;
	return {
		years: yearsOf(ctx, personId, termBegan(ctx, renewal.awardId)),
		...supervisionOf(ctx, personId),
		insurance: checkOf(ctx, personId, 'insurance'),
		coreProfession: checkOf(ctx, personId, 'core_registration'),
		hasOpenOrder: hasOpenOrder(ctx.db, personId, ctx.today),
		hasShortAudit: hasShortAudit(ctx, personId),
		declaredChanges: declaredChanges(ctx, personId),
		support: supportOf(ctx, renewal),
	};
}

/** The first day of the period that comes to its end. Never authorises. */
export function termBegan(ctx: Ctx, awardId: string): string {
	return prepared(ctx.db.sql, 'SELECT max(from_on) FROM award_term WHERE award_id = ?').pluck().get(awardId) as string;
}

/** CPD years that lie in the period and are over. A year that began before the period is not held against anybody. */
function yearsOf(ctx: Ctx, personId: string, from: string): RenewalFacts['years'] {
	const years = cpdYearsFor(ctx.db, personId, ctx.today).filter(({ fromOn, toOn }) => toOn < ctx.today && fromOn >= from);
	return years.map((period) => ({
		words: sayPeriod(period),
		isMet: cpdStandingOn(ctx.db, personId, period.toOn).isMet,
		isDeclared: declaredYear(ctx.db, personId, period.fromOn) !== null,
	}));
}

function supervisionOf(ctx: Ctx, personId: string): Pick<RenewalFacts, 'supervisionMinutes' | 'supervisionConfirmed'> {
	const text = `SELECT coalesce(sum(own_minutes), 0) AS supervisionMinutes, coalesce(sum(CASE WHEN confirmed_at IS NOT NULL THEN own_minutes END), 0) AS supervisionConfirmed
		FROM supervision_entry WHERE person_id = ? AND is_draft = 0 AND held_on BETWEEN ? AND ?`;
	return prepared(ctx.db.sql, text).get(personId, addMonths(ctx.today, -12), ctx.today) as Pick<RenewalFacts, 'supervisionMinutes' | 'supervisionConfirmed'>;
}

/** What could not be checked is wanting: a visible state, never skipped. */
function checkOf(ctx: Ctx, personId: string, kind: CheckKind): 'fine' | 'wanting' {
	const { current, missing } = checksOf(ctx, personId);
	if (missing.includes(kind)) return 'wanting';
	const looks = current.filter((check) => check.kind === kind);
	return looks.length === 0 || looks.some(({ state }) => ['fine', 'soon', 'declared'].includes(state)) ? 'fine' : 'wanting';
}

function hasShortAudit({ db, today }: Ctx, personId: string): boolean {
	const since = addMonths(today, -12 * renewalRules(db, today).riskAuditYears);
	const text = "SELECT 1 FROM cpd_audit WHERE person_id = ? AND phase IN ('action_plan', 'not_satisfied', 'referred') AND to_on >= ?";
	return prepared(db.sql, text).get(personId, since) !== undefined;
}

function declaredChanges({ db, today }: Ctx, personId: string): boolean {
	const text = 'SELECT has_changes FROM annual_declaration WHERE person_id = ? AND year >= ? ORDER BY year DESC LIMIT 1';
	return (
		prepared(db.sql, text)
			.pluck()
			.get(personId, Number(today.slice(0, 4)) - 1) === 1
	);
}

function supportOf({ db }: Ctx, renewal: RenewalStanding['renewal']): RenewalFacts['support'] {
	const route = routeOf(standardSet(db, renewal.standardsVersion).standards, renewal.route);
	if (route.requests.length === 0) return 'not_asked';
	const said = prepared(db.sql, SAID).pluck().all({ id: renewal.id });
	const answers = said as Exclude<RenewalFacts['support'], 'not_asked' | 'missing'>[];
	return answers.find((answer) => answer !== 'supports') ?? answers[0] ?? 'missing';
}

const SAID = `SELECT answer FROM renewal_support WHERE renewal_id = :id AND answered_at IS NOT NULL
	UNION ALL SELECT answer FROM renewal_request WHERE renewal_id = :id AND ending = 'answered'`;
