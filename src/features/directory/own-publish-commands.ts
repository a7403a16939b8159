import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Forbidden } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';
import { refreshFinder } from './finder.ts';
import { giveConsent, withdrawConsent } from './listing-commands.ts';
import { bumpListing, SHOWING_WORDS } from './own-commands.ts';
import { type OwnListing, ownListing } from './own-listing.ts';
import { type ProfileAnswer, profileAt } from './profile.ts';

/** Why a listing cannot be published just now, in sentences; empty when it can. */
export function hindrances(ctx: Ctx, listing: OwnListing): string[] {
	const facts = factsOf(ctx.db, listing.personId);
	const isGood = facts !== null && registerStatus(facts, ctx.today, registerRules(ctx.db, ctx.today)).isInGoodStanding;
	const { online, inPerson } = listing.facts;
	return [
		!isGood && 'Only people who are on the register in good standing today can be found. Your register entry says what is missing.',
		listing.version === 0 && 'Nothing is written yet. Begin with how and where you work.',
		!online && !inPerson && 'Say whether you work in person, online, or both.',
		inPerson && listing.places.length === 0 && 'Give at least one place where you see people, or take “in person” away.',
		inPerson && listing.places.length > 0 && !listing.shows.has('places') && 'Agree to show your places, or nobody near you can find you.',
	].filter((reason) => reason !== false);
}

/** Publishes the actor's own listing, with their agreement to be listed by name and awards; it can be found at once. @throws Forbidden with what is missing. */
export function publishListing(ctx: Ctx): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'publish own listing' }, (tx) => {
		const listing = ownListing(ctx);
		const [missing] = hindrances(ctx, listing);
		if (missing) throw new Forbidden(missing);
		const text = 'UPDATE listing SET published_on = ?, withdrawn_on = NULL, confirmed_on = ? WHERE person_id = ?';
		prepared(tx.db.sql, text).run(ctx.today, ctx.today, personId);
		if (!listing.shows.has('listing')) giveConsent(tx, personId, ['listing'], { at: ctx.now, wording: SHOWING_WORDS });
		record(tx, 'listing.published', { type: 'person', id: personId }, { on: ctx.today });
		bumpListing(tx, personId);
		refreshFinder(tx, personId);
	});
}

/** Takes the actor's own listing out of the search and off the web, this minute. What is written stays. */
export function takeListingDown(ctx: Ctx): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'take own listing down' }, (tx) => {
		prepared(tx.db.sql, 'UPDATE listing SET withdrawn_on = ? WHERE person_id = ?').run(ctx.today, personId);
		if (ownListing(ctx).shows.has('listing')) withdrawConsent(tx, personId, ['listing']);
		record(tx, 'listing.taken_down', { type: 'person', id: personId }, { on: ctx.today });
		bumpListing(tx, personId);
		refreshFinder(tx, personId);
	});
}

/** A transaction that was never meant to stay. */
const UNDO = new Error('undo');

/**
 * The actor's own page exactly as the public would see it if it were published now: made by the same function, in a transaction that
 * is undone. Null when they could not be shown even then.
 */
export function previewOwnListing(ctx: Ctx): (ProfileAnswer & { kind: 'shown' }) | null {
	const { personId } = personOf(ctx);
	const { sql } = ctx.db;
	const before = ownListing(ctx);
	if (before.slug === null) return null;
	let answer: ProfileAnswer = { kind: 'unknown' };
	try {
		sql
			.transaction(() => {
				prepared(sql, 'UPDATE listing SET published_on = ?, withdrawn_on = NULL WHERE person_id = ?').run(ctx.today, personId);
				if (!before.shows.has('listing'))
					prepared(sql, "INSERT INTO listing_consent (person_id, field, wording, given_at) VALUES (?, 'listing', 'preview', ?)").run(personId, ctx.now);
				answer = profileAt(ctx, before.slug ?? '');
				throw UNDO;
			})
			.immediate();
	} catch (error) {
		if (error !== UNDO) throw error;
	}
	const made = answer as ProfileAnswer;
	return made.kind === 'shown' ? made : null;
}
