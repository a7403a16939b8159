import { bookkeep } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import {
	acceptApplication,
	askForMore,
	assignAssessor,
	beginApplication,
	candidatesFor,
	chosenKey,
	declareAtGate,
	digestOfMarks,
	draftView,
	eligibilityFor,
	feeStanding,
	type Mark,
	nameForRequest,
	ON_SETTLED,
	officeRequest,
	ownStanding,
	recordByHand,
	saveMarks,
	saveSection,
	sealSheet,
	sheetOf,
	sightOf,
	standingByReference,
	submitApplication,
	supervisorsToAsk,
} from '#features/accreditation/index.ts';
import { recordOfflinePayment } from '#features/payments/index.ts';

/** How far each application has come, and how many days ago it was sent. */
const STAGES = [
	{ stage: 'assessment', daysAgo: 12 },
	{ stage: 'waiting', daysAgo: 20 },
	{ stage: 'checks', daysAgo: 2 },
	{ stage: 'panel', daysAgo: 26 },
	{ stage: 'draft', daysAgo: 5 },
	{ stage: 'panel', daysAgo: 70 },
] as const;
const ROUTE = 'practitioner';
const DAY_MS = 86_400_000;
const WORDS = 'I learnt to keep to the focal area, and to begin the work on the ending early. My supervisor heard recordings of every phase.';

type Office = { officer: string; finance: string; assessors: string[] };

/**
 * Trainees of the demonstration apply for their first accreditation, by the commands that the pages use: a draft, one in the completeness
 * check, one being assessed, one that waits for an answer, one with the committee. Nobody is written to about what never happened.
 */
export function fillApplications(ctx: Ctx): void {
	const office: Office = {
		officer: holders(ctx, 'membership_officer')[0] ?? '',
		finance: holders(ctx, 'finance')[0] ?? '',
		assessors: holders(ctx, 'assessor'),
	};
	const applicants = applicantsIn(ctx, STAGES.length);
	for (const [i, personId] of applicants.entries()) fillOne(ctx, office, personId, STAGES[i] as (typeof STAGES)[number]);
	bookkeep(ctx.db, () => prepared(ctx.db.sql, "DELETE FROM outbox WHERE kind LIKE 'accreditation.%' OR kind LIKE 'payments.%'").run());
}

/** Trainees with a training record and a supervisor on the register, in the order of the file. */
function applicantsIn(ctx: Ctx, count: number): string[] {
	const text = `SELECT p.id FROM person p JOIN supervision_relation r ON r.supervisee_id = p.id AND r.agreed_at IS NOT NULL AND r.supervisor_id IS NOT NULL
		WHERE EXISTS (SELECT 1 FROM course_attendance a WHERE a.person_id = p.id) AND EXISTS (SELECT 1 FROM training_case c WHERE c.person_id = p.id)
			AND EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.category = 'trainee' AND m.ended_on IS NULL)
		GROUP BY p.id ORDER BY p.import_key LIMIT ?`;
	return prepared(ctx.db.sql, text).pluck().all(count) as string[];
}

function holders(ctx: Ctx, role: Role): string[] {
	return prepared(ctx.db.sql, 'SELECT person_id FROM role_grant WHERE role = ? ORDER BY rowid').pluck().all(role) as string[];
}

function fillOne(ctx: Ctx, office: Office, personId: string, { stage, daysAgo }: (typeof STAGES)[number]): void {
	const on = (days: number, who: string, ...roles: Role[]) => as(ctx, { personId: who, roles, daysAgo: Math.max(0, daysAgo - days) });
	const applicant = on(0, personId, 'trainee');
	fillDraft(applicant, stage === 'draft' ? 2 : 99);
	if (stage === 'draft' || !draftView(applicant, ownStanding(applicant, ROUTE)).isComplete) return;
	const reference = submitApplication(applicant, ROUTE, { seen: ownStanding(applicant, ROUTE).seen });
	if (stage === 'checks') return;
	payFee(on(1, office.finance, 'finance'), reference);
	const officer = on(2, office.officer, 'membership_officer');
	acceptApplication(officer, reference, { seen: seen(ctx, reference), words: '' });
	for (const person of office.assessors.slice(0, 2)) {
		assignAssessor(officer, reference, { seen: seen(ctx, reference), person });
		declareAtGate(on(3, person, 'assessor'), reference, { declared: 'none', words: '' });
	}
	// The second one first: once the lead has asked for more, sheets wait.
	for (const [place, person] of [...office.assessors.slice(0, 2).entries()].reverse())
		assess(on(5, person, 'assessor'), reference, { stage, isLead: place === 0 });
	if (stage === 'panel') reportCame(on(9, office.officer, 'membership_officer'), reference);
}

function fillDraft(ctx: Ctx, sections: number): void {
	const { application, route } = beginApplication(ctx, { route: ROUTE, answers: eligible(ctx), awardId: null });
	const who = { personId: application.personId, applicationId: application.id, today: ctx.today };
	for (const { key, evidence, question } of route.sections.slice(0, sections)) {
		const chosen = candidatesFor(ctx.db, who, evidence).slice(0, 4).map(chosenKey);
		saveSection(ctx, ROUTE, key, { text: question === null ? '' : WORDS, chosen, files: [], version: 0 });
	}
	const [supervisor] = supervisorsToAsk(ctx);
	if (supervisor && sections > route.sections.length)
		nameForRequest(ctx, ROUTE, {
			kind: 'supervisor_report',
			place: 1,
			relationId: supervisor.relationId,
			name: '',
			email: '',
			about: 'They supervised my cases.',
			isNow: false,
		});
}

function eligible(ctx: Ctx): Record<string, string> {
	const { route } = eligibilityFor(ctx, ROUTE);
	return Object.fromEntries(route.eligibility.map(({ key, wanted }) => [key, wanted]));
}

function payFee(ctx: Ctx, reference: string): void {
	const { application } = standingByReference(ctx.db, reference);
	const row = prepared(ctx.db.sql, "SELECT id FROM invoice WHERE purpose = 'application' AND subject_id = ?").get(application.id) as { id: string } | undefined;
	const { pence } = feeStanding(ctx, application.id);
	if (!row || pence === 0) return;
	const payment = {
		invoiceId: row.id,
		way: 'bank_transfer' as const,
		reference: `DEMO ${reference}`,
		pence,
		receivedOn: ctx.today,
		repeatKey: `demonstration ${reference}`,
	};
	recordOfflinePayment(ctx, payment, ON_SETTLED);
}

/** Marks a sheet, and seals it where the stage says so. The lead of the one that waits asks for what is missing. */
function assess(ctx: Ctx, reference: string, { stage, isLead }: { stage: string; isLead: boolean }): void {
	const { route } = standingByReference(ctx.db, reference);
	const isFixable = stage === 'waiting' && isLead;
	const sections = stage === 'assessment' ? route.sections.slice(0, isLead ? 2 : 0) : route.sections;
	for (const { key: section, criteria } of sections) {
		const marks = criteria.map(({ key: criterion }) => markFor(section, criterion, isFixable && section === 'course'));
		saveMarks(ctx, reference, section, { saw: digestOfMarks([]), marks });
	}
	if (stage === 'panel')
		return sealSheet(ctx, reference, {
			saw: digestOfMarks(ownMarks(ctx, reference)),
			recommendation: 'award',
			summary: 'All that is asked for is there, and shows sound work.',
		});
	if (isFixable) {
		const item = { section: 'course', criterion: null, reason: 'course_unproved', question: 'Please send the certificate of the second half of the course.' };
		askForMore(ctx, reference, { seen: seen(ctx, reference), items: [item] });
	}
}

/** The supervisor's report came by post. */
function reportCame(ctx: Ctx, reference: string): void {
	const request = 'supervisor_report-1';
	const { row } = officeRequest(ctx, reference, request);
	const words = 'I supervised four cases and heard recordings of each. The work is sound, and I recommend that they are accredited.';
	recordByHand(ctx, { reference, request, version: row.version }, { ending: 'answered', words, signedName: row.toName, files: [] });
}

function markFor(section: string, criterion: string, isFixable: boolean): Mark {
	const said = isFixable
		? { mark: 'fixable' as const, reason: 'course_unproved', words: 'Only the first half is on record.' }
		: { mark: 'met' as const, reason: null, words: '' };
	return { section, criterion, ...said };
}

function ownMarks(ctx: Ctx, reference: string): Mark[] {
	const { assignment } = sightOf(ctx, reference);
	return assignment === null ? [] : sheetOf(ctx.db, assignment).marks;
}

function seen(ctx: Ctx, reference: string): number {
	return standingByReference(ctx.db, reference).seen;
}

/** Somebody acting so many days ago. */
function as(ctx: Ctx, { personId, roles, daysAgo }: { personId: string; roles: Role[]; daysAgo: number }): Ctx {
	const now = ctx.now - daysAgo * DAY_MS;
	return ctxFor(ctx, { kind: 'person', personId, accountId: personId, roles, level: 2, provedAt: now }, now);
}
