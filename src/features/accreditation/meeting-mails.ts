import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import type { Settings } from '#settings';

export type MeetingMail = { settings: Settings; to: string; personId: string; meeting: { id: string; reference: string; heldOn: string; place: string } };

const where = ({ settings, meeting }: MeetingMail) => `${settings.publicOrigin}/office/meetings/${meeting.reference}`;
const keyOf = ({ meeting, personId }: MeetingMail) => `${meeting.id}:${personId}`;

/** To everyone who has a seat. */
export function mailMeetingCalled(facts: MeetingMail & { papersOn: string }): Mail {
	const { settings, to, meeting, papersOn } = facts;
	return letter(settings, { kind: 'meeting.called', key: keyOf(facts), to, subject: `A meeting of the committee is called: ${meeting.reference}` }, [
		`You have a seat at meeting ${meeting.reference} on ${sayDay(meeting.heldOn)}${meeting.place ? ` (${meeting.place})` : ''}.`,
		`Papers are due on ${sayDay(papersOn)}. If you cannot come, tell the office, so that there are enough of you to decide.`,
		where(facts),
	]);
}

/** The papers can be opened: for each item after its reader has declared their interests. */
export function mailPapersReady(facts: MeetingMail): Mail {
	const { settings, to, meeting } = facts;
	return letter(settings, { kind: 'meeting.papers', key: keyOf(facts), to, subject: `Papers for meeting ${meeting.reference}` }, [
		`The papers for meeting ${meeting.reference} on ${sayDay(meeting.heldOn)} are there.`,
		'For each item you first say whether you have an interest in it. Then its papers open, or you step back and see nothing of it.',
		where(facts),
	]);
}

/** A decision between meetings: everyone votes from where they are. */
export function mailVotesAsked(facts: MeetingMail): Mail {
	const { settings, to, meeting } = facts;
	return letter(settings, { kind: 'meeting.votes', key: keyOf(facts), to, subject: `Your votes are asked for: ${meeting.reference}` }, [
		`The committee decides between meetings, by the same rules. Your votes are asked for until ${sayDay(meeting.heldOn)}.`,
		'Say for each item whether you have an interest in it, read its papers, and vote.',
		where(facts),
	]);
}

/** A meeting is called off. */
export function mailCalledOff(facts: MeetingMail): Mail {
	const { settings, to, meeting } = facts;
	return letter(settings, { kind: 'meeting.called-off', key: keyOf(facts), to, subject: `Meeting ${meeting.reference} is called off` }, [
		`Meeting ${meeting.reference} on ${sayDay(meeting.heldOn)} does not take place.`,
		'What was on its agenda waits for the next one.',
	]);
}
