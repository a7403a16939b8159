import type { Question } from './draft-fields.ts';

/** `about` has a page of its own: somebody is looked for there. `isNeeded`: it cannot be sent without this part. */
export type Part = { key: PartKey; title: string; why: string; isNeeded: boolean; questions: readonly Question[] };
export type PartKey = 'about' | 'office' | 'you' | 'what' | 'witnesses' | 'tried' | 'outcome' | 'needs' | 'contact' | 'supporter';

const area = (name: string, label: string, more: { hint?: string; needed?: string; most?: number; rows?: number } = {}): Question => ({
	kind: 'text',
	name,
	label,
	most: 4000,
	rows: 6,
	...more,
});
const short = (name: string, label: string, more: { hint?: string; needed?: string } = {}): Question => ({ kind: 'line', name, label, most: 200, ...more });
const options = (...pairs: [value: string, label: string][]) => pairs.map(([value, label]) => ({ value, label }));
const part = (key: PartKey, title: string, why: string, ...questions: Question[]): Part => ({ key, title, why, isNeeded: false, questions });

/** Everything that we ask, part by part, in the order in which people tell it (issue 5 §1). */
export const PARTS: readonly Part[] = [
	{
		...part(
			'about',
			'Who it is about',
			'If you found the person on the register you need not describe them. Otherwise write what you know: a first name and a town can be enough.',
			short('called', 'Their name, as you know it'),
			area('described', 'Who they are', { hint: 'Where they work, how you know them', most: 1000, rows: 4 }),
		),
		isNeeded: true,
	},
	{
		...part(
			'office',
			'What it is about',
			'Whoever has a part in it does not work on it, and does not learn of it from us.',
			{
				kind: 'one',
				name: 'part',
				label: 'What is it about most of all?',
				needed: 'Choose what fits best.',
				options: options(
					['office', 'Our office: how we answered, or what we did or left undone'],
					['decisions', 'How something was decided or assessed'],
					['rules', 'Our rules, fees or words'],
					['concerns', 'How a concern was handled'],
					['other', 'Something else'],
				),
			},
			short('called', 'Is it about somebody? Their name, or what they do', { hint: 'You can leave this empty' }),
		),
		isNeeded: true,
	},
	{
		...part(
			'you',
			'Who you are',
			'You need not give a name. Without one we can look at what you write, but we may not be able to ask you, tell you the outcome, or go as far as we could.',
			{
				kind: 'one',
				name: 'source',
				label: 'You are',
				needed: 'Choose what fits best.',
				options: options(
					['client', 'Somebody’s client now'],
					['former_client', 'Somebody’s client in the past'],
					['carer_family', 'A parent, carer or relative'],
					['on_behalf', 'Writing for somebody else, who knows that I do'],
					['colleague', 'A colleague'],
					['employer', 'An employer or a service'],
					['supervisor_or_trainer', 'A supervisor or trainer'],
					['other_body', 'Another body, such as a regulator'],
					['police', 'The police'],
					['self_declaration', 'A therapist telling of myself'],
					['unnamed', 'I would rather not say who I am'],
				),
			},
			short('name', 'What may we call you?', { hint: 'You can leave this empty' }),
			area('relation', 'Is there something that we should know about you and the person?', { rows: 3, most: 1000 }),
		),
		isNeeded: true,
	},
	{
		...part(
			'what',
			'What happened',
			'In your own words, in any order. You can save and come back. Leave out what is hard to write: we can talk about it later, or not.',
			area('happened', 'What happened?', { needed: 'Write what happened, in a few words if you like.', most: 20_000, rows: 12 }),
			area('when', 'When?', { hint: 'A day, a month, or “over some years”', most: 500, rows: 2 }),
			area('where', 'Where?', { hint: 'A place, online, by telephone', most: 500, rows: 2 }),
			{
				kind: 'one',
				name: 'danger',
				label: 'Is anybody in danger from this now?',
				options: options(['yes', 'Yes'], ['unsure', 'I am not sure'], ['no', 'No']),
				hint: 'If it is happening now, call 999. We are not there day and night.',
			},
		),
		isNeeded: true,
	},
	part(
		'witnesses',
		'People who saw or heard something',
		'Only those who have said yes to being named here. You can add others later, when you have asked them.',
		area('people', 'Their names, and how we can reach them', { hint: 'One person on each line', most: 2000 }),
	),
	part(
		'tried',
		'What you have tried',
		'You need not have tried anything. It helps us not to ask you to do it again.',
		area('tried', 'Have you raised it with the person, their employer or anybody else? What came of it?'),
	),
	part(
		'outcome',
		'What you hope for',
		'We cannot promise any of these. We do not award money, change notes or give anybody their therapy back.',
		{
			kind: 'several',
			name: 'hopes',
			label: 'What would help?',
			options: options(
				['explanation', 'An explanation'],
				['apology', 'An apology'],
				['learning', 'That the person learns from it'],
				['protect', 'That others are kept safe'],
				['settle', 'That somebody helps us to settle it'],
				['unsure', 'I do not know yet'],
			),
		},
		area('more', 'In your own words', { rows: 4 }),
	),
	part(
		'needs',
		'What would make this easier for you',
		'Large print, an interpreter, breaks, a certain time of day, writing instead of talking: anything that would help.',
		area('needs', 'What should we do differently for you?', { rows: 4, most: 2000 }),
	),
	part(
		'contact',
		'Safe ways to reach you',
		'Leave all of this empty if nothing is safe: what we write to you waits here, and you open it with your key.',
		{
			kind: 'line',
			name: 'email',
			label: 'An e-mail address that only you read',
			type: 'email',
			most: 254,
			hint: 'Our messages there say only that there is a message about your reference',
		},
		{ kind: 'line', name: 'telephone', label: 'A telephone number', type: 'tel', most: 40 },
		{
			kind: 'one',
			name: 'voicemail',
			label: 'May we leave a voicemail?',
			options: options(['no', 'No, never'], ['neutral', 'Yes, if it says only “please call back”'], ['yes', 'Yes']),
		},
		area('times', 'Times that are safe, and times that are not', { rows: 3, most: 1000 }),
		area('post', 'An address for letters, if letters are safe', { rows: 4, most: 500 }),
	),
	part(
		'supporter',
		'Somebody beside you',
		'A friend, relative or advocate who may speak with us for you. Ask them first.',
		short('name', 'Their name'),
		short('reach', 'How we can reach them'),
		{
			kind: 'one',
			name: 'may',
			label: 'What may we talk about with them?',
			options: options(['all', 'Everything'], ['times', 'Times and practical things only'], ['no', 'Nothing without you']),
		},
	),
];

const OWN_MOTION: readonly PartKey[] = ['about', 'office', 'what', 'witnesses'];

/** The parts of a concern: one about the organisation is about nobody on the register, and one of our own motion has nobody behind it. */
export function partsOf(about: 'therapist' | 'organisation', way: string): readonly Part[] {
	const other = about === 'therapist' ? 'office' : 'about';
	return PARTS.filter(({ key }) => key !== other && (way !== 'own_motion' || OWN_MOTION.includes(key)));
}
