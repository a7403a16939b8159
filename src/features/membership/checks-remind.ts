import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, daysBetween } from '#core/dates.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { mailCheckReminder } from './checks-mails.ts';
import { type Check, checkRules } from './checks-rules.ts';

/** Small, so that a request never waits long behind it. */
const AT_ONCE = 50;
/** A reminder that could not go out on its day still goes out for this long. */
const LATE_DAYS = 7;

type Due = { id: string; kind: Check['kind']; personId: string; validToOn: string; email: string };

/**
 * Reminds members of what runs out: one message for each of the reminders' days, whoever's turn was missed gets the latest only. Cut off
 * anywhere, it goes on where it was: a message is queued once. Nobody who has died, left, or asked for no reminders is written to.
 * @returns how many messages were queued.
 */
export function remindOfChecks(ctx: Ctx): number {
	const { reminderDays } = checkRules(ctx.db, ctx.today);
	const due = prepared(ctx.db.sql, DUE).all(addDays(ctx.today, -LATE_DAYS), addDays(ctx.today, Math.max(...reminderDays))) as Due[];
	const waiting = due.flatMap((check) => {
		const days = reminderFor(check.validToOn, ctx.today, reminderDays);
		if (days === null) return [];
		const mail = mailCheckReminder({ settings: ctx.settings, to: check.email, check, days });
		const isQueued = prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(mail.dedupeKey) !== undefined;
		return isQueued ? [] : [{ check, mail, days }];
	});
	for (let i = 0; i < waiting.length; i += AT_ONCE) {
		commit(ctx, { name: 'remind of checks' }, (tx) => {
			for (const { check, mail, days } of waiting.slice(i, i + AT_ONCE)) {
				queueMail(tx, mail);
				record(tx, 'person.check_reminded', { type: 'person', id: check.personId }, { kind: check.kind, validToOn: check.validToOn, days });
			}
		});
	}
	return waiting.length;
}

/** Which reminder it is time for: the latest whose day has come; null when it is too early or too late. */
export function reminderFor(validToOn: string, today: string, reminderDays: readonly number[]): number | null {
	const left = daysBetween(today, validToOn);
	if (left < -LATE_DAYS) return null;
	const come = reminderDays.filter((days) => left <= days);
	return come.length === 0 ? null : Math.min(...come);
}

// What somebody told us of or was confirmed runs out; what could not be checked is the office's to look at.
const DUE = `SELECT c.id, c.kind, c.person_id AS personId, c.valid_to_on AS validToOn, p.email FROM person_check c JOIN person p ON p.id = c.person_id
	WHERE c.superseded_at IS NULL AND c.outcome = 'confirmed' AND c.valid_to_on BETWEEN ? AND ? AND p.died_on IS NULL AND p.email LIKE '%@%'
	AND EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.ended_on IS NULL)
	AND NOT EXISTS (SELECT 1 FROM consent k WHERE k.person_id = p.id AND k.purpose = 'reminders' AND k.end_reason = 'withdrawn'
		AND NOT EXISTS (SELECT 1 FROM consent n WHERE n.person_id = p.id AND n.purpose = 'reminders' AND n.ended_at IS NULL))
	ORDER BY c.valid_to_on, c.id`;
