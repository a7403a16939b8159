import type { Random } from './random.ts';

/** Parts of the texts in which invented therapists say who they are: first person, calm, no promises. */
const OPENINGS = [
	'I am a therapist who has worked with low mood for {years} years.',
	'I have offered Interpersonal Psychotherapy (IPT) for {years} years.',
	'I came to IPT from work in a community team, and have kept to it ever since.',
	'For {years} years I have helped people whose mood changed after something changed around them.',
	'I see people in a quiet room near the middle of {town}.',
	'Work in several services taught me how much our relationships matter.',
	'I have worked in hospitals, clinics and schools, and now have a small practice in {town}.',
	'I took up IPT because it fits daily life.',
	'I offer IPT to people in and around {town}.',
	'After many years in the health service I now work for myself, {days} days a week.',
];
const METHODS = [
	'We would meet about once a week, most often for sixteen sessions, and know from the start when we end.',
	'In the first weeks we make a map of the people in your life and choose one thing to work on.',
	'IPT is practical: each week we look at how things went between you and others, and try something new.',
	'I will explain what we do and why, and you may ask me anything at any time.',
	'We look at what was going on with people when your mood went down, not far back into childhood.',
	'A short questionnaire each week shows us both whether things are moving.',
	'I work at your pace, but I also keep us on the thing that we chose together.',
	'We may practise a hard conversation before you have it.',
	'Towards the end we talk about what helped, so that you can keep using it.',
	'I like to agree clear and small steps, and to look back at them together.',
	'If medication is part of your treatment, therapy can go along with it.',
];
const FOCI: Record<string, string[]> = {
	loss: [
		'Many people come to me after someone has died, sometimes years later.',
		'I have a special interest in grief that does not seem to ease.',
		'A loss can leave us stuck, and I know that ground well.',
	],
	conflict: [
		'I often work with people who are at odds with a partner, a parent or a boss.',
		'Rows that go round and round are a thing we can look at together.',
		'Much of my work is about quarrels, silences and unmet hopes between people.',
	],
	change: [
		'A new baby, a new job, an illness or retirement: big changes are much of my work.',
		'I help people find their feet when a part of life has ended and the next has not begun.',
		'Moving, separating, becoming a carer: I have seen how such changes wear on mood.',
	],
	alone: [
		'Some people I see feel cut off from others and want to change that.',
		'I work with people who find it hard to begin or keep friendships.',
		'Feeling alone is common, and there is much that we can do about it.',
	],
};
const WARMTH = [
	'I try to be warm and plain-spoken.',
	'People tell me that I listen closely and say what I think.',
	'You need not have the right words: we will find them together.',
	'It is fine to come unsure whether this is for you.',
	'All are welcome, whatever your background, faith, gender or whom you love.',
	'I know that the first message is often the hardest.',
	'I work quietly and with some humour.',
	'You can bring notes, or somebody to the first meeting, if that helps.',
];
const ENDINGS = [
	'Write a few lines and I will answer within three working days.',
	'Before we begin we can talk by phone for fifteen minutes, free of charge.',
	'If I have no space I will say so and suggest others.',
	'I have supervision every month, and I keep my training up to date.',
	'My room is on a quiet street with a bus stop close by.',
	'Evening times are possible on two days a week.',
	'If you are in danger now, please use the urgent numbers on this page, since I cannot answer at once.',
];

const BY_BODY: Record<string, string[]> = {
	NMC: [
		'I trained as a mental health nurse, and IPT has been my main work for {years} years.',
		'I am a nurse by profession and came to IPT through a community team.',
	],
	HCPC: [
		'I am a psychologist by profession and IPT is the way I most like to work.',
		'I am registered as a practitioner psychologist and have used IPT for {years} years.',
	],
	GMC: ['I am a psychiatrist who offers IPT, with or without medicine.', 'As a doctor I saw how often low mood begins with something between people.'],
	SWE: ['I am a social worker, which taught me how much our relationships matter.'],
	BABCP: ['I am a cognitive behavioural therapist who turned to IPT {years} years ago.'],
	BACP: ['I am a counsellor who retrained in IPT {years} years ago.'],
};
const FOR_SUPERVISORS = 'I also teach and supervise, which keeps me learning.';

export type AboutFacts = { town: string; foci: readonly string[]; welsh: boolean; young: boolean; perinatal: boolean; supervises: boolean; body: string };

/** A text of four to seven sentences that fits what the listing says. */
export function inventAbout(random: Random, facts: AboutFacts): string {
	const years = String(random.whole(4, 26));
	const focus = facts.foci.length > 0 ? [random.pick(FOCI[random.pick(facts.foci)] ?? [''])] : [];
	const extras: string[] = [];
	if (facts.young) extras.push('I am also accredited for work with young people, and meet their families where that helps.');
	if (facts.perinatal) extras.push('I have worked for years with people during pregnancy and in the first year after a birth.');
	if (facts.welsh) extras.push('Gallwn weithio yn Gymraeg neu yn Saesneg.');
	const own = BY_BODY[facts.body];
	if (facts.supervises) extras.push(FOR_SUPERVISORS);
	const first = [random.pick(own && random.chance(0.45) ? own : OPENINGS), ...focus, random.pick(METHODS)];
	const second = [...extras, random.pick(METHODS), random.pick(WARMTH), random.pick(ENDINGS)];
	const text = `${[...new Set(first)].join(' ')}\n\n${second.filter((s) => !first.includes(s)).join(' ')}`;
	return text
		.replaceAll('{years}', years)
		.replaceAll('{town}', facts.town)
		.replaceAll('{days}', random.pick(['two', 'three', 'four']));
}

const HOUSES = [
	'Elm',
	'Harbour',
	'Orchard',
	'Lantern',
	'Mill',
	'Rowan',
	'Bridge',
	'Quarry',
	'Heron',
	'Garden',
	'Chapel',
	'Corner',
	'Willow',
	'Station',
	'Beacon',
	'Larch',
];
const ROOMS = ['House Practice', 'Street Rooms', 'Therapy Rooms', 'Lane Consulting Rooms', 'Court Practice', 'House'];

/** The name of a practice that does not exist. */
export function inventPractice(random: Random): string {
	return `${random.pick(HOUSES)} ${random.pick(ROOMS)}`;
}

export const EMPLOYERS = [
	'Northmere Community Trust',
	'Vale Wellbeing Service',
	'Westbourne Counselling Charity',
	'Riverside Health Partnership',
	'Lowland Talking Service',
];
