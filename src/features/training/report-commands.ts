import { createHash } from 'node:crypto';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { hashToken, newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { needCase, subjectOf } from './case-commands.ts';
import { caseById, NO_CASE, supervisedCase } from './case-queries.ts';
import type { TrainingCase } from './case-types.ts';
import { canSignCase } from './policy.ts';
import { refuseIdentifiers } from './refuse-identifiers.ts';
import { namesIn } from './relation-queries.ts';
import type { ReportInput } from './report-form.ts';
import { signingRules } from './rules.ts';
import { type TrainingLink, useTrainingLink, withdrawTrainingLinks } from './training-link.ts';
import { signedMail } from './training-mails.ts';
import { post } from './training-post.ts';

const MOVED_ON = 'The case was changed since you opened this page. Nothing was signed: please look at it again.';

/**
 * A supervisor who is signed in signs their report on a case as it stands. What they signed before stays; the newer one takes its place,
 * with a reason. The same form sent twice signs once. @throws NotFound for everybody else; Invalid, Conflict
 */
export function signReport(ctx: Ctx, code: string, input: ReportInput): void {
	const theCase = supervisedCase(ctx, code);
	allow(canSignCase(ctx.actor, theCase), NO_CASE);
	refuseWords(input, namesIn(ctx.db, theCase.relationId));
	if (isSigned(ctx, theCase.id, input)) return;
	commit(ctx, { name: 'signReport' }, (tx) => {
		withdrawTrainingLinks(tx, theCase.id);
		insert(tx, supervisedCase(ctx, code), input, personOf(ctx).personId);
	});
}

/** The same by the link in hand, which is used up by it. @throws Conflict, Invalid */
export function signByLink(ctx: Ctx, link: TrainingLink, input: ReportInput): void {
	refuseWords(input, namesIn(ctx.db, needCase(caseById(ctx.db, link.caseId)).relationId));
	if (isSigned(ctx, link.caseId, input)) return;
	commit(ctx, { name: 'signByLink' }, (tx) => {
		useTrainingLink(tx, link);
		insert(tx, needCase(caseById(tx.db, link.caseId)), input, 'link');
	});
}

function refuseWords({ strengths, concerns, competence, conflict, reason }: ReportInput, known: readonly string[]): void {
	refuseIdentifiers({ strengths, concerns, competence, reason }, known);
	// An interest names colleagues and employers, so names may stand there; what points to a client's record may not.
	refuseIdentifiers({ conflict: conflict.replace(/\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Professor|Prof|Sister|Sir|Dame|Rev)\.? ?/g, '') }, known);
}

function insert(tx: Tx, theCase: TrainingCase, input: ReportInput, by: string): void {
	const { statement, version } = signingRules(tx.db, tx.ctx.today);
	if (input.factsNumber !== theCase.factsNumber || input.statementVersion !== version) throw new Conflict(MOVED_ON);
	const earlier = theCase.reports[0] ?? null;
	if (earlier !== null && input.reason === '') throw new Invalid('reason', 'Say why this report takes the place of the one you signed before.');
	const id = newId();
	const { decision, strengths, concerns, competence, conflict, signedName } = input;
	const isConflict = input.hasConflict === 'yes';
	const words = [decision, strengths, concerns, competence, conflict, isConflict ? 1 : 0, statement, version, signedName];
	const place = [earlier?.id ?? null, earlier === null ? null : input.reason, keyOf(theCase.id, input)];
	prepared(tx.db.sql, INSERT).run(id, theCase.id, theCase.factsNumber, theCase.relationId, ...words, tx.ctx.now, by, ...place);
	const digest = createHash('sha256')
		.update(JSON.stringify([theCase.facts, words]))
		.digest('hex');
	const data = { report: id, number: theCase.factsNumber, replaces: earlier?.id ?? null, by: by === 'link' ? 'link' : 'account', digest };
	record(tx, 'training.report_signed', subjectOf(theCase.id), data);
	const to = mailAddressOf(tx.db, theCase.personId);
	if (to) post(tx, signedMail(tx.ctx.settings, id, to));
}

function isSigned(ctx: Ctx, caseId: string, input: ReportInput): boolean {
	return prepared(ctx.db.sql, 'SELECT 1 FROM training_report WHERE repeat_key = ?').get(keyOf(caseId, input)) !== undefined;
}

function keyOf(caseId: string, { repeatKey }: ReportInput): string {
	return hashToken(`${caseId} ${repeatKey}`);
}

const INSERT = `INSERT INTO training_report (id, case_id, facts_number, relation_id, decision, strengths, concerns, competence, conflict, has_conflict,
	statement, statement_version, signed_name, signed_at, signed_by, replaces_id, reason, repeat_key)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
