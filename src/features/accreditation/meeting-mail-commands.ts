import type { Tx } from '#core/commit.ts';
import { type Mail, queueMail } from '#core/outbox.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import type { MeetingMail } from './meeting-mails.ts';
import { meetingById, membersOf } from './meeting-rows.ts';

/** Tells everyone who has a seat. Joins a transaction and never authorises. */
export function tellMembers(tx: Tx, meetingId: string, make: (facts: MeetingMail) => Mail): void {
	const meeting = meetingById(tx.db, meetingId);
	for (const { personId } of membersOf(tx.db, meetingId)) {
		const to = mailAddressOf(tx.db, personId);
		if (to !== null) queueMail(tx, make({ settings: tx.ctx.settings, to, personId, meeting }));
	}
}
