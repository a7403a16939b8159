import ical from 'ical-generator';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { hashToken, newId, newToken } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { Settings } from '#settings';
import { type Due, dueOf } from './calendar-due.ts';

const SIX_HOURS = 6 * 3600;

/** Since when someone's calendar has an address, milliseconds UTC; null when it has none. The address itself is told once, when it is made. */
export function calendarSince(ctx: Ctx): number | null {
	const text = 'SELECT created_at FROM calendar_feed WHERE person_id = ? AND revoked_at IS NULL';
	return (prepared(ctx.db.sql, text).pluck().get(personOf(ctx).personId) as number | undefined) ?? null;
}

/** Makes a new address for one's calendar; the one before leads nowhere from now on. @returns its token, to be shown once */
export function makeCalendarAddress(ctx: Ctx): string {
	const { personId } = personOf(ctx);
	const token = newToken();
	commit(ctx, { name: 'makeCalendarAddress' }, (tx) => {
		revoke(tx, personId);
		const id = newId();
		prepared(tx.db.sql, 'INSERT INTO calendar_feed (id, person_id, token_hash, created_at) VALUES (?, ?, ?, ?)').run(id, personId, hashToken(token), ctx.now);
		record(tx, 'calendar.address_made', { type: 'person', id: personId });
	});
	return token;
}

/** Makes one's address invalid. When there is none, nothing happens. */
export function revokeCalendarAddress(ctx: Ctx): void {
	const { personId } = personOf(ctx);
	if (calendarSince(ctx) === null) return;
	commit(ctx, { name: 'revokeCalendarAddress' }, (tx) => {
		revoke(tx, personId);
		record(tx, 'calendar.address_revoked', { type: 'person', id: personId });
	});
}

/**
 * What is due for the one whose address it is, as iCalendar text: whole days, no names, the same words for everyone.
 * @throws NotFound for an address that is unknown or was made invalid
 */
export function calendarAt(ctx: Ctx, token: string): string {
	const text =
		'SELECT f.id, f.person_id AS personId FROM calendar_feed f JOIN person p ON p.id = f.person_id WHERE f.token_hash = ? AND f.revoked_at IS NULL AND p.died_on IS NULL';
	const feed = /^[\w-]{43}$/.test(token) ? prepared(ctx.db.sql, text).get(hashToken(token)) : undefined;
	if (!feed) throw new NotFound('There is no such calendar.');
	const { id, personId } = feed as { id: string; personId: string };
	return calendarText(ctx.settings, id, dueOf(ctx.db, personId, ctx.today), ctx.now);
}

/** No time zone on the calendar: with one, the generator would move whole days by it. */
export function calendarText(settings: Settings, feedId: string, due: readonly Due[], now: number): string {
	const calendar = ical({
		name: `What is due: ${settings.organisation.name}`,
		prodId: { company: settings.organisation.name, product: 'register', language: 'EN' },
		ttl: SIX_HOURS,
	});
	for (const { key, day, words } of due) {
		const id = `${hashToken(`${feedId}|${key}`).slice(0, 32)}@${new URL(settings.publicOrigin).hostname}`;
		calendar.createEvent({ id, start: new Date(`${day}T00:00:00Z`), allDay: true, summary: words, stamp: new Date(now), url: `${settings.publicOrigin}/my` });
	}
	return `${calendar.toString()}\r\n`;
}

function revoke(tx: Tx, personId: string): void {
	prepared(tx.db.sql, 'UPDATE calendar_feed SET revoked_at = ? WHERE person_id = ? AND revoked_at IS NULL').run(tx.ctx.now, personId);
}
