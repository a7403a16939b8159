import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { listOf } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';
import { isMember, membershipStatusOf } from '#features/membership/index.ts';
import { type AwardKind, type AwardLevel, awardTitle } from '#features/register/index.ts';
import { paths } from '#paths';
import { mayApplyAgainOn } from './decision-queries.ts';
import { renewalOf } from './renewal-step.ts';
import { type Route, standardsOn } from './standards.ts';

type Kind = { level: AwardLevel; kind: AwardKind };
export type OwnAward = Kind & { id: string; isHeld: boolean };
/** What stands in the way by the record, in words for whoever asks, and where it may be put right. */
export type Obstacle = { words: string; href: string | null; link: string };
export type Eligibility = { route: Route; version: string; obstacles: Obstacle[]; awards: OwnAward[] };

/** What the record says about whether somebody may apply for a route today. @throws NotFound for a route that there is not */
export function eligibilityFor(ctx: Ctx, routeKey: string): Eligibility {
	const { version, standards } = standardsOn(ctx.db, ctx.today);
	const route = standards.routes.find(({ key }) => key === routeKey);
	if (!route) throw new NotFound('There is no such kind of accreditation.');
	const own = awardsOf(ctx);
	const awards = own.filter((award) => route.concerns.some((kind) => isSame(kind, award)) && (route.kind !== 'reaccreditation' || award.isHeld));
	return { route, version, awards, obstacles: obstaclesOf(ctx, route, own, awards) };
}

/** Every route of today's standards with what stands in the way of each. */
export function eligibilities(ctx: Ctx): Eligibility[] {
	return standardsOn(ctx.db, ctx.today).standards.routes.map(({ key }) => eligibilityFor(ctx, key));
}

/** The questions that were not answered as the route needs: each with its honest answer. */
export function unmetQuestions({ eligibility }: Pick<Route, 'eligibility'>, answers: Readonly<Record<string, string>>): Route['eligibility'] {
	return eligibility.filter(({ key, wanted }) => answers[key] !== wanted);
}

function obstaclesOf(ctx: Ctx, route: Route, own: readonly OwnAward[], awards: readonly OwnAward[]): Obstacle[] {
	const { personId } = personOf(ctx);
	const { state, category } = membershipStatusOf(ctx, personId);
	const found: (Obstacle | null)[] = [
		isMember(state) ? null : obstacle('Accreditation is for members: the membership comes first.', paths.join(), 'About joining'),
		state === 'suspended' ? obstacle('Your membership is suspended, so an application cannot be begun just now.') : null,
		route.isAccreditation && category === 'organisation'
			? obstacle(
					'You are an organisation member. That grade is registered through an employer and does not lead to accreditation.',
					paths.myMembership(),
					'Change your grade',
				)
			: null,
		route.needs.length > 0 && !own.some((award) => award.isHeld && route.needs.some((kind) => isSame(kind, award)))
			? obstacle(`You need to hold ${listOf(route.needs.map((kind) => awardTitle(kind))).replace(/ and ([^,]*)$/, ' or $1')} first.`)
			: null,
		route.leadsTo !== null && own.some((award) => award.isHeld && route.leadsTo !== null && isSame(route.leadsTo, award))
			? obstacle('You hold this already.')
			: null,
		route.concerns.length > 0 && awards.length === 0 ? obstacle('This is for an award that you hold or held, and there is none on record that it fits.') : null,
		byRenewal(ctx, personId, route),
		openOne(ctx, personId, route.key),
		tooSoon(ctx, personId, route.key),
	];
	return found.filter((one): one is Obstacle => one !== null);
}

/** One way to one result: an award is kept, and comes back within its time, by its re-accreditation. */
function byRenewal(ctx: Ctx, personId: string, { kind }: Route): Obstacle | null {
	const isOpen = kind === 'reinstatement' && ['window_open', 'late', 'reactivatable'].includes(renewalOf(ctx, personId)?.phase ?? '');
	if (kind !== 'reaccreditation' && !isOpen) return null;
	return obstacle('This has a page of its own, filled in from your log.', paths.myRenewal(), 'Re-accreditation');
}

function obstacle(words: string, href: string | null = null, link = ''): Obstacle {
	return { words, href, link };
}

function openOne(ctx: Ctx, personId: string, route: string): Obstacle | null {
	const text = `SELECT coalesce(reference, route) FROM accreditation_application WHERE person_id = ? AND route = ? AND phase NOT IN ('decided', 'withdrawn', 'closed')`;
	const key = prepared(ctx.db.sql, text).pluck().get(personId, route) as string | undefined;
	return key === undefined ? null : obstacle('You have begun this application already.', paths.myApplication(key), 'Go on with it');
}

/** A refusal says from when one may apply again. */
function tooSoon(ctx: Ctx, personId: string, route: string): Obstacle | null {
	const again = mayApplyAgainOn(ctx.db, personId, route, ctx.today);
	return again !== null ? obstacle(`After the last decision you may apply again from ${sayDay(again)}.`) : null;
}

function awardsOf(ctx: Ctx): OwnAward[] {
	const text = `SELECT a.id, a.level, a.kind, (a.ended_on IS NULL OR a.ended_on > :today)
			AND EXISTS (SELECT 1 FROM award_term t WHERE t.award_id = a.id AND t.to_on >= :today) AS isHeld
		FROM award a WHERE a.person_id = :person ORDER BY a.awarded_on DESC, a.id`;
	const rows = prepared(ctx.db.sql, text).all({ person: personOf(ctx).personId, today: ctx.today }) as (Omit<OwnAward, 'isHeld'> & { isHeld: 0 | 1 })[];
	return rows.map((row) => ({ ...row, isHeld: row.isHeld === 1 }));
}

function isSame(a: Kind, b: Kind): boolean {
	return a.level === b.level && a.kind === b.kind;
}
