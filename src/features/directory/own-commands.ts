import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { ConsentField } from './consents.ts';
import { refreshFinder } from './finder.ts';
import { giveConsent, type ListingFacts, type PracticePlace, withdrawConsent, writeListing, writePlaces } from './listing-commands.ts';
import { listingFactsOf, type OwnListing } from './own-listing.ts';
import { askForChange } from './own-request-commands.ts';
import { type CheckedField, listingRules } from './own-rules.ts';

/** The version of the words beside every "show this" box; what is agreed to is stored with it. */
export const SHOWING_WORDS = 'listing-2026-1';

/** What one section of the editor changes. `shows`: boxes of that section, ticked or not. `version`: of the listing when the form was opened. */
export type SectionInput = {
	version: number;
	facts?: Partial<ListingFacts>;
	places?: readonly PracticePlace[];
	shows?: Partial<Record<ConsentField, boolean>>;
};

/**
 * Saves one section of the actor's own listing. It is live at once, but for parts that an officer looks at first (rule set `listing`).
 * @returns the parts that wait for an officer.
 * @throws Conflict when it was changed elsewhere since the form was opened.
 */
export function saveSection(ctx: Ctx, input: SectionInput): CheckedField[] {
	const { personId } = personOf(ctx);
	return commit(ctx, { name: 'save own listing' }, (tx) => {
		const before = listingFactsOf(ctx, personId);
		if (before.version !== input.version)
			throw new Conflict('Your listing was changed in another window since you opened this page. What is stored now stands below.');
		const { input: live, waiting } = withoutChecked(tx, before, input);
		if (live.places) writePlaces(tx, personId, live.places);
		const facts = { ...before.facts, ...live.facts, confirmedOn: ctx.today };
		writeListing(tx, personId, facts, changedIn(before.facts, facts));
		applyShows(tx, before, live.shows ?? {});
		bumpListing(tx, personId);
		refreshFinder(tx, personId);
		return waiting;
	});
}

/** Takes out what an officer looks at first, and asks for it; a new practice keeps its old name, or none, until then. */
function withoutChecked(tx: Tx, before: OwnListing, input: SectionInput): { input: SectionInput; waiting: CheckedField[] } {
	const { checked } = listingRules(tx.db, tx.ctx.today);
	const waiting: CheckedField[] = [];
	const live = { ...input, facts: { ...input.facts } };
	const { website } = live.facts;
	if (checked.includes('website') && website && website !== before.facts.website) {
		askForChange(tx, before.personId, 'website', website);
		live.facts.website = before.facts.website;
		waiting.push('website');
	}
	if (checked.includes('practice_names') && live.places) {
		const known = new Set(before.places.map((place) => place.practiceName));
		const isNew = (name: string | null) => name !== null && !known.has(name);
		if (live.places.some((place) => isNew(place.practiceName))) {
			askForChange(
				tx,
				before.personId,
				'practice_names',
				live.places.map((place) => place.practiceName),
			);
			live.places = live.places.map((place, i) => (isNew(place.practiceName) ? { ...place, practiceName: before.places[i]?.practiceName ?? null } : place));
			waiting.push('practice_names');
		}
	}
	return { input: live, waiting };
}

function applyShows(tx: Tx, before: OwnListing, shows: Partial<Record<ConsentField, boolean>>): void {
	const fields = Object.entries(shows) as [ConsentField, boolean][];
	const given = fields.filter(([field, isShown]) => isShown && !before.shows.has(field)).map(([field]) => field);
	const withdrawn = fields.filter(([field, isShown]) => !isShown && before.shows.has(field)).map(([field]) => field);
	if (given.length > 0) giveConsent(tx, before.personId, given, { at: tx.ctx.now, wording: SHOWING_WORDS });
	if (withdrawn.length > 0) withdrawConsent(tx, before.personId, withdrawn);
}

/** Tells open forms that the listing is another one now. */
export function bumpListing(tx: Tx, personId: string): void {
	prepared(tx.db.sql, 'UPDATE listing SET version = version + 1 WHERE person_id = ?').run(personId);
}

function changedIn(before: ListingFacts, after: ListingFacts): string[] {
	const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
	return (Object.keys(after) as (keyof ListingFacts)[]).filter((key) => !same(before[key], after[key]));
}
