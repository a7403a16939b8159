import type { Nation } from './nation.ts';

/** Where free therapy is found in one nation: `freeTherapy` and `urgent` are short paragraphs of plain text. */
export type NationHelp = {
	nation: Nation;
	name: string;
	/** One sentence for the finder when it has no result. */
	short: string;
	freeTherapy: readonly string[];
	/** Ids of lines in urgent-help.ts, most urgent first. */
	urgent: readonly string[];
};

/**
 * What differs between the four nations when someone looks for therapy.
 * Local services change often, so the words stay general and send people to their GP.
 */
export const nations = {
	owner: 'Editorial group',
	reviewedOn: '2026-11-22',
	list: [
		{
			nation: 'england',
			name: 'England',
			short: 'In England, most adults can ask NHS Talking Therapies for help without seeing a GP first.',
			freeTherapy: [
				'NHS Talking Therapies is free. You can refer yourself, or ask your GP to do it. You usually need to be an adult and to have a GP in England.',
				'Not every local service offers IPT. Ask about it when you first speak to them.',
			],
			urgent: ['emergency', 'nhs-england', 'samaritans'],
		},
		{
			nation: 'scotland',
			name: 'Scotland',
			short: 'In Scotland, your GP is the usual way to free therapy on the NHS.',
			freeTherapy: [
				'Start with your GP, who can tell you what your health board offers. Some areas let you refer yourself for some kinds of help.',
				'NHS Talking Therapies is a service for England, so you cannot use it from Scotland. Breathing Space can listen in the evening and at the weekend.',
			],
			urgent: ['emergency', 'nhs-scotland', 'breathing-space', 'samaritans'],
		},
		{
			nation: 'wales',
			name: 'Wales',
			short: 'In Wales, your GP or 111, press 2, can tell you about free help near you.',
			freeTherapy: [
				'Start with your GP. They can put you in touch with the local primary mental health support service. You can also call 111 and press 2.',
				'NHS Talking Therapies is a service for England, so you cannot use it from Wales. You can ask for a service in Welsh.',
			],
			urgent: ['emergency', 'nhs-wales', 'samaritans'],
		},
		{
			nation: 'northern-ireland',
			name: 'Northern Ireland',
			short: 'In Northern Ireland, your GP is the usual way to free therapy.',
			freeTherapy: [
				'Start with your GP, who can tell you what your health and social care trust offers.',
				'NHS Talking Therapies is a service for England, so you cannot use it from Northern Ireland. If you are in distress, Lifeline answers day and night.',
			],
			urgent: ['emergency', 'lifeline', 'samaritans'],
		},
	] satisfies readonly NationHelp[],
} as const;
