import type { Ctx } from '#core/ctx.ts';
import { Invalid, isExpected } from '#core/errors.ts';
import { type FileKey, fileKeyOf, nameOf } from './people-key.ts';

const WORDS: Record<string, string> = {
	account: 'Account',
	account_link: 'Links that were sent',
	award: 'Awards',
	consent: 'What they agreed to',
	core_profession: 'Core registrations',
	course: 'Courses they lead',
	course_attendance: 'Courses they attended',
	cpd_entry: 'CPD entries',
	enquiry: 'Enquiries to them',
	invoice: 'Invoices',
	letter: 'Letters',
	listing: 'Listing',
	listing_consent: 'What they agreed to show',
	listing_former_slug: 'Earlier addresses of their page',
	listing_option: 'Options of the listing',
	membership_application: 'Applications',
	membership_leave: 'Leave',
	membership_period: 'Membership periods',
	membership_purchase: 'Orders of memberships',
	person_check: 'Checks',
	person_note: 'Notes',
	practice_place: 'Places',
	register_order: 'Orders of the register',
	role_grant: 'Roles',
	training_case: 'Supervised cases',
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
