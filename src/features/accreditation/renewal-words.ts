import { sayDay } from '#core/dates.ts';
import { sayPence } from '#core/money.ts';
import { awardTitle } from '#features/register/index.ts';
import { sayRenewalFee } from './renewal-fee.ts';
import type { OwnRenewal } from './renewal-own.ts';
import type { RenewalPhase } from './renewal-state.ts';

/** Where it stands, for the member (who is never called late in public) and for the office. */
export const PHASE_TELLS: Record<RenewalPhase, { member: string; office: string; tone: 'good' | 'neutral' | 'caution' | 'brand' }> = {
	window_open: { member: 'You can send it now.', office: 'Open, not sent', tone: 'brand' },
	late: { member: 'It is late. Nothing has changed on the register yet.', office: 'Late: renewal in progress', tone: 'caution' },
	reactivatable: { member: 'Your accreditation has come to its end. It can come back by a short way.', office: 'Expired, may come back', tone: 'caution' },
	submitted: { member: 'We have it. Some are drawn by lot and looked at; the others are confirmed within about two weeks.', office: 'Sent', tone: 'brand' },
	in_assessment: { member: 'An assessor looks at it. Your accreditation goes on meanwhile.', office: 'Being assessed', tone: 'brand' },
	information: { member: 'The assessor would like to know something more.', office: 'Waiting for an answer', tone: 'caution' },
	panel: { member: 'It is with the committee. Nothing changes until it has decided.', office: 'With the committee', tone: 'caution' },
	conditional: { member: 'It is confirmed, and there is something to do by a day.', office: 'Confirmed with tasks', tone: 'good' },
	confirmed: { member: 'It is confirmed.', office: 'Confirmed', tone: 'good' },
	refused: { member: 'The committee did not confirm it.', office: 'Refused', tone: 'neutral' },
	closed: { member: 'The time to come back by the short way has passed. A new application is needed.', office: 'Closed', tone: 'neutral' },
};

/** What is known about one's own accreditation, line by line. */
export function renewalRows({ awards, standing, endsOn, wayBackEndsOn, facts, fee }: OwnRenewal): { key: string; value: string }[] {
	const rows = awards.map((award) => ({ key: awardTitle(award), value: `confirmed to ${sayDay(award.toOn)}` }));
	if (standing) rows.push({ key: 'Due', value: sayDay(standing.state.dueOn) });
	if (standing?.phase === 'late' && endsOn) rows.push({ key: 'Ends, if nothing comes, on', value: sayDay(endsOn) });
	if (standing?.phase === 'reactivatable' && wayBackEndsOn) rows.push({ key: 'Short way back open before', value: sayDay(wayBackEndsOn) });
	for (const year of facts?.years ?? [])
		rows.push({ key: `CPD ${year.words}`, value: `${year.isMet ? 'met' : 'something is missing'}${year.isDeclared ? '' : ', not declared yet'}` });
	if (facts)
		rows.push({
			key: 'Supervision in the last twelve months',
			value: `${Math.round(facts.supervisionMinutes / 60)} hours, ${Math.round(facts.supervisionConfirmed / 60)} of them confirmed`,
		});
	const owed = fee.state === 'none' && fee.pence > 0 ? `${sayPence(fee.pence)}, to be paid once it is sent` : sayRenewalFee(fee);
	if (owed !== null) rows.push({ key: 'Fee', value: owed });
	return rows;
}

/** What is said after a form of the member's pages was sent. */
export const RENEWAL_DONE: Readonly<Record<string, string>> = {
	sent: 'We have your re-accreditation.',
	declared: 'Your yearly declaration is made.',
	asked: 'Your supervisor was asked.',
	answered: 'We have your answer.',
	said: 'Thank you for your word.',
};
