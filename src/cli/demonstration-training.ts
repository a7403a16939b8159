import sharp from 'sharp';
import { bookkeep } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { storeUpload } from '#core/files.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { CASES, type CaseStage, COURSES } from '#db/seed/training.ts';
import {
	approveCourse,
	beginCase,
	type CaseFacts,
	claimAttendance,
	courseForm,
	enterCourse,
	presentName,
	rateRecording,
	ratingForm,
	ratingScaleOn,
	recordAttendance,
	reportForm,
	signingRules,
	signReport,
} from '#features/training/index.ts';

type Pair = { relation: string; trainee: string; traineeEmail: string; supervisor: string; number: string };

/**
 * Some trainees of the demonstration have a training record, by the commands that the pages use: courses they attended, and cases of which
 * some are signed, one waits to be, one goes on. Nobody is written to about what never happened.
 */
export async function fillTraining(ctx: Ctx): Promise<void> {
	const pairs = pairsOf(ctx);
	const [officer, committee] = [someoneOf(ctx, 'membership_officer'), someoneOf(ctx, 'committee')];
	if (pairs.length === 0 || !officer || !committee) return;
	const courses = fillCourses(ctx, { officer, committee }, pairs);
	for (const [i, pair] of pairs.entries()) fillCases(ctx, pair, CASES.slice(0, CASES.length - (i % 3)));
	await claimOne(ctx, pairs.at(-1) as Pair, courses.at(-1) ?? '');
	bookkeep(ctx.db, () => prepared(ctx.db.sql, "DELETE FROM outbox WHERE kind LIKE 'training.%'").run());
}

/** Trainees with a supervisor on the register, in the order of the file: the same on every machine. */
function pairsOf(ctx: Ctx): Pair[] {
	const text = `SELECT r.id AS relation, r.supervisee_id AS trainee, p.email AS traineeEmail, r.supervisor_id AS supervisor, g.number
		FROM supervision_relation r JOIN person p ON p.id = r.supervisee_id JOIN registration g ON g.person_id = r.supervisor_id
		WHERE r.agreed_at IS NOT NULL AND p.email IS NOT NULL
			AND EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.category = 'trainee' AND m.ended_on IS NULL)
		ORDER BY p.import_key LIMIT 6`;
	return prepared(ctx.db.sql, text).all() as Pair[];
}

function fillCourses(ctx: Ctx, office: { officer: string; committee: string }, pairs: readonly Pair[]): string[] {
	const [officer, committee] = [as(ctx, office.officer, 'membership_officer'), as(ctx, office.committee, 'committee')];
	return COURSES.map(({ monthsAgo, days, isApproved, isLedOutside, ...course }, i) => {
		const lead = pairs[i % pairs.length] as Pair;
		const fromOn = addMonths(ctx.today, -monthsAgo);
		const typed = {
			...course,
			lead: isLedOutside ? 'Dorothea Fennimore' : lead.number,
			fromOn,
			toOn: addDays(fromOn, days - 1),
			repeatKey: `demonstration ${i}`,
			version: '0',
		};
		const reference = enterCourse(officer, courseForm.parse(typed));
		if (isApproved)
			approveCourse(committee, reference, {
				fromOn: addMonths(fromOn, -6),
				toOn: addMonths(fromOn, 30),
				decidedAtWords: 'Accreditation committee, spring meeting',
			});
		if (!isLedOutside) {
			const who = pairs.map(({ traineeEmail }) => traineeEmail).join('\n');
			recordAttendance(as(ctx, lead.supervisor, 'member'), reference, { who, minutes: courseForm.parse(typed).minutes });
		}
		return reference;
	});
}

function fillCases(ctx: Ctx, pair: Pair, stages: readonly CaseStage[]): void {
	const [trainee, supervisor] = [as(ctx, pair.trainee, 'trainee'), as(ctx, pair.supervisor, 'member')];
	const began = addMonths(ctx.today, -7);
	for (const [i, stage] of stages.entries()) {
		const beganOn = addDays(began, i * 14);
		const facts: CaseFacts = { ...stage.facts, beganOn, endedOn: stage.facts.ending === null ? null : addDays(beganOn, 120) };
		const code = beginCase(trainee, { facts, relation: pair.relation, repeatKey: `demonstration ${i}`, version: 0 });
		for (const [n, score] of stage.scores.entries()) rate(supervisor, code, { sessionOn: addDays(beganOn, 7 + n * 35), n, score });
		if (stage.report) sign(supervisor, code, stage.report, presentName(ctx.db, pair.supervisor));
	}
}

function rate(supervisor: Ctx, code: string, { sessionOn, n, score }: { sessionOn: string; n: number; score: number }): void {
	const scale = ratingScaleOn(supervisor.db, supervisor.today);
	const scores = Object.fromEntries(scale.items.map(({ key }, i) => [`score-${key}`, String(Math.min(scale.to, score + (i % 2)))]));
	const typed = { sessionOn, phase: ['early', 'middle', 'late'][n] ?? 'late', atRandom: 'yes', heard: 'yes', repeatKey: `demonstration ${n}`, ...scores };
	rateRecording(supervisor, code, ratingForm(scale).parse(typed));
}

function sign(supervisor: Ctx, code: string, report: NonNullable<CaseStage['report']>, signedName: string): void {
	const statementVersion = signingRules(supervisor.db, supervisor.today).version;
	const rest = { hasConflict: 'no', conflict: '', agrees: 'yes', reason: '', factsNumber: '1', repeatKey: 'demonstration' };
	signReport(supervisor, code, reportForm.parse({ ...report, ...rest, signedName, statementVersion }));
}

/** One course is claimed with a picture of a certificate, and waits for the office. */
async function claimOne(ctx: Ctx, { trainee }: Pair, course: string): Promise<void> {
	const owner = as(ctx, trainee, 'trainee');
	const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#f3eee4' } })
		.png()
		.toBuffer();
	const file = new File([new Uint8Array(picture)], 'certificate.png', { type: 'image/png' });
	const { id } = await storeUpload(owner, file, { purpose: 'application_evidence', ownerPersonId: trainee, field: 'evidence' });
	claimAttendance(owner, { course, minutes: 360, evidence: [id] });
}

function someoneOf(ctx: Ctx, role: Role): string | undefined {
	return prepared(ctx.db.sql, 'SELECT person_id FROM role_grant WHERE role = ? ORDER BY id').pluck().get(role) as string | undefined;
}

/** The same moment, somebody acting in a role. */
function as(ctx: Ctx, personId: string, role: Role): Ctx {
	return ctxFor(ctx, { kind: 'person', personId, accountId: '', roles: [role], level: 2, provedAt: ctx.now }, ctx.now);
}
