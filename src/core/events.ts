/** Every kind of event the audit can hold, in the office's words. A test finds a kind that is recorded and not here, or here and never recorded. */
export const EVENT_KINDS = {
	'person.created': 'A person was put on file',
	'person.changed': 'Facts about a person were changed',
	'directory.refreshed': 'A listing was brought in line with the facts because a date had passed',
	'enquiry.sent': 'Someone wrote to a therapist',
	'enquiry.answered': 'A therapist said that they answered an enquiry, or cannot help',
	'enquiry.unanswered': 'An enquirer was told that nobody had answered',
	'enquiry.purged': 'The text of an enquiry was deleted',
	'mail.given_up': 'A message could not be delivered and was given up',
	'mail.purged': 'The text of a delivered message was deleted',
	'backup.made': 'A backup was made and checked',
	'gazetteer.loaded': 'A new table of places was loaded',
} as const;

export type EventKind = keyof typeof EVENT_KINDS;
