import { CPD_CATEGORIES } from '#db/schema/cpd.ts';

export type CpdCategory = (typeof CPD_CATEGORIES)[number];
export { CPD_CATEGORIES };

/** What each kind is called, and whether it is about IPT unless the member says otherwise. */
export const CATEGORY_WORDS: Record<CpdCategory, { label: string; isIpt: boolean }> = {
	ipt_training_event: { label: 'IPT training or workshop', isIpt: true },
	ipt_national_meeting: { label: 'IPT national meeting', isIpt: true },
	ipt_regional_or_sig_meeting: { label: 'IPT regional or interest group meeting', isIpt: true },
	refresher: { label: 'IPT refresher course', isIpt: true },
	supervision_cpd: { label: 'Training in supervising others', isIpt: false },
	trainer_cpd: { label: 'Training in training others', isIpt: false },
	other_professional_training: { label: 'Other professional training', isIpt: false },
	reading_research: { label: 'Reading or research', isIpt: false },
	writing_publication: { label: 'Writing or publishing', isIpt: false },
	teaching_presenting: { label: 'Teaching or presenting', isIpt: false },
	peer_group_case_discussion: { label: 'Peer group or case discussion', isIpt: false },
	service_development_committee: { label: 'Service development or committee work', isIpt: false },
	safeguarding: { label: 'Safeguarding', isIpt: false },
	edi: { label: 'Equality, diversity and inclusion', isIpt: false },
	personal_development: { label: 'Personal development', isIpt: false },
};

export const CATEGORY_OPTIONS = CPD_CATEGORIES.map((value) => ({ value, label: CATEGORY_WORDS[value].label }));

export const MODES = ['in_person', 'online', 'recorded', 'own_time'] as const;
export type CpdMode = (typeof MODES)[number];

export const MODE_OPTIONS: { value: CpdMode; label: string }[] = [
	{ value: 'in_person', label: 'In person' },
	{ value: 'online', label: 'Live online' },
	{ value: 'recorded', label: 'Recorded, in my own time' },
	{ value: 'own_time', label: 'By myself' },
];
