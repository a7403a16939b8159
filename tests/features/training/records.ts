import type { Ctx } from '#core/ctx.ts';
import { hashToken } from '#core/ids.ts';
import {
	beginCase,
	bulkForm,
	type CaseInput,
	caseForm,
	courseForm,
	enterCourse,
	outcomeMeasures,
	type RatingInput,
	type ReportInput,
	ratingForm,
	ratingScaleOn,
	reportForm,
	signingRules,
} from '#features/training/index.ts';

let keys = 0;
const fresh = () => {
	keys += 1;
	return `key ${keys}`;
};

export const CASE_TYPED: Record<string, string> = {
	setting: 'nhs_talking_therapies',
	ageBand: '25_64',
	focalArea: 'role_transition',
	beganOn: '05/01/2026',
	sessionsPlanned: '16',
	sessionsHeld: '16',
	sessionsSupervised: '12',
	recordingsMade: '16',
	measure1: 'phq9',
	first1: '19',
	last1: '7',
	endedOn: '30/06/2026',
	ending: 'completed',
	note: 'Adjusting to becoming a parent.',
};

/** A case as a form says it; every one is another form. */
export function caseTypedAs(ctx: Ctx, relation: string, changes: Record<string, string> = {}): CaseInput {
	const shape = caseForm(outcomeMeasures(ctx.db, ctx.today), ctx.today);
	return shape.parse({ ...CASE_TYPED, relation, repeatKey: fresh(), version: '1', ...changes });
}

/** Begins a case. @returns its code */
export function aCase(trainee: { ctx: Ctx }, relation: string, changes: Record<string, string> = {}): string {
	return beginCase(trainee.ctx, caseTypedAs(trainee.ctx, relation, changes));
}

/** A rating as a form says it, every item with the same score. */
export function rating(ctx: Ctx, sessionOn: string, score = '4', changes: Record<string, string> = {}): RatingInput {
	const scale = ratingScaleOn(ctx.db, ctx.today);
	const scores = Object.fromEntries(scale.items.map(({ key }) => [`score-${key}`, score]));
	return ratingForm(scale).parse({ sessionOn, phase: 'middle', atRandom: 'yes', heard: 'yes', repeatKey: fresh(), ...scores, ...changes });
}

/** A report as a form says it. */
export function report(ctx: Ctx, changes: Record<string, string> = {}): ReportInput {
	const statementVersion = signingRules(ctx.db, ctx.today).version;
	const words = { strengths: 'A clear formulation, kept to the focus.', concerns: '', competence: 'Competent throughout.', conflict: '' };
	const rest = { decision: 'passed', hasConflict: 'no', signedName: 'Sue Example', agrees: 'yes', reason: '', factsNumber: '1' };
	return reportForm.parse({ ...words, ...rest, statementVersion, repeatKey: fresh(), ...changes });
}

/** Enters a course as the office does. @returns its reference */
export function aCourse(office: Ctx, lead: string, changes: Record<string, string> = {}): string {
	const typed = {
		title: 'IPT practitioner training',
		provider: 'The Invented Institute',
		kind: 'practitioner',
		minutes: '30h',
		fromOn: '02/03/2026',
		toOn: '06/03/2026',
	};
	return enterCourse(office, courseForm.parse({ ...typed, lead, repeatKey: fresh(), version: '1', ...changes }));
}

export const list = (who: string, minutes = '30h') => bulkForm.parse({ who, minutes });

/** What an act throws: its status, or `done`. */
export const status = (act: () => unknown): unknown => {
	try {
		act();
	} catch (error) {
		return (error as { status?: number }).status ?? error;
	}
	return 'done';
};

/** The token of the newest message that asks to sign, and that it is stored as a hash only. */
export function signToken(ctx: Ctx): string {
	const body = ctx.db.sql.prepare("SELECT body FROM outbox WHERE kind = 'training.sign' ORDER BY created_at DESC, id DESC").pluck().get() as string;
	const token = /\/training\/confirm\/([\w-]{43})/.exec(body)?.[1] ?? '';
	if (!ctx.db.sql.prepare('SELECT 1 FROM training_link WHERE token_hash = ?').get(hashToken(token))) throw new Error('The token leads nowhere.');
	return token;
}
