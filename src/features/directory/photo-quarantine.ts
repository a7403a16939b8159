import { record } from '#core/audit.ts';
import type { OnQuarantined } from '#core/scan-files.ts';
import { prepared } from '#db/prepared.ts';
import { refreshFinder } from './finder.ts';
import { bumpListing } from './own-commands.ts';

/** A listing goes on without a photo that was found to be harmful. */
export const dropHarmfulPhoto: OnQuarantined = (tx, { id, attached }) => {
	if (attached?.type !== 'listing') return;
	const { changes } = prepared(tx.db.sql, 'UPDATE listing SET photo = NULL WHERE person_id = ? AND photo = ?').run(attached.id, id);
	if (changes === 0) return;
	record(tx, 'listing.photo_changed', { type: 'person', id: attached.id }, { hasPhoto: false, isShown: false });
	bumpListing(tx, attached.id);
	refreshFinder(tx, attached.id);
};
