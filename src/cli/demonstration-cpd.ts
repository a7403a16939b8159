import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, daysBetween } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { inventActivities } from '#db/seed/cpd.ts';
import { seededRandom } from '#db/seed/random.ts';
import { addEntry, type CpdCategory, rulesAt } from '#features/cpd/index.ts';

const SEED = 30;

/**
 * Fills the CPD logs of the demonstration's members for the year that is running and the one before, through the command that the pages use.
 * Most do enough, some too little, a few nothing; the same register gives the same logs.
 */
export function fillCpdLogs(ctx: Ctx): void {
	const random = seededRandom(SEED);
	const { period } = rulesAt(ctx.db, [], ctx.today);
	const began = daysBetween(period.fromOn, ctx.today);
	const stretches = [
		{ from: began + 365, to: began + 1 },
		{ from: began, to: 0 },
	];
	// By the number in the file, so that the order is the same on every machine.
	const text = `SELECT p.id FROM person p WHERE p.died_on IS NULL AND EXISTS (SELECT 1 FROM award a WHERE a.person_id = p.id)
		AND EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.ended_on IS NULL) ORDER BY p.import_key`;
	const people = prepared(ctx.db.sql, text).pluck().all() as string[];
	commit(ctx, { name: 'fill the logs of the demonstration' }, (tx) => {
		for (const personId of people) {
			const care = random.chance(0.06) ? 0 : random.chance(0.75) ? 0.85 + random.next() * 0.15 : random.next() * 0.7;
			const activities = care === 0 ? [] : stretches.flatMap((stretch) => inventActivities(random, care, stretch));
			for (const [index, { daysAgo, category, ...activity }] of activities.entries()) {
				const done = { ...activity, category: category as CpdCategory, beganOn: null, doneOn: addDays(ctx.today, -daysAgo) };
				addEntry(tx, personId, done, { isDraft: false, repeatKey: `demonstration:${personId}:${index}`, of: null });
			}
		}
	});
}
