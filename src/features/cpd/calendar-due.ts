import { addDays, addMonths, londonDay } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { membershipOf, rulesAt } from './standing-queries.ts';
import { waitingIn } from './supervision-confirm.ts';
import { yearsToDeclare } from './year-queries.ts';

/** One thing that is due on a day. `words` are the same for everyone: a calendar is seen by others. `key` stays while it is the same thing. */
export type Due = { key: string; day: string; words: string };

/** What is due for a person, soonest first, things of the last month included. Never authorises. */
export function dueOf(db: Db, personId: string, today: string): Due[] {
	const due = [...membershipDue(db, personId), ...yearDue(db, personId, today), ...confirmingDue(db, personId, today), ...insuranceDue(db, personId)];
	return due.filter(({ day }) => day >= addMonths(today, -1)).sort((a, b) => a.day.localeCompare(b.day) || a.key.localeCompare(b.key));
}

function membershipDue(db: Db, personId: string): Due[] {
	const text = 'SELECT max(paid_to_on) FROM membership_period WHERE person_id = ? AND ended_on IS NULL';
	const day = prepared(db.sql, text).pluck().get(personId) as string | null;
	return day ? [{ key: `membership:${day}`, day, words: 'Renew your membership' }] : [];
}

function yearDue(db: Db, personId: string, today: string): Due[] {
	const membership = membershipOf(db, personId, today);
	if (membership.length === 0) return [];
	const { period } = rulesAt(db, membership, today);
	const before = rulesAt(db, membership, addDays(period.fromOn, -1)).period;
	const open = yearsToDeclare(db, personId, [before], today).map(({ toOn }) => ({
		key: `declare:${toOn}`,
		day: addDays(toOn, 1),
		words: 'Declare your CPD year',
	}));
	const isMember = membership.some(({ toOn }) => toOn === null || toOn >= today);
	return isMember ? [...open, { key: `year:${period.toOn}`, day: period.toOn, words: 'Your CPD year ends' }] : open;
}

/** By the day on which the link runs out; sessions that nobody was asked about yet, by the end of the month. */
function confirmingDue(db: Db, personId: string, today: string): Due[] {
	const monthEnd = addDays(addMonths(`${today.slice(0, 7)}-01`, 1), -1);
	const supervised = prepared(db.sql, 'SELECT id FROM supervision_relation WHERE supervisor_id = ? AND agreed_at IS NOT NULL')
		.pluck()
		.all(personId) as string[];
	const asked = supervised.filter((id) => waitingIn(db, id).length > 0).map((id) => linkEnd(db, id) ?? monthEnd);
	const own = `SELECT 1 FROM supervision_entry e JOIN supervision_relation r ON r.id = e.relation_id WHERE e.person_id = ? AND r.agreed_at IS NOT NULL
		AND e.is_draft = 0 AND e.confirmed_at IS NULL AND e.disputed_at IS NULL AND NOT EXISTS
			(SELECT 1 FROM supervision_link l WHERE l.relation_id = r.id AND l.purpose = 'confirm' AND l.used_at IS NULL AND l.withdrawn_at IS NULL) LIMIT 1`;
	const waits = prepared(db.sql, own).get(personId) !== undefined;
	return [
		...[...new Set(asked)].map((day) => ({ key: `confirm:${day}`, day, words: 'Confirm supervision' })),
		...(waits ? [{ key: `ask:${monthEnd}`, day: monthEnd, words: 'Ask for your supervision to be confirmed' }] : []),
	];
}

function linkEnd(db: Db, relationId: string): string | null {
	const text = "SELECT expires_at FROM supervision_link WHERE relation_id = ? AND purpose = 'confirm' AND used_at IS NULL AND withdrawn_at IS NULL";
	const at = prepared(db.sql, text).pluck().get(relationId) as number | undefined;
	return at === undefined ? null : addDays(londonDay(at), -1);
}

function insuranceDue(db: Db, personId: string): Due[] {
	const text = `SELECT max(valid_to_on) FROM person_check WHERE person_id = ? AND kind = 'insurance' AND superseded_at IS NULL AND outcome = 'confirmed'`;
	const day = prepared(db.sql, text).pluck().get(personId) as string | null;
	return day ? [{ key: `insurance:${day}`, day, words: 'Renew your indemnity insurance' }] : [];
}
