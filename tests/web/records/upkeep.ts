import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import { assignAudit, declareOnAudit, findShort, planAudit, referAudit, secondAudit } from '#features/accreditation/audit-commands.ts';
import { notifyChosen, targetAudit } from '#features/accreditation/audit-draw-commands.ts';
import { answerAudit } from '#features/accreditation/audit-own-commands.ts';
import { auditByReference } from '#features/accreditation/audit-step.ts';
import { callMeeting, declareForItem } from '#features/accreditation/index.ts';
import { assignRenewal, declareOnRenewal } from '#features/accreditation/renewal-assess-commands.ts';
import { extendRenewal } from '#features/accreditation/renewal-extend-commands.ts';
import { askSupport, giveSupport, submitRenewal } from '#features/accreditation/renewal-own-commands.ts';
import { renewalRules } from '#features/accreditation/renewal-rules.ts';
import { renewalOf } from '#features/accreditation/renewal-step.ts';
import { tendRenewals } from '#features/accreditation/renewal-tend-commands.ts';
import { aCommittee } from '#tests/helpers/committee.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { accreditedMember, as, colleague, supervises } from '#tests/helpers/upkeep.ts';
import type { Maker } from './scene.ts';

/** Re-accreditations and audits: what a page under `/office/renewals`, `/office/cpd-audits` or `/my/audit` names in its address. */

const PEOPLE = ['sent', 'early', 'mending', 'short', 'chair', 'supervisor', 'assessor', 'newAssessor', 'officer', 'second', 'auditor'] as const;
const RECORDS = ['renewal', 'earlyRenewal', 'support', 'extension', 'answered', 'told', 'mended', 'found', 'meeting'] as const;
type Kept = Record<(typeof PEOPLE)[number] | (typeof RECORDS)[number], string>;

/** `mending`: has tasks of an audit. `short`: two auditors found their audit not satisfied. `sent`: in assessment with their supervisor's word, and with an audit that was answered. `early`: more time waits, a word is asked for, and an audit is open. */
const everything: Maker<Kept> = async ({ site }) => {
	const ctx = siteCtx(site);
	const { db } = ctx;
	const held = [{ fromOn: '2022-03-01', toOn: '2027-02-28' }];
	const [sent = '', early = '', mending = '', short = ''] = ['Rena', 'Wanda', 'Mendel', 'Sharon'].map((name) => accreditedMember(db, name, held, TODAY));
	const supervisor = accreditedMember(db, 'Sybil', [{ fromOn: '2022-03-01', toOn: '2030-02-28' }], TODAY);
	const staff = {
		assessor: 'assessor',
		newAssessor: 'assessor',
		officer: 'membership_officer',
		second: 'registrar',
		auditor: 'auditor',
		other: 'auditor',
	} as const;
	const hired = Object.fromEntries(Object.entries(staff).map(([name, role]) => [name, colleague(db, `Up${name}`, role)])) as Record<keyof typeof staff, string>;
	const be = (id: string, role: Role) => as(ctx, id, [role], TODAY);
	const [officer, assessor, auditor] = [be(hired.officer, 'membership_officer'), be(hired.assessor, 'assessor'), be(hired.auditor, 'auditor')];
	for (const one of [sent, early]) supervises(db, supervisor, one, '2026-10-01');
	await tendRenewals(ctx);
	const standing = (person: string) => {
		const found = renewalOf(ctx, person);
		if (!found) throw new Error('Their window is not open.');
		return { ...found, reference: found.renewal.reference };
	};
	const supportOf = (person: string) => {
		askSupport(be(person, 'member'), { person: supervisor });
		return db.sql.prepare('SELECT id FROM renewal_support WHERE renewal_id = ?').pluck().get(standing(person).renewal.id) as string;
	};
	giveSupport(be(supervisor, 'member'), supportOf(sent), { answer: 'supports', words: 'Her recordings are a pleasure to rate.' });
	const { declaration } = renewalRules(db, TODAY);
	submitRenewal(be(sent, 'member'), { seen: standing(sent).seen, practises: 'yes', practice: 'Two days a week in a clinic.', declare: declaration });
	const { reference: renewal } = standing(sent);
	assignRenewal(officer, renewal, { seen: standing(sent).seen, person: hired.assessor });
	declareOnRenewal(assessor, renewal, { declared: 'none', words: '' });
	extendRenewal(officer, standing(early).reference, { seen: standing(early).seen, untilOn: '2027-12-31', reason: 'A long illness.' });

	const number = db.sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck();
	const [answered = '', told = '', mended = '', found = ''] = [sent, early, mending, short].map((one) =>
		targetAudit(officer, { number: number.get(one) as string, because: 'A concern was raised.' }),
	);
	notifyChosen(officer);
	const seen = (reference: string) => ({ seen: auditByReference(ctx, reference).seen });
	const looked = (reference: string, person: string) => {
		assignAudit(officer, reference, { ...seen(reference), person });
		declareOnAudit(be(person, 'auditor'), reference, { declared: 'none', words: '' });
	};
	for (const [member, reference] of [
		[sent, answered],
		[mending, mended],
		[short, found],
	] as const) {
		answerAudit(be(member, 'member'), reference, { act: 'send', version: 0, words: 'One course has no paper.', files: [] });
		looked(reference, hired.auditor);
	}
	planAudit(auditor, mended, { ...seen(mended), tasks: ['Log two reflections.', 'Send the paper of the course.'], dueOn: addDays(TODAY, 60), words: '' });
	const chair = referring(ctx);
	findShort(auditor, found, { ...seen(found), words: 'Half of it is missing.' });
	looked(found, hired.other);
	secondAudit(be(hired.other, 'auditor'), found, { ...seen(found), words: 'I see it so too.', agrees: 'yes' });
	const meeting = chair.referred((reference) => referAudit(officer, found, { ...seen(found), meeting: reference, words: 'Two found it short.' }));
	const records = { renewal, earlyRenewal: standing(early).reference, support: supportOf(early), answered, told, mended, found, meeting };
	const extension = db.sql.prepare('SELECT id FROM renewal_extension WHERE confirmed_at IS NULL').pluck().get() as string;
	db.sql.close();
	return { sent, early, mending, short, chair: chair.id, supervisor, ...hired, ...records, extension };
};

/** A committee with a meeting, before which something is put, and whose chair has declared. */
function referring(ctx: Ctx) {
	const { officer, chair, members, lay, secretary } = aCommittee(ctx);
	return {
		id: chair.id,
		referred(refer: (meeting: string) => void): string {
			const seated = { chair: chair.id, members: members.map(({ id }) => id), lay: [lay.id], secretary: secretary.id };
			const meeting = callMeeting(officer.ctx, { id: newId(), kind: 'ordinary', heldOn: '2027-01-14', place: 'By video', shortNotice: '', ...seated });
			refer(meeting);
			declareForItem(chair.ctx, { reference: meeting, no: 1, declared: 'none', words: '' });
			return meeting;
		},
	};
}

const of =
	(key: keyof Kept): Maker<string> =>
	async (scene) =>
		(await scene.made(everything))[key];
export const sent = of('sent');
export const early = of('early');
export const supervisor = of('supervisor');
export const assessor = of('assessor');
/** Has the role, and no file. */
export const newAssessor = of('newAssessor');
export const officer = of('officer');
export const second = of('second');
export const auditor = of('auditor');
export const renewal = of('renewal');
export const earlyRenewal = of('earlyRenewal');
export const support = of('support');
export const extension = of('extension');
export const answered = of('answered');
export const told = of('told');
/** Has tasks of an audit to do. */
export const mending = of('mending');
export const mended = of('mended');
/** Two auditors found theirs not satisfied. */
export const short = of('short');
export const found = of('found');
/** Somebody who chairs the meeting before which `found` was put, and its item. */
export const chair = of('chair');
export const referred: Maker<string[]> = async (scene) => [(await scene.made(everything)).meeting, '1'];
