import { bookkeep } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { type Random, seededRandom } from '#db/seed/random.ts';
import { answerSupervision, askForSupervision, confirmSessions, dayTyped, logSupervision, supervisionForms, waitingIn } from '#features/cpd/index.ts';

const SEED = 31;
const RELATIONS = 12;

type Pair = { supervisee: string; supervisor: string; number: string };

/**
 * Some members of the demonstration are supervised, by the commands that the pages use: they logged sessions since the spring, and what is
 * older than this month is confirmed. Nobody is written to about what never happened.
 */
export function fillSupervision(ctx: Ctx): void {
	const random = seededRandom(SEED);
	for (const pair of pairsOf(ctx)) {
		const id = superviseSince(ctx, random, pair);
		logSessions(as(ctx, pair.supervisee), id, { random, fromOn: `${ctx.today.slice(0, 7)}-02`, toOn: ctx.today });
	}
	bookkeep(ctx.db, () => prepared(ctx.db.sql, "DELETE FROM outbox WHERE kind LIKE 'supervision.%'").run());
}

/** One supervises another since eight months ago; what was logged before this month is confirmed. @returns the key of the supervision */
export function superviseSince(ctx: Ctx, random: Random, pair: Pair): string {
	const [supervisee, supervisor] = [as(ctx, pair.supervisee), as(ctx, pair.supervisor)];
	const fromOn = addMonths(ctx.today, -8);
	const id = askForSupervision(supervisee, { mySide: 'supervisee', other: { number: pair.number }, fromOn });
	answerSupervision(supervisor, id, 1, true);
	logSessions(supervisee, id, { random, fromOn, toOn: addDays(`${ctx.today.slice(0, 7)}-01`, -1) });
	const sessions = waitingIn(ctx.db, id).map((session) => ({ id: session.id, version: session.version, dispute: null }));
	confirmSessions(supervisor, id, sessions);
	return id;
}

/** Supervisors in turn for practitioners and trainees, in the order of the file: the same on every machine. */
function pairsOf(ctx: Ctx): Pair[] {
	const listed = `SELECT f.person_id FROM finder f JOIN membership_period m ON m.person_id = f.person_id AND m.ended_on IS NULL WHERE f.shown_to_on > ?`;
	const supervisors = prepared(
		ctx.db.sql,
		`SELECT r.person_id AS id, r.number FROM registration r JOIN award a ON a.person_id = r.person_id AND a.level = 'supervisor' AND a.ended_on IS NULL
			WHERE r.person_id IN (${listed}) GROUP BY r.person_id ORDER BY r.sequence LIMIT 4`,
	).all(ctx.today) as { id: string; number: string }[];
	const supervisees = prepared(
		ctx.db.sql,
		`SELECT p.id FROM person p JOIN membership_period m ON m.person_id = p.id AND m.ended_on IS NULL AND m.paid_to_on > ?
			WHERE NOT EXISTS (SELECT 1 FROM award a WHERE a.person_id = p.id AND a.level IN ('supervisor', 'trainer'))
			GROUP BY p.id ORDER BY m.category <> 'trainee', p.import_key LIMIT ?`,
	)
		.pluck()
		.all(ctx.today, RELATIONS) as string[];
	if (supervisors.length === 0) return [];
	return supervisees.map((supervisee, i) => {
		const { id, number } = supervisors[i % supervisors.length] as { id: string; number: string };
		return { supervisee, supervisor: id, number };
	});
}

function logSessions(supervisee: Ctx, relation: string, { random, fromOn, toOn }: { random: Random; fromOn: string; toOn: string }): void {
	for (let day = fromOn; day <= toOn; day = addDays(day, random.whole(14, 35))) {
		const isGroup = random.chance(0.3);
		const typed = {
			heldOn: dayTyped(day),
			minutes: isGroup ? '2h' : `${random.pick([50, 60])} min`,
			relation,
			kind: isGroup ? 'group' : 'individual',
			size: isGroup ? '4' : '',
			mode: random.pick(['in_person', 'video'] as const),
			material: random.pick(['none', 'recorded', 'live'] as const),
			repeatKey: `demonstration ${day}`,
		};
		logSupervision(supervisee, supervisionForms.sessionForm.parse(typed));
	}
}

/** The same moment, somebody acting for themselves. */
function as(ctx: Ctx, personId: string): Ctx {
	return ctxFor(ctx, { kind: 'person', personId, accountId: '', roles: ['member'], level: 2, provedAt: ctx.now }, ctx.now);
}
