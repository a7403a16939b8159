import { z } from 'zod';
import { cleaned, isFilled, isTelephone, isTicked, last, line, text } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';

export const MESSAGE_LIMIT = 1000;
export const SAFE_TIMES_LIMIT = 200;
const NAME_LIMIT = 100;

export const REPLY_BY = [
	{ value: 'email', label: 'E-mail' },
	{ value: 'phone', label: 'Telephone call' },
	{ value: 'text', label: 'Text message' },
] as const;

/** Labels and hints of the fields that people see, in their order on the page. */
export const ENQUIRY_FIELDS = {
	name: { label: 'Your name', hint: 'Any name you like to be called is fine.' },
	replyBy: { label: 'How would you like to be answered?', hint: 'Choose a way that is private and safe for you.' },
	email: { label: 'Your e-mail address', hint: 'We also send a short note there to say that your message was passed on.' },
	phone: { label: 'Your telephone number', hint: 'Only needed if you want a call or a text.' },
	safeTimes: { label: 'When is it safe to answer? (you can leave this out)', hint: 'For example: weekday mornings only, or do not leave a voicemail.' },
	message: {
		label: 'Your message',
		hint: 'A few words are enough, such as what you hope for and when you could come. Please leave out medical details: you can share them later.',
	},
	consent: { label: 'I agree that my message is passed on to this therapist and deleted from the register after 30 days.', hint: '' },
} as const;

/** A posted enquiry. Every message tells the sender what to do. Hidden fields never give an error that nobody could mend. */
export const enquiryForm = z
	.object({
		name: line(NAME_LIMIT, `Shorten the name to ${NAME_LIMIT} characters or fewer.`).refine(isFilled, 'Enter a name. Any name you like to be called is fine.'),
		replyBy: z.preprocess(last, z.enum(['email', 'phone', 'text'], 'Choose how you would like to be answered.')),
		email: line(254, 'Shorten the e-mail address: it is too long to be right.').refine(
			(value) => value === '' || isMailAddress(value),
			'Enter an e-mail address in full, like name@example.com.',
		),
		phone: line(40, 'Enter the telephone number only, without other words.').refine(
			(value) => value === '' || isTelephone(value),
			'Enter a telephone number, like 01632 960 001 or +44 7700 900 982.',
		),
		safeTimes: line(SAFE_TIMES_LIMIT, `Shorten the safe times to ${SAFE_TIMES_LIMIT} characters or fewer.`),
		message: text(MESSAGE_LIMIT, `Shorten your message to ${MESSAGE_LIMIT.toLocaleString('en-GB')} characters or fewer.`).refine(
			isFilled,
			'Write a few words to the therapist.',
		),
		consent: z.preprocess(isTicked, z.literal(true, 'Tick the box if you agree that we pass your message on. We cannot send it without.')),
		website: z.preprocess((value) => cleaned(value).trim().slice(0, 100), z.string()),
		started: z.preprocess(last, z.string().max(200).catch('')),
		repeatKey: z.preprocess(
			last,
			z
				.string()
				.regex(/^[\w-]{8,100}$/)
				.catch(''),
		),
	})
	.superRefine(
		(input, check) => {
			const needed = input.replyBy === 'email' ? 'email' : 'phone';
			if (Object.hasOwn(NEEDED, input.replyBy) && input[needed] === '') check.addIssue({ code: 'custom', path: [needed], message: NEEDED[input.replyBy] });
		},
		// Beside other mistakes too: nobody should mend one only to meet the next.
		{ when: () => true },
	);

export type EnquiryInput = z.output<typeof enquiryForm>;

const NEEDED = {
	email: 'Enter your e-mail address, so that the therapist can answer by e-mail.',
	phone: 'Enter your telephone number, so that the therapist can call you.',
	text: 'Enter your telephone number, so that the therapist can send you a text.',
} as const;
