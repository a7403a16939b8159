import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { cpdYearsFor } from '#features/cpd/index.ts';
import { postTo } from './apply-post.ts';
import { auditNotified } from './audit-mails.ts';
import { auditById, selectForAudit, takeAuditStep } from './audit-step.ts';
import { isOfficer } from './policy.ts';
import { keepDraw, newSeed } from './renewal-office-commands.ts';
import { renewalRules } from './renewal-rules.ts';
import { circleOf, sayBars } from './upkeep-circle.ts';

/** Who may be drawn today: members for long enough, not on leave, not audited in the last years, none open. Never authorises. */
export function eligibleForAudit(ctx: Pick<Ctx, 'db' | 'today'>): { personId: string; number: string }[] {
	const { minMonths, againAfterYears } = renewalRules(ctx.db, ctx.today).audit;
	const values = { today: ctx.today, since: addMonths(ctx.today, -minMonths), again: addMonths(ctx.today, -12 * againAfterYears) };
	return prepared(ctx.db.sql, ELIGIBLE).all(values) as { personId: string; number: string }[];
}

/**
 * Draws the audits of a year by a seed that is published with the draw, so that anyone can repeat it.
 * @param percent within the rules. @returns the reference of the draw, how many could be drawn and how many were
 * @throws Forbidden; Conflict when nobody can be drawn; Invalid beside `percent`
 */
export function drawAudits(ctx: Ctx, { percent }: { percent: number }): { reference: string; eligible: number; drawn: number } {
	allow(isOfficer(ctx.actor));
	const { percentLeast, percentMost } = renewalRules(ctx.db, ctx.today).audit;
	if (percent < percentLeast || percent > percentMost) throw new Invalid('percent', `Enter ${percentLeast} to ${percentMost}.`);
	return commit(ctx, { name: 'drawAudits' }, (tx) => {
		const recent = "SELECT reference FROM sample_draw WHERE purpose = 'audit' AND substr(drawn_on, 1, 4) = substr(?, 1, 4)";
		const done = prepared(tx.db.sql, recent).pluck().get(ctx.today) as string | undefined;
		if (done) throw new Conflict(`This year’s audits were drawn already: ${done}.`);
		const eligible = eligibleForAudit(ctx);
		if (eligible.length === 0) throw new Conflict('There is nobody who can be drawn today.');
		const draw = keepDraw(tx, { purpose: 'audit', seed: newSeed(), numbers: eligible.map(({ number }) => number), percent });
		const chosen = new Set(draw.numbers);
		for (const { personId, number } of eligible)
			if (chosen.has(number)) selectForAudit(tx, { personId, drawId: draw.id, because: null, ...yearFor(tx, personId) });
		return { reference: draw.reference, eligible: eligible.length, drawn: draw.numbers.length };
	});
}

/** Chooses one member for a reason, which they are told; never one of the chooser's own circle. @throws Forbidden, Conflict; Invalid beside `number` */
export function targetAudit(ctx: Ctx, { number, because }: { number: string; because: string }): string {
	allow(isOfficer(ctx.actor));
	const personId = prepared(ctx.db.sql, 'SELECT person_id FROM registration WHERE number = ?').pluck().get(number.trim().toUpperCase()) as string | undefined;
	if (!personId) throw new Invalid('number', 'Enter the register number of a member, such as IPT-00012X.');
	const bars = sayBars(circleOf(ctx.db, personId, personOf(ctx).personId));
	if (bars !== null) throw new Invalid('number', `Somebody else has to choose them: ${bars}.`);
	return commit(
		ctx,
		{ name: 'targetAudit', reason: because },
		(tx) => selectForAudit(tx, { personId, drawId: null, because, ...yearFor(tx, personId) }).audit.reference,
	);
}

/** The last CPD year that is over; for new members the one that is running. */
function yearFor({ db, ctx }: Tx, personId: string): { fromOn: string; toOn: string } {
	const years = cpdYearsFor(db, personId, ctx.today);
	const year = years.find(({ toOn }) => toOn < ctx.today) ?? years[0];
	if (!year) throw new Conflict('They have no CPD year.');
	return { fromOn: year.fromOn, toOn: year.toOn };
}

/** Tells everyone who was chosen and not told yet; from that day they have their weeks. @returns how many. @throws Forbidden; Conflict */
export function notifyChosen(ctx: Ctx): number {
	allow(isOfficer(ctx.actor));
	const ids = prepared(ctx.db.sql, "SELECT id FROM cpd_audit WHERE phase = 'selected' ORDER BY id").pluck().all() as string[];
	if (ids.length === 0) throw new Conflict('Everyone who was chosen has been told.');
	return commit(ctx, { name: 'notifyChosen' }, (tx) => {
		for (const id of ids) notify(tx, id);
		return ids.length;
	});
}

function notify(tx: Tx, id: string): void {
	const standing = auditById(tx.ctx, id);
	const dueOn = addDays(tx.ctx.today, standing.rules.answerDays);
	takeAuditStep(tx, standing, 'notified', { dueOn });
	const { reference, because, personId } = standing.audit;
	postTo(tx, personId, (to) => auditNotified(tx.ctx.settings, { key: id, reference, dueOn, because }, to));
}

const ELIGIBLE = `SELECT g.person_id AS personId, g.number FROM registration g JOIN person p ON p.id = g.person_id AND p.died_on IS NULL
	WHERE EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = g.person_id AND m.ended_on IS NULL AND m.paid_to_on >= :today
			AND (SELECT min(f.from_on) FROM membership_period f WHERE f.person_id = g.person_id) <= :since)
		AND EXISTS (SELECT 1 FROM award a JOIN award_term t ON t.award_id = a.id WHERE a.person_id = g.person_id AND a.ended_on IS NULL
			AND a.level <> 'organisation' AND a.awarded_on <= :since AND :today BETWEEN t.from_on AND t.to_on)
		AND NOT EXISTS (SELECT 1 FROM membership_leave l WHERE l.person_id = g.person_id AND :today BETWEEN l.from_on AND l.to_on)
		AND NOT EXISTS (SELECT 1 FROM cpd_audit c WHERE c.person_id = g.person_id AND (c.is_final = 0 OR (c.phase <> 'excused' AND date(c.begun_at / 1000, 'unixepoch') > :again)))
	ORDER BY g.number`;
