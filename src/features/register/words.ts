import { sayDay } from '#core/dates.ts';
import type { RegisterStatus } from './status.ts';
import type { ToldStanding } from './told.ts';

export type Tone = 'good' | 'neutral' | 'caution' | 'stop';
/** One short paragraph for each kind of reader. */
export type Meaning = { client: string; employer: string; therapist: string };
export type StandingWords = { label: string; said: string; tone: Tone; meaning: Meaning };

/** Why people leave, in words that fit every reason and hint at none. */
const LEFT: Meaning = {
	client: 'People leave a register for many reasons, such as a new job, a move or retirement. Please do not read anything into it.',
	employer: 'This number does not belong to someone who is accredited by us today. Ask the person about it, and look again if they come back.',
	therapist: 'If this is your number and you would like to come back, the office can tell you how.',
};

/**
 * What an entry says about a standing, to the public. Interim orders are no finding and are told without a hint of one;
 * `left`, `not_yet` and `limited_then` say no more than is owed.
 */
export const STANDING_WORDS: Record<ToldStanding, StandingWords> = {
	accredited: {
		label: 'Accredited',
		said: 'This person is on the register and is accredited in Interpersonal Psychotherapy (IPT).',
		tone: 'good',
		meaning: {
			client: 'They have met our rules for IPT and keep them up. You can ask them anything about their training.',
			employer:
				'Look at the level, the kinds of work and the date it is valid to. Check again before each new contract. Please make sure yourself that the person in front of you is the one named here.',
			therapist: 'You may call yourself accredited at the level shown, up to the date shown. Keep your membership and your awards up to date.',
		},
	},
	organisation: {
		label: 'Registered through an organisation',
		said: 'This person has done a course in IPT and may use it in their work for the NHS or a charity. This is not accreditation.',
		tone: 'neutral',
		meaning: {
			client: 'They may see you as part of the service they work for. That service takes responsibility for their work. Private sessions are not covered.',
			employer: 'This holds only while they work for the organisation that stands behind it. It does not move with them to a new job.',
			therapist: 'You may use IPT in your work for that organisation. Please do not call yourself accredited, and tell us when your job ends.',
		},
	},
	on_leave: {
		label: 'Not practising at present',
		said: 'This person is on the register and is taking a break that we have agreed to.',
		tone: 'neutral',
		meaning: {
			client: 'They do not see people for IPT at the moment. A break says nothing about how well someone works.',
			employer: 'They keep their place on the register during the break. Ask them when they will be back, and look again then.',
			therapist: 'Your place is kept for you. Please do not practise as an accredited therapist until your break is over.',
		},
	},
	conditions: {
		label: 'Accredited, with conditions',
		said: 'This person is on the register. They may practise only under the conditions on this page.',
		tone: 'caution',
		meaning: {
			client: 'They may see you as long as they keep to the conditions. You can ask them what the conditions mean for you.',
			employer: 'Read the conditions. Agree how they will be kept before you take the person on.',
			therapist: 'You may practise as long as you keep to each condition. Please show this page to anyone who asks.',
		},
	},
	interim_conditions: {
		label: 'Interim conditions',
		said: 'This person is on the register. For now, they may practise only within the limits on this page. This is not a finding.',
		tone: 'caution',
		meaning: {
			client: 'Limits like these are set while facts are looked into. Nothing has been decided. They may see you within the limits.',
			employer: 'Nothing has been decided. Make sure that the limits are kept, and look at this entry again from time to time.',
			therapist: 'Nothing has been found against you. Please keep to the limits until you hear from us.',
		},
	},
	interim_suspended: {
		label: 'Interim suspension',
		said: 'For now, this person may not practise as an accredited therapist. This is not a finding.',
		tone: 'caution',
		meaning: {
			client: 'A pause like this is made while facts are looked into. Nothing has been decided. If this is your therapist, we can tell you where else to turn.',
			employer: 'Nothing has been decided. Until the pause ends, please do not give them work for which accreditation is needed.',
			therapist: 'Nothing has been found against you. Please do not practise as an accredited therapist until you hear from us.',
		},
	},
	suspended: {
		label: 'Suspended',
		said: 'This person may not practise as an accredited therapist until the suspension ends.',
		tone: 'stop',
		meaning: {
			client: 'They should not see you as an accredited IPT therapist at present. If this is your therapist, we can tell you where else to turn.',
			employer: 'Please do not give them work for which accreditation is needed until this entry says that the suspension has ended.',
			therapist: 'You may not practise or advertise as an accredited therapist until the suspension ends.',
		},
	},
	removed: {
		label: 'Removed from the register',
		said: 'This person is no longer on the register and is not accredited by us.',
		tone: 'stop',
		meaning: {
			client: 'They are not accredited by us. If they tell you that they are, please let us know.',
			employer: 'Please do not give them work for which our accreditation is needed.',
			therapist: 'You may not say or suggest that you are on the register. The office can tell you if and when you may apply to come back.',
		},
	},
	lapsed: {
		label: 'No longer on the register',
		said: 'The registration was not renewed. This is not about conduct.',
		tone: 'neutral',
		meaning: {
			client: 'They are not accredited by us at present. A registration can lapse for many simple reasons, such as a change of job.',
			employer: 'They are not accredited by us at present. Ask them if they mean to renew, and look again then.',
			therapist: 'Please do not call yourself accredited at present. The office can tell you how to come back.',
		},
	},
	left: { label: 'Not on the register', said: 'This number is not on the register.', tone: 'neutral', meaning: LEFT },
	not_yet: {
		label: 'Not on the register',
		said: 'This number is not on the register.',
		tone: 'neutral',
		meaning: { ...LEFT, client: 'There can be many reasons, for example that an entry is not complete yet. Please do not read anything into it.' },
	},
	limited_then: {
		label: 'On the register, within limits',
		said: 'This person was on the register. There was a limit on how they could practise. What it was is no longer published.',
		tone: 'neutral',
		meaning: {
			client: 'A limit that is no longer published is over. Look at the entry of today to see how things are now.',
			employer: 'A limit that is no longer published is over. Look at the entry of today, and ask the person if you need to know more.',
			therapist: 'We do not publish more about this than this page says.',
		},
	},
};

/** The line under the status: since when, where one day says it. `Not on the register since 4 May 2025.` */
export function saySince({ standing, sinceOn, reinstatedOn }: { standing: ToldStanding; sinceOn: string | null; reinstatedOn: string | null }): string {
	if (sinceOn === null || standing === 'limited_then') return '';
	if (standing === 'left' || standing === 'lapsed') return `Not on the register since ${sayDay(sinceOn)}.`;
	if (standing === 'removed') return `Removed on ${sayDay(sinceOn)}.`;
	if (standing === 'accredited') return `Accredited since ${sayAccredited({ accreditedSinceOn: sinceOn, reinstatedOn })}.`;
	return `Since ${sayDay(sinceOn)}.`;
}

/** `4 May 2019`, or `4 May 2019, reinstated 1 March 2026` where it had come to an end in between; '' for nobody accredited. */
export function sayAccredited({ accreditedSinceOn, reinstatedOn }: Pick<RegisterStatus, 'accreditedSinceOn' | 'reinstatedOn'>): string {
	if (accreditedSinceOn === null) return '';
	return reinstatedOn === null ? sayDay(accreditedSinceOn) : `${sayDay(accreditedSinceOn)}, reinstated ${sayDay(reinstatedOn)}`;
}

/** How a core profession stands on its own register, as we last saw it. */
export function sayCoreCheck(core: { standing: string; checkedOn: string | null }): string {
	const day = core.checkedOn === null ? null : sayDay(core.checkedOn);
	if (core.standing === 'could_not_check') return day ? `We could not check this when we tried on ${day}` : 'This could not be checked';
	if (core.standing === 'not_found') return day ? `Not found on that register when we looked on ${day}` : 'Not found on that register';
	const seen = core.standing === 'restricted' ? 'On that register, with a restriction' : 'On that register';
	return day ? `${seen} when we looked on ${day}` : `${seen}, by the person’s own account. Not checked by us yet`;
}
