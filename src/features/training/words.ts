import { AGE_BANDS, CASE_DECISIONS, CASE_ENDINGS, CASE_SETTINGS, COURSE_KINDS, FOCAL_AREAS, SESSION_PHASES } from '#db/schema/training.ts';

export { AGE_BANDS, CASE_DECISIONS, CASE_ENDINGS, CASE_SETTINGS, COURSE_KINDS, FOCAL_AREAS, SESSION_PHASES };
export type CourseKind = (typeof COURSE_KINDS)[number];
export type CaseSetting = (typeof CASE_SETTINGS)[number];
export type AgeBand = (typeof AGE_BANDS)[number];
export type FocalArea = (typeof FOCAL_AREAS)[number];
export type CaseEnding = (typeof CASE_ENDINGS)[number];
export type CaseDecision = (typeof CASE_DECISIONS)[number];
export type SessionPhase = (typeof SESSION_PHASES)[number];

export const COURSE_KIND_WORDS: Record<CourseKind, string> = {
	practitioner: 'Practitioner training',
	adolescent: 'IPT for adolescents',
	supervisor: 'Supervisor training',
	refresher: 'Refresher',
	counselling: 'Interpersonal counselling',
	bipolar: 'IPT for bipolar disorder',
};
export const SETTING_WORDS: Record<CaseSetting, string> = {
	nhs_talking_therapies: 'NHS Talking Therapies',
	nhs_secondary: 'NHS community mental health',
	nhs_inpatient: 'NHS inpatient ward',
	nhs_perinatal: 'NHS perinatal service',
	nhs_young_people: 'NHS service for children and young people',
	university: 'University or college service',
	third_sector: 'Charity or third sector',
	private: 'Private practice',
	other: 'Another setting',
};
export const AGE_WORDS: Record<AgeBand, string> = {
	under_12: 'Under 12',
	'12_17': '12 to 17',
	'18_24': '18 to 24',
	'25_64': '25 to 64',
	'65_over': '65 or over',
};
export const FOCAL_WORDS: Record<FocalArea, { label: string; hint: string }> = {
	grief: { label: 'Grief', hint: 'Someone has died' },
	role_dispute: { label: 'Dispute', hint: 'A conflict with someone who matters' },
	role_transition: { label: 'Life change', hint: 'A role has changed, such as becoming a parent or losing work' },
	interpersonal_sensitivity: { label: 'Sensitivity', hint: 'A long-standing difficulty in making or keeping relationships' },
};
export const ENDING_WORDS: Record<CaseEnding, string> = {
	completed: 'Completed as planned',
	agreed_earlier: 'Ended earlier, by agreement',
	stopped_coming: 'The client stopped coming',
	referred_on: 'Referred on',
	other: 'Ended in another way',
};
export const DECISION_WORDS: Record<CaseDecision, { label: string; hint: string; tone: 'good' | 'caution' | 'stop' | 'neutral' }> = {
	in_progress: { label: 'In progress', hint: 'A word on the way; nothing is decided yet', tone: 'neutral' },
	passed: { label: 'Passed', hint: 'The case is of the standard asked for', tone: 'good' },
	further_work: { label: 'Further work', hint: 'Say under “concerns” what is still needed', tone: 'caution' },
	failed: { label: 'Not passed', hint: 'The case is not of the standard asked for', tone: 'stop' },
	discontinued: { label: 'Discontinued', hint: 'The case ended too early to be judged', tone: 'neutral' },
};
export const PHASE_WORDS: Record<SessionPhase, string> = { early: 'Early', middle: 'Middle', late: 'Late' };

export const COURSE_KIND_OPTIONS = COURSE_KINDS.map((value) => ({ value, label: COURSE_KIND_WORDS[value] }));
export const SETTING_OPTIONS = CASE_SETTINGS.map((value) => ({ value, label: SETTING_WORDS[value] }));
export const AGE_OPTIONS = AGE_BANDS.map((value) => ({ value, label: AGE_WORDS[value] }));
export const FOCAL_OPTIONS = FOCAL_AREAS.map((value) => ({ value, ...FOCAL_WORDS[value] }));
export const ENDING_OPTIONS = [{ value: '', label: 'It goes on' }, ...CASE_ENDINGS.map((value) => ({ value, label: ENDING_WORDS[value] }))];
export const DECISION_OPTIONS = CASE_DECISIONS.map((value) => ({ value, label: DECISION_WORDS[value].label, hint: DECISION_WORDS[value].hint }));
export const PHASE_OPTIONS = SESSION_PHASES.map((value) => ({ value, label: PHASE_WORDS[value] }));
