import type { Ctx } from '#core/ctx.ts';
import { allow, hasRole, isStaff, personOf } from '#core/policy.ts';
import { countOf } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';
import { paths } from '#paths';
import { CIRCLE } from './interests.ts';
import { isOfficer } from './policy.ts';
import { renewalFacts } from './renewal-facts.ts';
import { FEE_OWED } from './renewal-fee.ts';
import { isRisky, type RenewalFacts } from './renewal-judge.ts';
import { supportOn } from './renewal-own.ts';
import { endsOn, lateDueDays, type RenewalPhase } from './renewal-state.ts';
import { type RenewalStanding, renewalById, renewalLimits } from './renewal-step.ts';

/** Lists of the queue; each can be linked. */
export const RENEWAL_LISTS = ['mine', 'green', 'draw', 'fee', 'assess', 'committee', 'tasks', 'late', 'open', 'done'] as const;
export type RenewalList = (typeof RENEWAL_LISTS)[number];
export const RENEWAL_LIST_WORDS: Record<RenewalList, string> = {
	mine: 'Given to me',
	green: 'To confirm at one look',
	draw: 'Waiting for the draw',
	fee: 'Waiting for the fee alone',
	assess: 'Being assessed',
	committee: 'With the committee',
	tasks: 'Confirmed with tasks',
	late: 'Late and not sent',
	open: 'Open and not sent',
	done: 'Decided',
};

export type RenewalLine = {
	id: string;
	reference: string;
	name: string;
	number: string;
	phase: RenewalPhase;
	dueOn: string;
	steps: number;
	isSampled: boolean;
};
export const RENEWALS_A_PAGE = 50;

/** May this person see the queue: officers see all of it, assessors what they were given. */
export function canSeeRenewals(ctx: Pick<Ctx, 'actor'>): boolean {
	return isOfficer(ctx.actor) || (isStaff(ctx.actor) && hasRole(ctx.actor, 'assessor'));
}

/** A list of the queue, the most urgent first; never anybody of the reader's own circle. @throws Forbidden */
export function renewalQueue(ctx: Ctx, list: RenewalList, page: number): { lines: RenewalLine[]; hasMore: boolean } {
	allow(canSeeRenewals(ctx));
	const limits = renewalLimits(ctx.db, ctx.today);
	const values = { ...valuesOf(ctx), limit: RENEWALS_A_PAGE + 1, skip: (page - 1) * RENEWALS_A_PAGE };
	const where = isOfficer(ctx.actor) ? WHERE[list] : WHERE.mine;
	const rows = prepared(ctx.db.sql, `${LINES} AND ${where} ORDER BY r.due_on, r.id LIMIT :limit OFFSET :skip`).all(values);
	const lines = (rows as (Omit<RenewalLine, 'isSampled' | 'phase'> & { base: string; isSampled: number })[]).map(({ base, isSampled, ...row }) => {
		const phase = base === 'window_open' && row.dueOn < ctx.today ? (ctx.today < endsOn(row, limits) ? 'late' : 'reactivatable') : (base as RenewalPhase);
		return { ...row, phase, isSampled: isSampled === 1 };
	});
	return { lines: lines.slice(0, RENEWALS_A_PAGE), hasMore: lines.length > RENEWALS_A_PAGE };
}

/** The lists that lead somewhere for the actor: assessors see what they were given and no more. */
export function renewalLists(ctx: Pick<Ctx, 'actor'>): readonly RenewalList[] {
	return isOfficer(ctx.actor) ? RENEWAL_LISTS : ['mine'];
}

/** How many stand in each list. Never authorises. */
export function countRenewals(ctx: Ctx, list: RenewalList): number {
	return prepared(ctx.db.sql, `SELECT count(*) FROM (SELECT 1 FROM renewal r WHERE ${SEEN} AND ${WHERE[list]} LIMIT 1000)`)
		.pluck()
		.get(valuesOf(ctx)) as number;
}

function valuesOf(ctx: Ctx): { me: string; today: string; late: string } {
	return { me: personOf(ctx).personId, today: ctx.today, late: JSON.stringify(lateDueDays(renewalLimits(ctx.db, ctx.today), ctx.today)) };
}

/** One that may be confirmed at one look, with the facts that the look is for. */
export type GreenLine = RenewalLine & { facts: Omit<RenewalFacts, 'practises'>; practice: string; support: string };

/** What may be confirmed at one look, with its facts as they were sent. @throws Forbidden */
export function greenOnes(ctx: Ctx, page: number): { lines: GreenLine[]; hasMore: boolean } {
	const { lines, hasMore } = renewalQueue(ctx, 'green', page);
	const sent = prepared(ctx.db.sql, 'SELECT content FROM renewal_submission WHERE renewal_id = ? ORDER BY no DESC LIMIT 1').pluck();
	return {
		hasMore,
		lines: lines.map((line) => {
			const { facts, practice } = JSON.parse(sent.get(line.id) as string) as { facts: RenewalFacts; practice: string };
			return {
				...line,
				facts,
				practice,
				support: supportOn(ctx, line.id)
					.map(({ name }) => name)
					.join(', '),
			};
		}),
	};
}

/** Sent, nothing missing, through the draw and not drawn. */
export function greenReady({ phase, state }: RenewalStanding): boolean {
	return phase === 'submitted' && state.isDrawn && !state.isSampled;
}

/** What was sent, is green and has been through no draw yet, with register numbers. Never authorises. */
export function undrawn(ctx: Ctx): { id: string; number: string }[] {
	const text = `SELECT r.id, g.number FROM renewal r JOIN registration g ON g.person_id = r.person_id WHERE r.phase = 'submitted' AND r.is_drawn = 0 ORDER BY g.number`;
	return prepared(ctx.db.sql, text).all() as { id: string; number: string }[];
}

/** Of some renewals those that give a reason to look closer today. Never authorises. */
export function riskyAmong(ctx: Ctx, renewals: readonly { id: string }[]): ReadonlySet<string> {
	return new Set(renewals.filter(({ id }) => isRisky(renewalFacts(ctx, renewalById(ctx, id)))).map(({ id }) => id));
}

/** What waits for the actor, for the office's first page. */
export function renewalWork(ctx: Ctx): { label: string; count: number; href: string }[] {
	if (ctx.actor.kind !== 'person' || !canSeeRenewals(ctx)) return [];
	const one = (list: RenewalList, label: string) => ({ label, count: countRenewals(ctx, list), href: paths.officeRenewals({ list }) });
	const mine = hasRole(ctx.actor, 'assessor') ? [one('mine', 'Re-accreditations given to you')] : [];
	if (!isOfficer(ctx.actor)) return mine;
	return [
		...mine,
		one('draw', 'Re-accreditations waiting for the draw'),
		one('green', 'Re-accreditations to confirm at one look'),
		one('assess', 'Re-accreditations being assessed'),
	];
}

/** How many, in words, for headings. */
export function sayRenewals(count: number): string {
	return countOf(count, 're-accreditation');
}

const WHERE: Record<RenewalList, string> = {
	mine: "EXISTS (SELECT 1 FROM upkeep_reviewer u WHERE u.renewal_id = r.id AND u.person_id = :me AND u.ended_at IS NULL) AND r.phase IN ('in_assessment', 'information')",
	green: `r.phase = 'submitted' AND r.is_drawn = 1 AND NOT ${FEE_OWED}`,
	fee: `r.phase = 'submitted' AND r.is_drawn = 1 AND ${FEE_OWED}`,
	draw: "r.phase = 'submitted' AND r.is_drawn = 0",
	assess: "r.phase IN ('in_assessment', 'information')",
	committee: "r.phase = 'panel'",
	tasks: "r.phase = 'conditional'",
	// From the few spans to what was due in them: the other way round every renewal that is not sent yet would be held against each.
	late: `r.phase = 'window_open' AND r.id IN (SELECT k.id FROM json_each(:late) l CROSS JOIN renewal k
		WHERE k.phase = 'window_open' AND k.due_on BETWEEN l.value ->> '$.fromOn' AND l.value ->> '$.toOn')`,
	open: "r.phase = 'window_open' AND r.due_on >= :today",
	done: "r.phase IN ('confirmed', 'refused', 'closed')",
};

const SEEN = `r.person_id NOT IN (${CIRCLE})`;
const LINES = `SELECT r.id, r.reference, n.given_names || ' ' || n.family_name AS name, coalesce(g.number, '') AS number, r.phase AS base, r.due_on AS dueOn,
	r.steps, r.is_sampled AS isSampled, :today AS today, :late AS late
	FROM renewal r JOIN person_name n ON n.person_id = r.person_id AND n.to_on IS NULL LEFT JOIN registration g ON g.person_id = r.person_id
	WHERE ${SEEN}`;

/** More time that waits for a second officer: none for anybody else, and never of the reader's own circle. */
export function extensionsWaiting(ctx: Ctx): { id: string; label: string }[] {
	if (!isOfficer(ctx.actor)) return [];
	const text = `SELECT e.id, coalesce(r.reference || ' until ' || e.until_on, 'everyone due ' || e.due_from_on || ' to ' || e.due_to_on || ': ' || e.months || ' months') AS label
		FROM renewal_extension e LEFT JOIN renewal r ON r.id = e.renewal_id WHERE e.confirmed_at IS NULL AND e.refused_at IS NULL
			AND (r.id IS NULL OR r.person_id NOT IN (${CIRCLE}))
		ORDER BY e.asked_at`;
	return prepared(ctx.db.sql, text).all({ me: personOf(ctx).personId }) as { id: string; label: string }[];
}
