import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Invalid } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { accreditationHold } from '#db/schema/index.ts';
import { postTo } from './apply-post.ts';
import { forOfficer, type OfficerAct } from './check-commands.ts';
import type { HoldInput } from './hold-form.ts';
import { putOnHold, takenOffHold } from './hold-mails.ts';
import { moveItems } from './round-commands.ts';
import { type Standing, takeStep } from './step.ts';

/** Holds an application: every clock stands still, until a day at the latest. @throws NotFound, Conflict; Invalid for a day that is none */
export function holdApplication(ctx: Ctx, reference: string, { seen, words, untilOn }: HoldInput): void {
	const sight = forOfficer(ctx, reference, 'held', seen);
	const { application, standards } = sight;
	const last = addDays(ctx.today, standards.limits.holdMostDays);
	if (untilOn <= ctx.today || untilOn > last) throw new Invalid('untilOn', `Choose a day to come, at most ${standards.limits.holdMostDays} days from today.`);
	commit(ctx, { name: 'hold application' }, (tx) => {
		const taken = takeStep(tx, sight, 'held', { untilOn });
		const text = 'INSERT INTO accreditation_hold (application_id, no, words, until_on, held_by, held_at) VALUES (?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(application.id, taken.seen, words, untilOn, personOf(ctx).personId, ctx.now);
		postTo(tx, application.personId, (to) => putOnHold(ctx.settings, { key: `${application.id}:${taken.seen}`, reference, untilOn }, to));
	});
}

/** Takes an application off hold; it goes on where it stood. @throws NotFound, Conflict */
export function releaseApplication(ctx: Ctx, reference: string, { seen, words }: OfficerAct): void {
	const sight = forOfficer(ctx, reference, 'released', seen);
	commit(ctx, { name: 'release application', reason: words || undefined }, (tx) => release(tx, sight));
}

/** The same without asking who: for the job. Joins a transaction and never authorises. @throws Conflict */
export function release(tx: Tx, standing: Standing): Standing {
	const taken = takeStep(tx, standing, 'released');
	const { id, personId, reference, dueOn } = taken.application;
	if (taken.state.phase === 'waiting_on_applicant' && dueOn !== null) moveItems(tx, taken, dueOn);
	postTo(tx, personId, (to) => takenOffHold(tx.ctx.settings, { key: `${id}:${taken.seen}`, reference: reference ?? '' }, to));
	return taken;
}

export type Hold = typeof accreditationHold.$inferSelect;

/** Why an application is on hold, by the newest step that says so. Never authorises. */
export function holdOf(db: Db, applicationId: string): Hold | null {
	const text = `SELECT application_id AS applicationId, no, words, until_on AS untilOn, held_by AS heldBy, held_at AS heldAt FROM accreditation_hold
		WHERE application_id = ? ORDER BY no DESC LIMIT 1`;
	return (prepared(db.sql, text).get(applicationId) as Hold | undefined) ?? null;
}
