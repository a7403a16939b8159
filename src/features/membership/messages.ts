/** Every message of joining, renewing and leaving, in one list. */
export { admitted, applicationClosed, applicationIdle, applicationReceived, declined, moreWanted } from './application-mails.ts';
export {
	employmentEnded,
	endedByRefund,
	gradeChanged,
	leaveAgreed,
	leaveEnded,
	leaveRefused,
	leaving,
	leavingHeld,
	membershipRenewed,
	welcome,
} from './member-mails.ts';
export { lapsed, renewalReminder } from './reminder-mails.ts';
