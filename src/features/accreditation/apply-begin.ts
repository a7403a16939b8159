import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { eligibilityFor, unmetQuestions } from './apply-eligibility.ts';
import { type Route, standardSet } from './standards.ts';
import { type Step, stateOf } from './state.ts';
import { copyOf, insertStep, type Standing, standingOf } from './step.ts';
import { NOTHING_LEFT } from './step-left.ts';

/** `answers`: to the route's questions, `yes` or `no` by key. `awardId`: the award that it concerns, where the route asks for one. */
export type Beginning = { route: string; answers: Record<string, string>; awardId: string | null };

/**
 * Begins an application under the standards of today, which it keeps. Begun already, it goes on with that one.
 * @throws SignInRequired; NotFound for no such route; Conflict for what stands in the way by the record; Invalid beside the first question that
 * was not answered as the route needs, or beside `award`
 */
export function beginApplication(ctx: Ctx, { route: routeKey, answers, awardId }: Beginning): Standing {
	const { personId } = personOf(ctx);
	return commit(ctx, { name: 'beginApplication' }, (tx) => {
		const open = openId(tx, personId, routeKey);
		if (open !== undefined) {
			record(tx, 'accreditation.begun', { type: 'application', id: open }, { again: true });
			return standingOf(tx.db, open);
		}
		const { route, version, obstacles, awards } = eligibilityFor(ctx, routeKey);
		if (obstacles[0]) throw new Conflict(obstacles[0].words);
		const [unmet] = unmetQuestions(route, answers);
		if (unmet) throw new Invalid(unmet.key, unmet.otherwise);
		if (route.concerns.length > 0 && !awards.some(({ id }) => id === awardId)) throw new Invalid('award', 'Choose which award it is about.');
		const kept = Object.fromEntries(route.eligibility.map(({ key }) => [key, answers[key] ?? '']));
		return insertApplication(tx, { personId, route, version, awardId: route.concerns.length > 0 ? awardId : null, answers: kept });
	});
}

/** What an application begins with; `answers` to the questions of eligibility are kept with it. */
export type NewApplication = { personId: string; route: Route; version: string; awardId: string | null; answers: Record<string, string> };

/** Writes an application that begins now. Joins a transaction and never authorises: for what begins by another way than the form. */
export function insertApplication(tx: Tx, { personId, route, version, awardId, answers }: NewApplication): Standing {
	const { ctx, db } = tx;
	const id = newId();
	const first: Step = { no: 1, kind: 'begun', at: ctx.now, onDay: ctx.today, byPerson: ctx.actor.kind === 'person' ? ctx.actor.personId : null, data: {} };
	const { phase, turn, phaseFromOn, dueOn } = copyOf(stateOf([first], route), standardSet(db, version).standards, route, db);
	const insert = `INSERT INTO accreditation_application (id, person_id, route, standards_version, award_id, begun_at, phase, turn, phase_from_on, due_on, steps)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`;
	prepared(db.sql, insert).run(id, personId, route.key, version, awardId, ctx.now, phase, turn, phaseFromOn, dueOn);
	insertStep(tx, id, first, { phase, turn, left: NOTHING_LEFT });
	const saved = "INSERT INTO accreditation_answer (application_id, section, answers, changed_at) VALUES (?, 'eligibility', ?, ?)";
	prepared(db.sql, saved).run(id, JSON.stringify(answers), ctx.now);
	record(tx, 'accreditation.begun', { type: 'application', id }, { person: personId, route: route.key, version, award: awardId });
	return standingOf(db, id);
}

function openId(tx: Tx, personId: string, route: string): string | undefined {
	const text = "SELECT id FROM accreditation_application WHERE person_id = ? AND route = ? AND phase NOT IN ('decided', 'withdrawn', 'closed')";
	return prepared(tx.db.sql, text).pluck().get(personId, route) as string | undefined;
}
