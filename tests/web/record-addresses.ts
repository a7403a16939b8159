import * as applying from './records/applying.ts';
import * as assessing from './records/assessing.ts';
import * as concerns from './records/concerns.ts';
import * as meetings from './records/meetings.ts';
import * as office from './records/office.ts';
import * as own from './records/own.ts';
import type { Maker, Scene, Who } from './records/scene.ts';
import * as training from './records/training.ts';
import * as typed from './records/typed.ts';
import * as upkeep from './records/upkeep.ts';

/**
 * Pages behind a door that name a record: somebody who may open each, and a maker of what stands in its brackets, in their order (several
 * as a list). `tests/journeys/closed-pages-axe.test.ts` opens them all, and fails for a page of `role-rows.ts` that has no line here.
 *
 * A new page is one line: `page('/office/things/[id]', 'registrar', office.thing)`, where `thing: Maker<string>` in `records/<area>.ts`
 * sends the forms that make one, or finds one in the demonstration, and gives back its key.
 */
export type RecordAddress = { route: string; who: Who; of: Maker<string | string[]>; query: Maker<string> };

const none: Maker<string> = () => '';
const page = (route: string, who: Who, of: Maker<string | string[]> = none, query: Maker<string> = none): RecordAddress => ({ route, who, of, query });
/** A bracket that is filled with a word. */
const word = (text: string) => () => text;
const and =
	(of: Maker<string>, text: string): Maker<string[]> =>
	async (scene) => [await scene.made(of), text];

export const RECORD_ADDRESSES: readonly RecordAddress[] = [
	page('/join/apply/[step]', own.applicant, word('grade')),
	page('/join/apply/[step]', own.applicant, word('about')),
	page('/join/apply/[step]', own.applicant, word('profession')),
	page('/join/apply/[step]', own.applicant, word('declarations')),
	page('/join/apply/check', own.applicant),
	page('/my/accreditation/begin/[route]', applying.member, word('practitioner')),
	page('/my/accreditation/[reference]', applying.drafter, word('practitioner')),
	page('/my/accreditation/[reference]', applying.sender, applying.sent),
	page('/my/accreditation/[reference]/section/[section]', applying.drafter, and(word('practitioner'), 'course')),
	page('/my/accreditation/[reference]/section/[section]', applying.drafter, and(word('practitioner'), 'cases')),
	page('/my/accreditation/[reference]/requests', applying.drafter, word('practitioner')),
	page('/my/accreditation/[reference]/requests', applying.sender, applying.sent),
	page('/my/accreditation/[reference]/check', applying.drafter, word('practitioner')),
	page('/my/accreditation/[reference]/withdraw', applying.drafter, word('practitioner')),
	page('/my/accreditation/[reference]/sent', applying.sender, applying.sent),
	page('/my/accreditation/[reference]/answers', applying.asked, applying.waiting),
	page('/office/applications/[reference]/requests', 'membership_officer', applying.sent),
	page('/office/applications/[reference]/requests/[request]', 'membership_officer', and(applying.sent, 'supervisor_report-1')),
	page('/my/cpd/[id]', 'member', own.ownEntry),
	page('/my/cpd/[id]/delete', 'member', own.ownEntry),
	page('/my/cpd/[id]/restore', 'member', own.deletedEntry),
	page('/my/cpd/[id]/evidence', 'member', own.ownEntry),
	page('/my/data/requests/[reference]', 'member', own.dataRequest),
	page('/my/profile/changes/[kind]', 'member', word('name')),
	page('/my/profile/changes/[kind]', 'member', word('birth-date')),
	page('/my/membership/[act]', own.renewingMember, word('renew')),
	page('/my/membership/[act]', own.renewingMember, word('grade')),
	page('/my/membership/[act]', own.renewingMember, word('leave')),
	page('/my/membership/[act]', own.renewingMember, word('resign')),
	page('/my/membership/[act]', own.renewingMember, word('retire')),
	page('/my/membership/[act]', own.memberOnLeave, word('end-leave')),
	page('/my/membership/[act]', own.memberAskingForLeave, word('withdraw-leave')),
	page('/my/membership/[act]', own.memberWithOrder, word('cancel-order')),
	page('/my/membership/[act]', own.memberWhoLeaves, word('stay')),
	page('/my/membership/[act]', own.organisationMember, word('employer')),
	page('/my/membership/[act]', own.organisationMember, word('employment-ended')),
	page('/my/membership/invoices/[number]', 'member', own.openInvoice),
	page('/my/membership/invoices/[number]/pay', 'member', own.openInvoice),
	page('/my/supervision/[id]', own.supervisee, own.session),
	page('/my/supervision/[id]/delete', own.supervisee, own.session),
	page('/my/supervision/people/[id]', own.supervisee, own.relation),
	page('/my/supervision/people/[id]/end', own.supervisee, own.relation),
	page('/my/supervision/supervisees/[id]', own.supervisor, own.relation),
	...['', '/change', '/delete'].map((act) => page(`/my/training/cases/[code]${act}`, training.trainee, training.openCase)),
	...['', '/change', '/delete'].map((act) => page(`/my/training/cases/[code]${act}`, training.trainee, training.signedCase)),
	page('/my/training/courses/[reference]', training.claimant, training.claim),
	page('/my/training/lead/[reference]', training.leadTrainer, training.course),
	...['', '/rate', '/sign'].map((act) => page(`/my/training/supervisees/[code]${act}`, training.supervisor, training.signedCase)),
	page('/my/training/supervisees/[code]/retract', training.supervisor, training.signedCase, training.standingRating),
	page('/office/courses/[reference]', 'registrar', training.course),
	...['change', 'approve', 'end'].map((act) => page(`/office/courses/[reference]/${act}`, 'registrar', training.course)),
	page('/office/courses/claims/[reference]', 'registrar', training.claim),
	page('/office/courses/cases/[code]', 'registrar', training.signedCase),
	page('/office/data-requests/[reference]', 'membership_officer', own.dataRequest),
	page('/office/data-requests/[reference]/erase', 'membership_officer', own.erasureRequest),
	page('/office/data/[kept]', 'registrar', word('cpd')),
	page('/office/data/holds/[id]', 'registrar', office.hold),
	page('/office/applications/[reference]', 'membership_officer', assessing.inChecks),
	page('/office/applications/[reference]', 'membership_officer', assessing.inPanel),
	page('/office/applications/[reference]', 'assessor', assessing.inAssessment),
	page('/office/applications/[reference]/sent', 'assessor', assessing.inAssessment),
	page('/office/applications/[reference]/sheets', 'membership_officer', assessing.inPanel),
	page('/office/applications/[reference]/declare', 'assessor', assessing.inAssessment),
	page('/office/applications/[reference]/sheet/[section]', 'assessor', and(assessing.inAssessment, 'cases')),
	page('/office/applications/[reference]/seal', 'assessor', assessing.inAssessment),
	page('/office/applications/[reference]/reconcile', 'assessor', assessing.inAssessment),
	page('/office/applications/[reference]/ask', 'assessor', assessing.inAssessment),
	page('/office/applications/[reference]/return', 'membership_officer', assessing.inChecks),
	page('/office/applications/[reference]/letter', 'membership_officer', assessing.waiting),
	page('/office/applications/[reference]/hold', 'membership_officer', assessing.inChecks),
	page('/office/applications/[reference]/replace', 'membership_officer', assessing.inAssessment),
	page('/office/applications/[reference]/assign', 'membership_officer', assessing.withFreePlace),
	page('/office/applications/[reference]/[act]', 'membership_officer', and(assessing.inChecks, 'accept')),
	page('/office/applications/[reference]/[act]', 'membership_officer', and(assessing.waiting, 'extend')),
	page('/office/mail/[id]', 'membership_officer', office.message),
	page('/office/memberships/[reference]', 'membership_officer', own.sentApplication),
	page('/office/memberships/[reference]/[act]', 'membership_officer', and(own.sentApplication, 'admit')),
	page('/office/memberships/[reference]/[act]', 'membership_officer', and(own.sentApplication, 'ask')),
	page('/office/memberships/[reference]/[act]', 'membership_officer', and(own.sentApplication, 'decline')),
	page('/office/memberships/leave/[id]', 'membership_officer', office.leaveAsked),
	page('/office/payments/[number]', 'finance', office.paidInvoice),
	page('/office/payments/[number]/record', 'finance', own.openInvoice),
	page('/office/payments/[number]/refund', 'finance', office.paidInvoice, async (scene) => `?payment=${await scene.made(office.payment)}`),
	page('/office/payments/[number]/void', 'finance', own.openInvoice),
	page('/office/payments/concessions/[id]/end', 'finance', office.concession),
	page('/office/payments/looks/[id]', 'finance', office.oddPayment),
	page('/office/people/[key]', 'membership_officer', office.fileOf),
	page('/office/people/[key]/account', 'membership_officer', office.fileOf),
	page('/office/people/[key]/address', 'registrar', office.addressAsked),
	page('/office/people/[key]/change', 'membership_officer', office.fileOf),
	page('/office/people/[key]/check', 'membership_officer', office.fileOf),
	page('/office/people/[key]/contact', 'membership_officer', office.fileOf),
	page('/office/people/[key]/death', 'membership_officer', office.fileOf),
	page('/office/people/[key]/death', 'registrar', office.fileOfTheDead),
	page('/office/people/[key]/letter', 'membership_officer', office.fileOf),
	page('/office/people/[key]/letter/[id]', 'membership_officer', office.letterIn),
	page('/office/people/[key]/merge', 'membership_officer', office.fileOf),
	page('/office/people/[key]/note', 'membership_officer', office.fileOf),
	page('/office/people/[key]/note/[id]', 'membership_officer', office.noteIn),
	page('/office/people/[key]/unmerge', 'membership_officer', office.mergedFile),
	page('/office/people/changes/[id]', 'membership_officer', own.nameRequest),
	page('/office/roles/[id]/end', 'registrar', office.roleGrant),
	page('/office/settings/bank-holidays/[day]', 'registrar', word('2028-12-26')),
	page('/office/settings/standards/[version]', 'registrar', word('2026-1')),
	page('/office/settings/standards/[version]/[route]', 'registrar', () => ['2026-1', 'practitioner']),
	page('/office/settings/standards/drafts/[id]', 'registrar', office.standardsDraft),
	...['general', 'reasons', 'routes', 'publish', 'discard'].map((part) =>
		page(`/office/settings/standards/drafts/[id]/${part}`, 'registrar', office.standardsDraft),
	),
	...['', '/questions', '/sections', '/remove'].map((part) =>
		page(`/office/settings/standards/drafts/[id]/routes/[route]${part}`, 'registrar', and(office.standardsDraft, 'practitioner')),
	),
	page('/office/settings/standards/drafts/[id]/routes/[route]/sections/[section]', 'registrar', async (scene) => [
		await scene.made(office.standardsDraft),
		'practitioner',
		'cases',
	]),
	page('/office/meetings/[reference]', 'registrar', meetings.coming),
	page('/office/meetings/[reference]', meetings.secretary, meetings.underWay),
	...['agenda', 'seats', 'papers'].map((act) => page(`/office/meetings/[reference]/${act}`, 'registrar', meetings.coming)),
	page('/office/meetings/[reference]/attendance', 'membership_officer', meetings.coming),
	page('/office/meetings/[reference]/minutes', 'membership_officer', meetings.past),
	page('/office/meetings/[reference]/minutes', 'registrar', meetings.past),
	page('/office/meetings/[reference]/[act]', 'registrar', and(meetings.coming, 'call-off')),
	page('/office/meetings/[reference]/items/[no]', meetings.chair, meetings.item(0)),
	page('/office/meetings/[reference]/items/[no]', meetings.chair, meetings.item(3)),
	page('/office/meetings/[reference]/items/[no]/interest', meetings.chair, meetings.item(0)),
	page('/office/meetings/[reference]/items/[no]/vote', meetings.member, meetings.item(0)),
	page('/office/meetings/[reference]/items/[no]/casting', meetings.chair, meetings.item(1)),
	page('/office/meetings/[reference]/items/[no]/resolve', meetings.chair, meetings.item(2)),
	page('/office/meetings/[reference]/items/[no]/advice', meetings.assessor, meetings.item(0)),
	page('/office/meetings/[reference]/items/[no]/[act]', meetings.secretary, meetings.item(0, 'put-over')),
	page('/office/meetings/conditions/[id]', 'membership_officer', meetings.condition),
	page('/office/meetings/decisions/[reference]', 'registrar', meetings.declined),
	page('/office/meetings/decisions/[reference]/undo', 'registrar', meetings.declined),
	page('/my/accreditation/[reference]/letter', meetings.applicant, meetings.conditional),
	page('/my/accreditation/[reference]/conditions', meetings.applicant, meetings.conditional),
	page('/my/accreditation/[reference]/review', meetings.applicant, meetings.declined),
	page('/office/meetings/[reference]/items/[no]', upkeep.chair, upkeep.referred),
	page('/my/accreditation/renewal/support/[id]', upkeep.supervisor, upkeep.support),
	page('/my/audit/[reference]', upkeep.early, upkeep.told),
	page('/my/audit/[reference]', upkeep.sent, upkeep.answered),
	...['answer', 'ask', 'reply', 'say'].map((act) => page(`/my/audit/[reference]/${act}`, upkeep.early, upkeep.told)),
	...['', '/reply'].map((act) => page(`/my/audit/[reference]${act}`, upkeep.mending, upkeep.mended)),
	...['', '/say'].map((act) => page(`/my/audit/[reference]${act}`, upkeep.short, upkeep.found)),
	page('/office/renewals/[reference]', upkeep.assessor, upkeep.renewal),
	page('/office/renewals/[reference]', upkeep.officer, upkeep.earlyRenewal),
	...['ask', 'confirm', 'tasks'].map((act) => page('/office/renewals/[reference]/[act]', upkeep.assessor, and(upkeep.renewal, act))),
	page('/office/renewals/[reference]/[act]', upkeep.officer, and(upkeep.renewal, 'unassign')),
	...['letter', 'address'].map((act) => page('/office/renewals/[reference]/[act]', upkeep.officer, and(upkeep.earlyRenewal, act))),
	page('/office/renewals/extend/[id]', upkeep.second, upkeep.extension),
	page('/office/concerns/[reference]', concerns.officer, concerns.taken),
	page('/office/concerns/[reference]/access', concerns.officer, concerns.taken),
	page('/office/concerns/[reference]/documents', concerns.officer, concerns.taken),
	page('/office/concerns/[reference]/[act]', concerns.officer, and(concerns.waiting, 'declare')),
	...['acknowledge', 'message', 'allegation', 'propose-decline', 'let-in', 'pause', 'step-back'].map((act) =>
		page('/office/concerns/[reference]/[act]', concerns.officer, and(concerns.taken, act)),
	),
	...['', '/about', '/key', '/confirm', '/remove'].map((part) => page(`/office/concerns/typed/[id]${part}`, typed.officer, typed.typed)),
	page('/office/concerns/typed/[id]/part/[part]', typed.officer, and(typed.typed, 'what')),
	page('/office/concerns/typed/[id]/check', typed.second, typed.confirmed),
	page('/office/cpd-audits/[reference]', upkeep.auditor, upkeep.answered),
	page('/office/cpd-audits/[reference]', upkeep.officer, upkeep.told),
	...['satisfied', 'ask', 'plan', 'short'].map((act) => page('/office/cpd-audits/[reference]/[act]', upkeep.auditor, and(upkeep.answered, act))),
	...['', '/publish', '/discard'].map((act) => page(`/office/settings/rating-scale/[id]${act}`, 'registrar', office.scaleDraft)),
	page('/office/settings/cpd-rules/[id]', 'registrar', office.rulesDraft),
	page('/office/settings/cpd-rules/[id]/try', 'registrar', office.rulesDraft),
	page('/office/settings/cpd-rules/[id]/publish', 'registrar', office.rulesDraft),
	page('/office/settings/cpd-rules/[id]/discard', 'registrar', office.rulesDraft),
	page('/office/settings/fees/[id]', 'registrar', office.feesDraft),
	page('/office/settings/fees/[id]/publish', 'registrar', office.feesDraft),
	page('/office/settings/fees/[id]/discard', 'registrar', office.feesDraft),
];

/** The address of a page with its brackets filled. */
export async function addressOf(scene: Scene, { route, of, query }: RecordAddress): Promise<string> {
	const parts = [await scene.made(of)].flat();
	const path = route.replace(/\[\w+\]/g, () => encodeURIComponent(parts.shift() ?? ''));
	return `${path}${await scene.made(query)}`;
}
