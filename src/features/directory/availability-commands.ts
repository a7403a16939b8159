import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { hashToken, newToken } from '#core/ids.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { availabilityMail } from './availability-mails.ts';
import { refreshFinder } from './finder.ts';
import { type ListingFacts, writeListing } from './listing-commands.ts';
import { bumpListing } from './own-commands.ts';
import { listingFactsOf } from './own-listing.ts';
import { listingRules } from './own-rules.ts';
import { availabilityFacts } from './own-sections.ts';

/** The text of such a mail is of no use after its month. */
const KEPT_DAYS = 45;
const A_BATCH = 50;

/**
 * Asks everyone who can be found today and has not been asked this month whether they take new clients. In small transactions: what was
 * cut off goes on where it stopped, and nobody is asked twice.
 * @returns how many were asked.
 */
export function askAvailability(ctx: Ctx): number {
	const month = ctx.today.slice(0, 7);
	if (!isTimeToAsk(ctx)) return 0;
	const text = `SELECT f.person_id FROM finder f WHERE f.shown_to_on > ? AND NOT EXISTS
		(SELECT 1 FROM availability_link a WHERE a.person_id = f.person_id AND a.month = ?) ORDER BY f.no LIMIT ?`;
	let asked = 0;
	for (;;) {
		const people = prepared(ctx.db.sql, text).pluck().all(ctx.today, month, A_BATCH) as string[];
		if (people.length === 0) return asked;
		commit(ctx, { name: 'ask about availability' }, (tx) => {
			for (const personId of people) ask(tx, personId, month);
		});
		asked += people.length;
	}
}

/** Later in the month the question would come twice within days. */
function isTimeToAsk({ db, today }: Ctx): boolean {
	const { askFromDay, askToDay } = listingRules(db, today);
	const day = Number(today.slice(8));
	return day >= askFromDay && day <= askToDay;
}

function ask(tx: Tx, personId: string, month: string): void {
	const token = newToken();
	const { sql } = tx.db;
	prepared(sql, 'UPDATE availability_link SET withdrawn_at = ? WHERE person_id = ? AND withdrawn_at IS NULL').run(tx.ctx.now, personId);
	prepared(sql, 'INSERT INTO availability_link (token_hash, person_id, month, created_at) VALUES (?, ?, ?, ?)').run(
		hashToken(token),
		personId,
		month,
		tx.ctx.now,
	);
	const address = mailAddressOf(tx.db, personId);
	record(tx, 'listing.availability_asked', { type: 'person', id: personId }, { month, hasAddress: address !== null });
	if (address !== null) queueMail(tx, { ...availabilityMail(tx.ctx.settings, { personId, address, token, month }), purgeOn: addDays(tx.ctx.today, KEPT_DAYS) });
}

/** What a link leads to: nothing about the person, only what was answered by it. @throws NotFound when it is unknown or the next one was sent. */
export function availabilityLink(ctx: Ctx, token: string): { personId: string; availability: ListingFacts['availability']; isConfirmedToday: boolean } {
	const text = 'SELECT person_id FROM availability_link WHERE token_hash = ? AND withdrawn_at IS NULL';
	const personId = prepared(ctx.db.sql, text).pluck().get(hashToken(token)) as string | undefined;
	if (!personId) throw new NotFound('This link no longer works: a newer one was sent, or it was cut off on the way. Your own area always works.');
	const { facts } = listingFactsOf(ctx, personId);
	return { personId, availability: facts.availability, isConfirmedToday: facts.availabilityConfirmedOn === ctx.today };
}

/** Sets and confirms what the holder of the link says. The link works until the next one is sent, so a slip can be mended. @throws NotFound */
export function answerAvailability(
	ctx: Ctx,
	token: string,
	answer: { availability: ListingFacts['availability']; waitingWeeks: number | null; awayUntil: string | null },
): void {
	commit(ctx, { name: 'say availability by link' }, (tx) => {
		const { personId } = availabilityLink(ctx, token);
		const { facts } = listingFactsOf(ctx, personId);
		writeListing(tx, personId, { ...facts, ...availabilityFacts(answer, ctx.today) }, ['availability']);
		record(tx, 'listing.availability_said', { type: 'person', id: personId }, { availability: answer.availability });
		bumpListing(tx, personId);
		refreshFinder(tx, personId);
	});
}
