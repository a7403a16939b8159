import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import type { RequestKind } from './request-queries.ts';
import type { RequestState } from './request-state.ts';

/** What is asked for, for all who read it. */
export const REQUEST_WORDS: Record<RequestKind, { label: string; one: string; whom: string }> = {
	reference: { label: 'Reference', one: 'a reference', whom: 'a referee' },
	supervisor_report: { label: 'Supervisor’s report', one: 'a supervisor’s report', whom: 'your supervisor' },
	outside_body: { label: 'Check with another body', one: 'a check', whom: 'another body' },
};

/** Where it stands, in the applicant's words and in a colour that says the same. */
export const REQUEST_STATE_WORDS: Record<RequestState, { label: string; tone: 'good' | 'caution' | 'stop' | 'neutral' | 'brand' }> = {
	not_sent: { label: 'Not asked yet', tone: 'neutral' },
	sent: { label: 'On its way', tone: 'brand' },
	delivered: { label: 'Asked', tone: 'brand' },
	bounced: { label: 'Could not be delivered', tone: 'stop' },
	opened: { label: 'Opened', tone: 'brand' },
	more_time: { label: 'Asked for more time', tone: 'caution' },
	answered: { label: 'Answered', tone: 'good' },
	declined: { label: 'Cannot give it', tone: 'caution' },
	wrong_person: { label: 'Wrong person', tone: 'caution' },
	expired: { label: 'No answer in time', tone: 'caution' },
	cancelled: { label: 'Not needed any more', tone: 'neutral' },
};

export type Statement = { version: string; words: string };

/** The words above the signature of an answer, of the rule set `accreditation_requests` in force on a day. Default, to be confirmed by the organisation. */
export function statementOn(db: Db, kind: RequestKind, day: string): Statement {
	const { version, data } = ruleSetOn(db, 'accreditation_requests', day);
	return { version, words: (JSON.parse(data) as { statements: Record<RequestKind, string> }).statements[kind] };
}
