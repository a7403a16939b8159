import type { Ctx } from '#core/ctx.ts';
import { Invalid, isExpected } from '#core/errors.ts';
import { type FileKey, fileKeyOf, nameOf } from './people-key.ts';

const WORDS: Record<string, string> = {
	account: 'Account',
	account_link: 'Links that were sent',
	accreditation_application: 'Applications for accreditation',
	accreditation_assessor: 'Applications they assessed',
	accreditation_hold: 'Applications they put on hold',
	accreditation_item: 'What they asked applicants for',
	accreditation_reconciliation: 'Sheets they brought together',
	accreditation_request: 'References and reports they were asked for',
	accreditation_return: 'Applications they sent back',
	accreditation_step: 'Steps of applications',
	annual_declaration: 'Yearly declarations',
	award: 'Awards',
	consent: 'What they agreed to',
	core_profession: 'Core registrations',
	course: 'Courses they lead',
	course_attendance: 'Courses they attended',
	cpd_audit: 'CPD audits',
	cpd_audit_ask: 'Answers to what was asked during audits',
	cpd_audit_step: 'Steps of CPD audits',
	cpd_entry: 'CPD entries',
	decision_condition: 'Conditions they judged',
	decision_undo: 'Decisions put right',
	enquiry: 'Enquiries to them',
	invoice: 'Invoices',
	letter: 'Letters',
	listing: 'Listing',
	listing_consent: 'What they agreed to show',
	listing_former_slug: 'Earlier addresses of their page',
	listing_option: 'Options of the listing',
	meeting: 'Meetings they called',
	meeting_advice: 'Advice to the committee',
	meeting_interest: 'Interests declared in meetings',
	meeting_item: 'Items they chaired',
	meeting_member: 'Seats in meetings',
	membership_application: 'Applications for membership',
	membership_leave: 'Leave',
	membership_period: 'Membership periods',
	membership_purchase: 'Orders of memberships',
	person_check: 'Checks',
	person_note: 'Notes',
	practice_place: 'Places',
	register_order: 'Orders of the register',
	renewal: 'Re-accreditations',
	renewal_extension: 'More time for members',
	renewal_request: 'Words for members that they gave or typed in',
	renewal_step: 'Steps of re-accreditations',
	renewal_support: 'What they said for members',
	role_grant: 'Roles',
	sample_draw: 'Samples they drew',
	training_case: 'Supervised cases',
	upkeep_item: 'Questions and tasks they set or judged',
	upkeep_reviewer: 'Re-accreditations and audits they looked at',
	upkeep_words: 'Reasons they gave',
	vote: 'Votes',
};

/** What a table holds, in the office's words. */
export function sayTable(table: string): string {
	return WORDS[table] ?? `${table.charAt(0).toUpperCase()}${table.slice(1)}`.replaceAll('_', ' ');
}

/** The second file of a merge as it was typed. @throws Invalid beside the field when there is none */
export function otherFile(ctx: Ctx, typed: string): FileKey & { name: string } {
	try {
		const found = fileKeyOf(ctx.db, typed.trim());
		return { ...found, name: nameOf(ctx.db, found.personId) ?? '' };
	} catch (error) {
		if (isExpected(error) && error.status === 404) throw new Invalid('other', 'There is no file with this number or key.');
		throw error;
	}
}
