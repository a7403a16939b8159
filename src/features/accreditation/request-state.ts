import type { RequestRow } from './request-queries.ts';

/** Where a request stands: one lifecycle for referees, supervisors and outside bodies (workflows.md §6.2a). */
export type RequestState =
	| 'not_sent'
	| 'sent'
	| 'delivered'
	| 'bounced'
	| 'opened'
	| 'more_time'
	| 'answered'
	| 'declined'
	| 'wrong_person'
	| 'expired'
	| 'cancelled';

/** A request as an applicant may see it: never what was answered, nor how it was judged. */
export type RequestView = Pick<RequestRow, 'kind' | 'place' | 'toName' | 'about' | 'dueOn' | 'version'> & {
	state: RequestState;
	/** Sent or to be sent, and not at its end. */
	isOpen: boolean;
	/** It came to no answer, or could not be used: somebody else may be named. */
	wantsAnother: boolean;
	/** Not delivered yet, and tried again. */
	isDelayed: boolean;
	/** Where it went, when the applicant gave that address. */
	toEmail: string | null;
};

/** What decides where a request stands; whoever is asked for a word on a re-accreditation is asked by the same lifecycle. */
export type RequestFacts = Pick<RequestRow, 'ending' | 'sentAt' | 'dueOn' | 'failedAt' | 'openedAt' | 'moreTimeAt' | 'mailSentAt' | 'mailFailedAt'>;

/** Where a request stands on a day. Pure. */
export function requestState(row: RequestFacts, today: string): RequestState {
	if (row.ending !== null) return row.ending;
	if (row.sentAt === null) return 'not_sent';
	if (today > row.dueOn) return 'expired';
	if (reachedNobody(row)) return 'bounced';
	if (row.moreTimeAt !== null) return 'more_time';
	if (row.openedAt !== null) return 'opened';
	return row.mailSentAt === null ? 'sent' : 'delivered';
}

/** A message may come back long after it was sent, also after more time was given by telephone; once its link was opened it did arrive. */
function reachedNobody({ failedAt, openedAt, sentAt, mailFailedAt, mailSentAt }: RequestFacts): boolean {
	if ((failedAt ?? 0) > (openedAt ?? 0)) return true;
	return mailFailedAt !== null && mailSentAt === null && (openedAt ?? 0) < (sentAt ?? 0);
}

export function viewOfRequest(row: RequestRow, today: string): RequestView {
	const state = requestState(row, today);
	const { kind, place, toName, toEmail, about, dueOn, version } = row;
	const isDelayed = state === 'sent' && row.mailProblem !== null;
	return { kind, place, toName, toEmail, about, dueOn, version, state, isOpen: row.endedAt === null, wantsAnother: wantsAnother(row), isDelayed };
}

/** Came it to an end that leaves its place empty? */
export function wantsAnother({ ending, judgement }: Pick<RequestRow, 'ending' | 'judgement'>): boolean {
	return ending === 'declined' || ending === 'wrong_person' || ending === 'expired' || (ending === 'answered' && judgement === 'rejected');
}
