import { queueMail } from '#core/outbox.ts';
import type { OnQuarantined } from '#core/scan-files.ts';
import { mailAddressOf } from './contact.ts';
import { mailFileQuarantined, mailOfficeQuarantine } from './file-mails.ts';

/** Tells whoever gave a file, and the office, that it was found to be harmful. Once for each file. */
export const tellOfQuarantine: OnQuarantined = (tx, { id, ownerPersonId }) => {
	const { settings, today } = tx.ctx;
	const to = mailAddressOf(tx.db, ownerPersonId);
	if (to !== null) queueMail(tx, mailFileQuarantined({ settings, to, fileId: id, today }));
	queueMail(tx, mailOfficeQuarantine({ settings, to: settings.organisation.email, fileId: id, today }));
};
