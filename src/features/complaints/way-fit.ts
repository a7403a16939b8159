import { z } from 'zod';

/** Whether something is for us, in plain words: nothing of it is kept, and nobody is turned away by it. */
export const fitForm = z.object({
	who: z.enum(['register', 'not_found', 'other_profession', 'organisation'], 'Choose who it is about.'),
	where: z.enum(['private', 'employed', 'unsure'], 'Choose where it happened.'),
	what: z.enum(['conduct', 'money', 'court', 'crime', 'unsure'], 'Choose what it is about most of all.'),
});

/** One thing to know before going on. `leads`: an address, where there is a page. */
export type FitAnswer = { title: string; words: string };

/** What the answers mean: the honest ways out first; none of them closes the way in. */
export function fitAnswers({ who, where, what }: z.output<typeof fitForm>): FitAnswer[] {
	const found = [WHO[who], WHAT[what], who === 'organisation' ? undefined : WHERE[where]];
	return found.filter((answer) => answer !== undefined);
}

const WHO: Partial<Record<z.output<typeof fitForm>['who'], FitAnswer>> = {
	not_found: {
		title: 'We can act only about people on our register',
		words:
			'Look again under another spelling, or describe the person to us: people change their names. If they were never on our register, the body they belong to can act, or their employer. Anybody may call themselves a psychotherapist in the United Kingdom, so there may be no such body; the police and Citizens Advice can still help.',
	},
	other_profession: {
		title: 'Another body is likely to be better',
		words:
			'Doctors: General Medical Council. Nurses: Nursing and Midwifery Council. Psychologists, arts therapists, social workers in some nations: Health and Care Professions Council or the social work regulator. Counsellors: the body named on their website. If they are on our register as well, we can look at their work in Interpersonal Psychotherapy.',
	},
	organisation: {
		title: 'About us, this has a way of its own',
		words:
			'Tell us on the next page that it is about the organisation. It is read by somebody who had no part in it, it is not shared with any therapist, and if you are not content with the answer you can ask our oversight body.',
	},
};

const WHAT: Partial<Record<z.output<typeof fitForm>['what'], FitAnswer>> = {
	money: {
		title: 'We cannot get money back for you',
		words: 'We can look at how fees were agreed and told. To get money back, Citizens Advice can tell you about the small claims court.',
	},
	court: {
		title: 'We cannot change what a court or a report says',
		words: 'We can look at how somebody worked. Speak with your solicitor first if a case is running: what you send us may be asked for.',
	},
	crime: {
		title: 'A crime is for the police first',
		words:
			'Call 999 if it is happening, or 101 at another time. You can tell us too: we can act to keep others safe while the police look at it, and we ask them before we do anything that could get in their way.',
	},
};

const WHERE: Partial<Record<z.output<typeof fitForm>['where'], FitAnswer>> = {
	employed: {
		title: 'Their employer can often act sooner',
		words:
			'If it happened in the NHS, a charity or a company, its complaints office can change your care, which we cannot. You can do both. If you have told them already, we take that into account; if it is not safe to, you need not.',
	},
};
