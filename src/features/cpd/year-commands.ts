import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { isTicked, line, text } from '#core/fields.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { canKeepLog } from './entry-policy.ts';
import { cpdStandingOn } from './standing-queries.ts';
import { digestOf, yearContent } from './year-content.ts';
import { cpdYearsOf, declaredYear } from './year-queries.ts';

/** `digest`: of what the member was shown, so that nothing else is declared. */
export const declareForm = z.object({
	year: line(10, 'Open the page again.'),
	digest: line(64, 'Open the page again.'),
	explanation: text(2000, 'Shorten this to 2,000 characters.'),
	agreed: z.preprocess(isTicked, z.literal(true, 'Tick the box if this is your log of the year.')),
});
export type Declaration = z.output<typeof declareForm>;

/**
 * Declares a CPD year that is over: its entries and sessions stay as they are from now on, and the digest of them stands in the audit.
 * Nothing goes over into the next year. Declaring the same year twice changes nothing.
 * @throws NotFound for no year of one's own; Conflict when it is not over or the log changed since it was shown; Invalid on `explanation`
 */
export function declareYear(ctx: Ctx, { year, digest, explanation }: Declaration): void {
	const { personId } = personOf(ctx);
	allow(canKeepLog(ctx.actor, personId));
	const period = cpdYearsOf(ctx).find(({ fromOn }) => fromOn === year);
	if (!period) throw new NotFound('There is no such CPD year in your log.');
	if (declaredYear(ctx.db, personId, period.fromOn)) return;
	if (period.toOn >= ctx.today) throw new Conflict('This year is not over yet. You can declare it from the day after its last.');
	commit(ctx, { name: 'declareYear' }, (tx) => {
		const content = yearContent(tx.db, personId, period);
		if (digestOf(content) !== digest) throw new Conflict('Your log of this year has changed since you opened the page. Look at it again, then declare it.');
		const standing = cpdStandingOn(tx.db, personId, period.toOn);
		if (!standing.isMet && explanation === '') throw new Invalid('explanation', 'Say in a few words why something is missing, and what you plan.');
		const rules = standing.rules.map(({ key, needed, have, isMet }) => ({ key, needed, have, isMet }));
		const { fromOn, toOn } = period;
		// Frozen first: from the moment the year is declared, nothing of it can be written.
		const freeze = 'UPDATE cpd_entry SET frozen_at = ? WHERE person_id = ? AND is_draft = 0 AND deleted_at IS NULL AND done_on BETWEEN ? AND ?';
		const { changes } = prepared(tx.db.sql, freeze).run(ctx.now, personId, fromOn, toOn);
		const id = newId();
		const kept = JSON.stringify({ rules, entries: content.entries.length, sessions: content.sessions.length });
		prepared(tx.db.sql, INSERT).run(id, personId, fromOn, toOn, standing.version, standing.isMet ? 1 : 0, explanation, kept, digest, ctx.now);
		record(
			tx,
			'cpd.year_declared',
			{ type: 'cpd_year', id },
			{ person: personId, fromOn, toOn, rules: standing.version, isMet: standing.isMet, entries: changes, sessions: content.sessions.length, digest },
		);
	});
}

const INSERT = `INSERT INTO cpd_year (id, person_id, from_on, to_on, rules_version, is_met, explanation, content, digest, declared_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
