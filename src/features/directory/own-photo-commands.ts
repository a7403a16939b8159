import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { attachFile, dropFile } from '#core/files.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { refreshFinder } from './finder.ts';
import { giveConsent, withdrawConsent, writeListing } from './listing-commands.ts';
import { bumpListing, SHOWING_WORDS } from './own-commands.ts';
import { ownListing } from './own-listing.ts';

/**
 * Sets, changes or takes away the photo of the actor's own listing, and whether it is shown.
 * @param input.photo the id of a file that `storeUpload` made (drawn anew, without its place); undefined leaves the photo as it is.
 * @throws Conflict when the listing was changed elsewhere; Invalid when the file is gone.
 */
export function savePhoto(ctx: Ctx, input: { version: number; photo?: string | undefined; showPhoto: boolean; remove: boolean }): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'save own photo' }, (tx) => {
		const own = ownListing(ctx);
		if (own.version !== input.version) throw new Conflict('Your listing was changed in another window since you opened this page.');
		if (own.version === 0) writeListing(tx, personId, own.facts, []);
		const photo = input.remove ? null : (input.photo ?? own.photo);
		if (input.photo && !input.remove)
			attachFile(tx, input.photo, { type: 'listing', id: personId, ownerPersonId: personId, field: 'photo', mustBeChecked: true });
		if (own.photo !== null && own.photo !== photo) dropFile(tx, own.photo, 'owner');
		prepared(tx.db.sql, 'UPDATE listing SET photo = ? WHERE person_id = ?').run(photo, personId);
		if (input.showPhoto && !own.shows.has('photo')) giveConsent(tx, personId, ['photo'], { at: ctx.now, wording: SHOWING_WORDS });
		if (!input.showPhoto && own.shows.has('photo')) withdrawConsent(tx, personId, ['photo']);
		record(tx, 'listing.photo_changed', { type: 'person', id: personId }, { hasPhoto: photo !== null, isShown: input.showPhoto });
		bumpListing(tx, personId);
		refreshFinder(tx, personId);
	});
}
