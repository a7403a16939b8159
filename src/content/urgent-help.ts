import { everyNation, type Nation } from './nation.ts';

type Reach = { tel: string; sms?: never } | { sms: string; tel?: never };

/**
 * One way to reach help. `tel` is written as people read it; `sms` is a number to text.
 * `kind`: danger to life now; NHS help the same day; someone to talk to; young people; safety from abuse.
 */
export type HelpLine = Reach & {
	id: string;
	kind: 'emergency' | 'nhs' | 'listening' | 'young' | 'safety';
	name: string;
	what: string;
	nations: readonly Nation[];
	hours: string;
	note: string | null;
};

const always = 'Every day, day and night';

const dangerAndNhs: readonly HelpLine[] = [
	{
		id: 'emergency',
		kind: 'emergency',
		name: 'Emergency services',
		what: 'If your life or someone else’s is in danger now. You can also go to A&E.',
		tel: '999',
		nations: everyNation,
		hours: always,
		note: 'If it is not safe to speak on a mobile, listen to the questions, cough or tap, then press 55.',
	},
	{
		id: 'emergency-text',
		kind: 'emergency',
		name: 'Emergency services by text',
		what: 'If you are deaf or cannot speak on the phone, and your phone is signed up for this.',
		sms: '999',
		nations: everyNation,
		hours: always,
		note: 'To sign up, text the word register to 999 before you need it. There is also a 999 BSL app.',
	},
	{
		id: 'nhs-england',
		kind: 'nhs',
		name: 'NHS 111',
		what: 'Urgent help with your mental health. Choose the mental health option.',
		tel: '111',
		nations: ['england'],
		hours: always,
		note: null,
	},
	{
		id: 'nhs-wales',
		kind: 'nhs',
		name: 'NHS 111 Wales',
		what: 'Urgent help with your mental health. Press 2.',
		tel: '111',
		nations: ['wales'],
		hours: always,
		note: null,
	},
	{
		id: 'nhs-scotland',
		kind: 'nhs',
		name: 'NHS 24',
		what: 'Urgent help with your mental health. Choose the mental health option.',
		tel: '111',
		nations: ['scotland'],
		hours: always,
		note: null,
	},
	{
		id: 'lifeline',
		kind: 'nhs',
		name: 'Lifeline',
		what: 'For people in distress or despair in Northern Ireland.',
		tel: '0808 808 8000',
		nations: ['northern-ireland'],
		hours: always,
		note: 'The 111 number does not work in the same way in Northern Ireland.',
	},
];

const listening: readonly HelpLine[] = [
	{
		id: 'samaritans',
		kind: 'listening',
		name: 'Samaritans',
		what: 'Someone to listen, whatever you are going through.',
		tel: '116 123',
		nations: everyNation,
		hours: always,
		note: 'The call is free.',
	},
	{
		id: 'shout',
		kind: 'listening',
		name: 'Shout',
		what: 'If you would rather type than talk. Text the word SHOUT.',
		sms: '85258',
		nations: everyNation,
		hours: always,
		note: 'Free from most mobile networks.',
	},
	{
		id: 'breathing-space',
		kind: 'listening',
		name: 'Breathing Space',
		what: 'For people in Scotland who feel low, worried or worn out.',
		tel: '0800 83 85 87',
		nations: ['scotland'],
		hours: 'Monday to Thursday 6pm to 2am; Friday 6pm to Monday 6am',
		note: 'The call is free.',
	},
	{
		id: 'childline',
		kind: 'young',
		name: 'Childline',
		what: 'For anyone under 19, about anything.',
		tel: '0800 1111',
		nations: everyNation,
		hours: always,
		note: 'The call is free and does not show on a phone bill.',
	},
	{
		id: 'papyrus',
		kind: 'young',
		name: 'Papyrus HOPELINE247',
		what: 'For people under 35 who think about suicide, and for anyone worried about them.',
		tel: '0800 068 4141',
		nations: everyNation,
		hours: 'Day and night when we last checked',
		note: null,
	},
];

const safety: readonly HelpLine[] = [
	{
		id: 'abuse-england',
		kind: 'safety',
		name: 'National Domestic Abuse Helpline',
		what: 'If a partner or someone in your family hurts, scares or controls you.',
		tel: '0808 2000 247',
		nations: ['england'],
		hours: always,
		note: 'For women first of all. Run by the charity Refuge.',
	},
	{
		id: 'abuse-scotland',
		kind: 'safety',
		name: 'Scotland’s Domestic Abuse and Forced Marriage Helpline',
		what: 'If a partner or someone in your family hurts, scares or controls you.',
		tel: '0800 027 1234',
		nations: ['scotland'],
		hours: always,
		note: null,
	},
	{
		id: 'abuse-wales',
		kind: 'safety',
		name: 'Live Fear Free',
		what: 'If someone hurts, scares or controls you, or has forced you into sex.',
		tel: '0808 80 10 800',
		nations: ['wales'],
		hours: always,
		note: 'You can speak Welsh or English.',
	},
	{
		id: 'abuse-northern-ireland',
		kind: 'safety',
		name: 'Domestic and Sexual Abuse Helpline',
		what: 'If someone hurts, scares or controls you, or has forced you into sex.',
		tel: '0808 802 1414',
		nations: ['northern-ireland'],
		hours: always,
		note: null,
	},
	{
		id: 'mens-advice-line',
		kind: 'safety',
		name: 'Men’s Advice Line',
		what: 'For men who are hurt, scared or controlled by someone close.',
		tel: '0808 801 0327',
		nations: ['england', 'scotland', 'wales'],
		hours: 'Hours vary',
		note: null,
	},
	{
		id: 'nspcc',
		kind: 'safety',
		name: 'NSPCC Helpline',
		what: 'For adults who are worried about a child.',
		tel: '0808 800 5000',
		nations: everyNation,
		hours: 'Hours vary',
		note: 'If a child is in danger now, call 999.',
	},
	{
		id: 'police',
		kind: 'safety',
		name: 'Police, not an emergency',
		what: 'To report something that is not happening now.',
		tel: '101',
		nations: everyNation,
		hours: always,
		note: null,
	},
];

/**
 * The one list of phone numbers on this site. A page may only name a number that stands here.
 * `reviewedOn` is the day (London) when it was last compared with what the services publish; `owner` does that.
 */
export const urgentHelp = {
	owner: 'Editorial group',
	reviewedOn: '2026-11-22',
	lines: [...dangerAndNhs, ...listening, ...safety] as readonly HelpLine[],
} as const;

/** The lines that serve one nation, in the order in which they should be read. */
export function helpIn(nation: Nation): readonly HelpLine[] {
	return urgentHelp.lines.filter((line) => line.nations.includes(nation));
}

/** `tel:08088088000` or `sms:85258`: the link that starts a call or a text on a phone. */
export function helpHref(line: HelpLine): string {
	const scheme = line.tel === undefined ? 'sms' : 'tel';
	return `${scheme}:${(line.tel ?? line.sms).replaceAll(' ', '')}`;
}
