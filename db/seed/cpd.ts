import type { Random } from './random.ts';

/** An invented activity: what `addEntry` takes, with the day as days before the day that the register is made for. */
export type InventedActivity = {
	daysAgo: number;
	title: string;
	minutes: number;
	category: string;
	isIpt: boolean;
	isSkills: boolean;
	provider: string;
	mode: 'in_person' | 'online' | 'recorded' | 'own_time';
	learned: string;
	changed: string;
	effect: string;
};

type Plan = Pick<InventedActivity, 'category' | 'isIpt' | 'isSkills' | 'mode'> & { titles: readonly string[]; minutes: readonly number[]; provider: string };

const ring = (titles: readonly string[], minutes: readonly number[], rest: Omit<Plan, 'titles' | 'minutes'>): Plan => ({ titles, minutes, ...rest });

/** What a careful member does in a year; others leave out some of it. */
const YEAR: readonly Plan[] = [
	ring(['Two days on IPT for grief', 'Two days on role disputes', 'IPT for depression in later life'], [720, 780], {
		category: 'ipt_training_event',
		isIpt: true,
		isSkills: true,
		mode: 'in_person',
		provider: 'An accredited trainer',
	}),
	ring(['National meeting', 'National meeting, both days'], [360, 600], {
		category: 'ipt_national_meeting',
		isIpt: true,
		isSkills: false,
		mode: 'in_person',
		provider: 'The organisation',
	}),
	ring(['Regional meeting', 'Interest group on perinatal IPT', 'Interest group on young people'], [120, 180], {
		category: 'ipt_regional_or_sig_meeting',
		isIpt: true,
		isSkills: false,
		mode: 'online',
		provider: 'A regional group',
	}),
	ring(['Peer group', 'Case discussion at work'], [90, 120], {
		category: 'peer_group_case_discussion',
		isIpt: false,
		isSkills: false,
		mode: 'online',
		provider: 'Colleagues',
	}),
	ring(['Peer group: endings', 'Peer group: the inventory'], [90, 120], {
		category: 'peer_group_case_discussion',
		isIpt: true,
		isSkills: false,
		mode: 'online',
		provider: 'Colleagues',
	}),
	ring(['A review of trials of IPT', 'A chapter on communication analysis', 'A paper on endings'], [60, 120, 180], {
		category: 'reading_research',
		isIpt: true,
		isSkills: false,
		mode: 'own_time',
		provider: '',
	}),
	ring(['A book on attachment', 'Papers on sleep and low mood'], [120, 240, 300], {
		category: 'reading_research',
		isIpt: false,
		isSkills: false,
		mode: 'own_time',
		provider: '',
	}),
	ring(['Working with interpreters', 'A day on perinatal mental health', 'A day on suicide prevention'], [330, 360], {
		category: 'other_professional_training',
		isIpt: false,
		isSkills: true,
		mode: 'in_person',
		provider: 'A health trust',
	}),
	ring(['Safeguarding adults, yearly update', 'Safeguarding children, level 3'], [120, 180], {
		category: 'safeguarding',
		isIpt: false,
		isSkills: false,
		mode: 'online',
		provider: 'My employer',
	}),
	ring(['Equality and inclusion in talking therapy', 'Faith and grief: an evening'], [90, 120], {
		category: 'edi',
		isIpt: false,
		isSkills: false,
		mode: 'recorded',
		provider: 'My employer',
	}),
	ring(['Teaching trainees about the interpersonal inventory', 'A talk for general practitioners'], [120, 180], {
		category: 'teaching_presenting',
		isIpt: true,
		isSkills: false,
		mode: 'in_person',
		provider: '',
	}),
];

const LEARNED = [
	'How much steadier a session is when the focus is named again at its start.',
	'That I hurry the middle sessions, and what is lost by it.',
	'Three questions that help someone see a dispute from the other side.',
	'Where the evidence is strong and where it is thinner than I thought.',
];
const CHANGED = [
	'I write the agreed focus on a card that stays between us on the table.',
	'I plan one slower session after the tenth.',
	'I practise hard conversations in the room before they happen at home.',
	'I ask earlier who else knows how things are.',
];
const EFFECT = [
	'People say more often what they want from a session.',
	'Endings come as less of a surprise.',
	'Scores move sooner, and we both see why.',
	'Someone who was about to stop stayed to the end.',
];

/**
 * A stretch of someone's log. @param care 0 to 1: how much of it they do and how often they reflect. @param stretch days ago, the later first.
 */
export function inventActivities(random: Random, care: number, stretch: { from: number; to: number }): InventedActivity[] {
	const part = (stretch.from - stretch.to) / 365;
	return YEAR.filter(() => random.chance((0.35 + 0.65 * care) * (0.3 + 0.7 * part))).map((plan) => {
		const isReflected = plan.category !== 'reading_research' && random.chance(care);
		const { category, isIpt, isSkills, mode, provider } = plan;
		return {
			daysAgo: random.whole(stretch.to, stretch.from),
			title: random.pick(plan.titles),
			minutes: random.pick(plan.minutes),
			...{ category, isIpt, isSkills, mode, provider },
			learned: isReflected ? random.pick(LEARNED) : '',
			changed: isReflected ? random.pick(CHANGED) : '',
			effect: isReflected ? random.pick(EFFECT) : '',
		};
	});
}
