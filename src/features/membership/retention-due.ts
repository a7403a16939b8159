import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { countRows, DISPOSED, ofMany, type Rows } from '#core/dispose.ts';
import type { RetentionClass } from '#db/personal-data.ts';
import { prepared } from '#db/prepared.ts';
import { type KeptRule, retentionRules } from './data-retention.ts';
import { membershipStatusOf } from './facts-queries.ts';
import { isMember } from './status.ts';

/** One table's part of what is due: which rows, taken by the day of the record or person by person. */
export type Share = { table: string; title: string; rows: Rows };
export type Left = readonly { id: string; endedOn: string }[];
export type ClassDue = { name: RetentionClass; rule: KeptRule; shares: Share[] };

/** Classes that other jobs look after, since their texts have a day of their own. */
export const OWN_JOB: readonly RetentionClass[] = ['enquiries'];

/**
 * Which rows of each class are over their time on the day `due`, by the rules in force on `ctx.today`. A hold wins: nothing of that person's is due.
 * A class counted from the end of membership is due person by person, and never for someone who is a member, accredited or holds a role.
 * `left`: who has left, when it is known already.
 */
export function classesDue(ctx: Ctx, days: { due: string; left?: Left }): ClassDue[] {
	const { classes } = retentionRules(ctx.db, ctx.today);
	const held = prepared(ctx.db.sql, 'SELECT person_id FROM legal_hold WHERE lifted_at IS NULL').pluck().all() as string[];
	const left = days.left ?? formerMembers(ctx);
	return (Object.entries(classes) as [RetentionClass, KeptRule][])
		.filter(([name, rule]) => rule.months !== null && rule.from !== 'never' && !OWN_JOB.includes(name))
		.map(([name, rule]) => {
			const before = addMonths(days.due, -(rule.months ?? 0));
			const people = left.filter(({ id, endedOn }) => endedOn <= before && !held.includes(id)).map(({ id }) => id);
			return { name, rule, shares: rule.from === 'record' ? byAge(name, before, held) : byPerson(name, people) };
		});
}

/** How many rows of a share there are now. */
export function countShare(ctx: Ctx, { table, rows }: Share): number {
	const disposal = DISPOSED.find((d) => d.table === table);
	return disposal ? countRows(ctx.db, disposal, rows) : 0;
}

function byAge(name: RetentionClass, before: string, held: readonly string[]): Share[] {
	return DISPOSED.filter((d) => d.keptAs === name && d.how !== 'keep' && d.day !== null).map(({ table, title, day, where }) => {
		const holds = held.map((_, i) => ` AND NOT coalesce((${where.replaceAll(':person', `:held${i}`)}), 0)`).join('');
		const values = { before, ...Object.fromEntries(held.map((id, i) => [`held${i}`, id])) };
		return { table, title, rows: { where: `(${day}) <= :before${holds}`, values } };
	});
}

function byPerson(name: RetentionClass, people: readonly string[]): Share[] {
	const values = { people: JSON.stringify(people) };
	return DISPOSED.filter((d) => d.keptAs === name && d.how !== 'keep').map(({ table, title, where }) => ({
		table,
		title,
		rows: { where: ofMany(where), values },
	}));
}

const CANDIDATES = `SELECT p.person_id FROM membership_period p GROUP BY p.person_id HAVING max(coalesce(p.ended_on, p.paid_to_on)) <= :today
	AND NOT EXISTS (SELECT 1 FROM award a JOIN award_term t ON t.award_id = a.id WHERE a.person_id = p.person_id AND a.ended_on IS NULL AND t.to_on >= :today)
	AND NOT EXISTS (SELECT 1 FROM role_grant r WHERE r.person_id = p.person_id AND (r.to_on IS NULL OR r.to_on >= :today))
	AND NOT EXISTS (SELECT 1 FROM data_request d WHERE d.person_id = p.person_id AND d.answered_at IS NULL)
	AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.person_id = p.person_id AND i.settled_at IS NULL AND i.voided_at IS NULL)`;

/** People whose membership has ended and who are nothing to us any more today, with the day on which it ended. */
export function formerMembers(ctx: Ctx): Left {
	const ids = prepared(ctx.db.sql, CANDIDATES).pluck().all({ today: ctx.today }) as string[];
	return ids.flatMap((id) => {
		const { state, endsOn, paidToOn } = membershipStatusOf(ctx, id);
		const endedOn = endsOn ?? paidToOn;
		return isMember(state) || state === 'applicant' || endedOn === null ? [] : [{ id, endedOn }];
	});
}
