import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, daysBetween } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { applicationClosed, applicationIdle } from './application-mails.ts';
import { applicationById } from './application-queries.ts';
import { type Application, advance } from './application-states.ts';
import { mailAddressOf } from './contact.ts';
import { cancelPurchase } from './purchases.ts';
import { reminderDay } from './reminders.ts';
import { membershipRules } from './rules.ts';

const IDLE = `SELECT id FROM membership_application WHERE state IN ('draft', 'more_wanted', 'admitted') AND touched_on <= ? ORDER BY touched_on, id`;

/** Reminds people of applications that wait for them, and closes those that waited too long; what was typed into a draft is deleted. */
export function closeIdleApplications(ctx: Ctx): { reminded: number; closed: number } {
	const rules = membershipRules(ctx.db, ctx.today);
	const sum = { reminded: 0, closed: 0 };
	const firstReminder = Math.max(...rules.draftReminderDays);
	for (const id of prepared(ctx.db.sql, IDLE)
		.pluck()
		.all(addDays(ctx.today, firstReminder - rules.draftDays)) as string[]) {
		const application = applicationById(ctx.db, id);
		if (!application) continue;
		const daysLeft = daysBetween(ctx.today, addDays(application.touchedOn, rules.draftDays));
		if (daysLeft <= 0) sum.closed += close(ctx, application);
		else sum.reminded += remind(ctx, application, { daysBefore: reminderDay(daysLeft, rules.draftReminderDays), closesOn: addDays(ctx.today, daysLeft) });
	}
	return sum;
}

function remind(ctx: Ctx, application: Application, when: { daysBefore: number; closesOn: string }): number {
	const to = mailAddressOf(ctx.db, application.personId);
	if (!to) return 0;
	const { id, touchedOn } = application;
	const mail = applicationIdle(ctx.settings, { id, touchedOn, state: application.state as 'draft', ...when }, to);
	if (prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(mail.dedupeKey)) return 0;
	commit(ctx, { name: 'remind applicant' }, (tx) => {
		queueMail(tx, mail);
		record(tx, 'membership.reminded', { type: 'person', id: application.personId }, { application: id, days: when.daysBefore });
	});
	return 1;
}

/** An order of which a part was paid is left to finance: then nothing is closed by itself. */
function close(ctx: Ctx, application: Application): number {
	try {
		commit(ctx, { name: 'close application', reason: 'nobody went on with it' }, (tx) => closeOne(tx, application));
		return 1;
	} catch (error) {
		if (error instanceof Conflict) return 0;
		throw error;
	}
}

function closeOne(tx: Tx, application: Application): void {
	advance(tx, application, 'close', application.frozen === null ? { answers: '{}' } : {});
	cancelPurchase(tx, application.personId, 'the application was closed');
	const to = mailAddressOf(tx.db, application.personId);
	if (to) queueMail(tx, applicationClosed(tx.ctx.settings, { id: application.id }, to));
}
