import type { PanelState, RoundKind, Seat } from './panel-rows.ts';
import type { OrderKind, PanelKind } from './panel-rules.ts';

export const PANEL_WORDS: Record<PanelKind, string> = {
	screening: 'Screening panel',
	interim: 'Panel on an interim order',
	hearing: 'Hearing panel',
	health: 'Health panel',
	appeal: 'Appeal panel',
};
export const PANEL_STATE_WORDS: Record<PanelState, string> = { sits: 'At work', decided: 'Has decided', dissolved: 'Dissolved' };
export const SEAT_WORDS: Record<Seat['role'], string> = { chair: 'Chair', member: 'Member', adviser: 'Clinician who advises, without a vote' };
export const SEAT_STATE_WORDS: Record<Seat['state'], string> = { asked: 'Was asked, and has not answered yet', here: 'Takes part', left: 'Takes part no more' };

export const QUESTION_WORDS: Record<RoundKind, string> = {
	prospect: 'Is there a real prospect that each of these is found at a hearing, and that it broke our rules?',
	way: 'Which way does the case go?',
	interim: 'Is this interim order imposed?',
	interim_review: 'Does the interim order go on?',
	facts: 'Did each of these more likely happen than not?',
	breach: 'Did what was found break our rules?',
	sanction: 'Is this what follows?',
	leave: 'The appeal came after its time. Is it heard all the same?',
	filter: 'Has the appeal a realistic prospect?',
	appeal: 'Is the appeal decided like this?',
};
export const ASK_WORDS: Record<RoundKind, string> = {
	prospect: 'Put the question of a real prospect',
	way: 'Put the question which way it goes',
	interim: 'Put an interim order to the vote',
	interim_review: 'Put the question whether the interim order goes on',
	facts: 'Put the facts to the vote',
	breach: 'Put the question of a breach',
	sanction: 'Put to the vote what follows',
	leave: 'Ask the chair for leave',
	filter: 'Put the question of a realistic prospect',
	appeal: 'Put the decision on the appeal to the vote',
};

export const CHOICE_WORDS: Record<string, string> = {
	real_prospect: 'There is a real prospect',
	none: 'There is none',
	referred: 'It goes to a hearing',
	advised: 'It ends with advice',
	no_case: 'There is no case to answer',
	impose: 'It is imposed',
	not_impose: 'It is not imposed',
	continue: 'It goes on',
	end: 'It ends',
	proved: 'Proved',
	not_proved: 'Not proved',
	admitted: 'Admitted',
	breach: 'It broke our rules',
	no_breach: 'It did not',
	agree: 'Agree',
	disagree: 'Disagree',
	given: 'Yes, it is heard',
	refused: 'No',
	realistic: 'Yes, it has',
	abstain: 'Abstain',
};

export const ORDER_WORDS: Partial<Record<OrderKind, string>> = {
	warning: 'Warning',
	undertakings: 'Undertakings',
	conditions: 'Conditions',
	suspension: 'Suspension',
	removal: 'Removal from the register',
	award_withdrawn: 'Withdrawal of an accreditation',
	interim_suspension: 'Interim suspension',
	interim_conditions: 'Interim conditions',
};
export const RESULT_WORDS: Record<string, string> = {
	upheld: 'The decision stands',
	varied: 'The decision is changed',
	quashed: 'The decision is set aside, and others decide anew',
};
export const TO_WORDS: Record<string, string> = {
	hearing: 'By another hearing panel',
	decision_to_refer: 'By another screening panel',
	triage: 'From the beginning: is it for us?',
};
/** The written parts of a decision, as the room heads them. */
export const PART_WORDS: Record<string, string> = {
	screening: 'Why it goes this way',
	interim: 'About the interim order',
	facts: 'Facts',
	breach: 'Breach',
	sanction: 'What follows',
	appeal: 'The appeal',
	dissolved: 'Why it was dissolved',
};
