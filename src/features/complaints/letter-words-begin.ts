import { sayDay } from '#core/dates.ts';
import { type LetterFacts, numbered, own, type Templates, toComplainant, toRespondent } from './letter-template.ts';

const by = (day: string | undefined, before: string, after = ''): string[] => (day === undefined ? [] : [`${before} ${sayDay(day)}${after}.`]);

/** How often the reader hears from us. */
export const hearsFromUs = ({ days }: LetterFacts): string =>
	`You hear from us at least every ${days.update} days, also when there is nothing new. If a date moves, we tell you why.`;

/** Letters of the beginning: from the first word to a case, and questions on the way. */
export const BEGIN_LETTERS: Templates = {
	acknowledged: {
		complainant: (f) =>
			toComplainant(
				f,
				'We have your concern',
				[
					'Thank you for telling us. We know that this can take courage.',
					`${f.officer ?? 'One of our officers'} looks after it. First we find out whether it is for us. One of the people who look at it is from outside the profession.`,
					...by(f.due.triage, 'We tell you what we decided by'),
					'Only the people who work on it can read what you wrote. If we take it forward, the therapist has to be told what it is about. We talk with you before we do that.',
					'You can add to what you wrote at any time. You can also ask us to pause, or tell us that you do not want to go on.',
				],
				true,
			),
	},
	owner_changed: {
		complainant: (f) => toComplainant(f, 'Somebody else looks after your concern now', [newOfficer(f), hearsFromUs(f)], false),
		respondent: (f) => toRespondent(f, 'Somebody else looks after this case now', [newOfficer(f), hearsFromUs(f)], false),
	},
	accepted: {
		complainant: (f) =>
			toComplainant(
				f,
				'We take your concern forward',
				[
					'We have looked at what you told us. It is for us, and we take it forward as a case.',
					'This is what we will look into, in our words:',
					...numbered(f.allegations, 'what will be looked into, point by point'),
					'If something is missing or not right, tell us. We can still change it now.',
					'Next we prepare what the therapist will be told. We show you this first.',
					...by(f.due.panel, 'A panel decides whether there is a case to answer by'),
					hearsFromUs(f),
				],
				true,
			),
	},
	redirected: {
		complainant: (f) =>
			toComplainant(
				f,
				'Somebody else can help better',
				[
					'Thank you for telling us. We have looked at it with care. It is not something that we can decide, but somebody else can.',
					own(f, 'who can help, how to reach them, and why they are the right ones'),
					'We have closed our file. Nothing of what you wrote has been passed on by us without your word. If you want help with the first step, ask us.',
				],
				true,
			),
	},
	declined: {
		complainant: (f) =>
			toComplainant(
				f,
				'We cannot take this forward',
				[
					'Thank you for telling us. Two people looked at it, and one of them is from outside the profession. We cannot take it forward. This does not mean that we do not believe you.',
					`This is why: ${own(f, 'the reasons, in plain words')}`,
					'You can ask for a review. Other people, who had no part in this, look at it again. Tell us what we missed, or what is new.',
					...by(f.appealBy ?? undefined, 'You can ask for it on your page until', `, which is ${f.days.appeal} days after our decision`),
				],
				true,
			),
	},
	asked: {
		complainant: (f) =>
			toComplainant(
				f,
				'A question for you',
				[
					'To go on, we need to know a little more from you.',
					own(f, 'what you would like to know'),
					...by(f.due.ask, 'Please answer by'),
					'If you need more time, or another way to answer, tell us. You can use the pause on your page.',
					'If we do not hear from you, a person decides how to go on. It does not close by itself.',
				],
				false,
			),
	},
	went_on: {
		complainant: (f) =>
			toComplainant(
				f,
				'We go on with what we have',
				[
					'We asked you something, and have not had an answer. That is all right. We go on with what you told us before.',
					'You can still answer, for as long as the case is open.',
					hearsFromUs(f),
				],
				false,
			),
	},
	disclosed: {
		complainant: (f) =>
			toComplainant(
				f,
				'The therapist has been told',
				[
					`On ${sayDay(f.step.onDay)} we told the therapist what the case is about, and asked for a reply. They have ${f.days.reply} days.`,
					'Now somebody looks into it and gathers what is known.',
					...by(f.due.investigation, 'We want to finish this by'),
					'If the therapist gets in touch with you about the case, you need not answer. Please tell us.',
					hearsFromUs(f),
				],
				true,
			),
		respondent: (f) =>
			toRespondent(
				f,
				'A concern about your work, and how to reply',
				[
					'Somebody has raised a concern about your work. We have looked at it and decided that it is for us. Nothing has been found against you. We want to hear what you say.',
					'This is what is said to have happened:',
					...numbered(f.allegations, 'what is said to have happened, point by point'),
					`You have ${f.days.reply} days to reply.`,
					...by(f.due.reply, 'Please reply by'),
					'You find the papers in your area on our website, under Concerns. There you can answer each point, write in your own words and add documents. You may admit a point, deny it or leave it open.',
					'If you need more time, or have to answer in another way, tell us why. You may have somebody to speak for you.',
					'Please do not write or speak to the person who raised it about this. Please keep all records that have to do with it.',
					...by(f.due.investigation, 'We want to finish looking into it by'),
					hearsFromUs(f),
				],
				true,
			),
	},
	reopened: {
		complainant: (f) => toComplainant(f, 'Your concern is open again', [REOPENED, ...by(f.due.triage, 'We tell you what we decided by')], true),
		respondent: (f) => toRespondent(f, 'A case is open again', [REOPENED, ...by(f.due.triage, 'We tell you what we decided by')], true),
	},
};

const REOPENED = 'Something new has come up. For this reason we have opened the case again. We look first whether it changes anything.';

function newOfficer({ officer }: LetterFacts): string {
	const who = officer === null ? 'Another officer' : officer;
	return `${who} looks after the case from now on. They know what has been said and done so far. You need not tell it again.`;
}
