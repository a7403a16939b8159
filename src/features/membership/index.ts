export { type CoreRegistration, changeMembership, type Membership, recordCoreProfession, recordLeave, startMembership } from './commands.ts';
export { chooseConsent, consentInForce, recordConsent, withdrawConsent } from './consent-commands.ts';
export { type ConsentView, consentsOf } from './consent-queries.ts';
export { type ConsentText, consentText, consentTextsOn } from './consent-texts.ts';
export { mailAddressOf } from './contact.ts';
export type { Grade, MembershipFacts, OrderSpan, PeriodFact } from './facts.ts';
export { indexName, nameKeys, soundsOf } from './names.ts';
export {
	changeName,
	changePerson,
	correctName,
	type FormerName,
	type FullName,
	type Gender,
	type PersonDetails,
	putPersonOnFile,
	recordFormerName,
} from './person-commands.ts';
export { type Declaration, declarationsOn, type MembershipRules, membershipRules } from './rules.ts';
export { isMember, MEMBERSHIP_STATES, type MembershipState, type MembershipStatus, membershipStatus } from './status.ts';
