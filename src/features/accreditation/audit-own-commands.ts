import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { attachFile, dropFile } from '#core/files.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { auditReceived } from './audit-mails.ts';
import { type OwnAudit, ownAudit, ownFilesOf } from './audit-own.ts';
import { takeAuditStep } from './audit-step.ts';
import type { RenewalAnswers } from './renewal-forms.ts';
import { MOVED_ON, refuseOlderSight } from './renewal-step.ts';
import { putAnswer } from './upkeep-items.ts';

export type AuditAnswerInput = { act: 'save' | 'send'; version: number; words: string; files: readonly string[] };

/** Keeps an answer for later, or sends it: the log of the year as it stands, with a few words and files. @throws NotFound, Conflict, Invalid */
export function answerAudit(ctx: Ctx, reference: string, { act, ...input }: AuditAnswerInput): void {
	const before = ownAudit(ctx, reference);
	const { phase } = before.state;
	if (phase !== 'notified' && phase !== 'responding') throw new Conflict('We have your answer already, or need none any more. Open the audit again.');
	if ((before.draft?.version ?? 0) !== input.version) throw new Conflict('You have saved this in another window since. Look at it there first.');
	commit(ctx, { name: act === 'save' ? 'saveAuditAnswer' : 'answerAudit' }, (tx) => {
		putFiles(tx, before, input.files);
		return act === 'save' ? save(tx, before, input) : send(tx, before, input);
	});
}

type Written = Pick<AuditAnswerInput, 'version' | 'words' | 'files'>;

/** Files that were left out go; those that came stay with the audit, and nobody else opens them before it is sent. */
function putFiles(tx: Tx, { audit, files: before }: OwnAudit, files: readonly string[]): void {
	for (const id of files) attachFile(tx, id, { ...ownFilesOf(audit.id), ownerPersonId: audit.personId, field: 'files' });
	for (const { id } of before) if (!files.includes(id)) dropFile(tx, id, 'owner');
}

function save(tx: Tx, before: OwnAudit, { version, words, files }: Written): void {
	const { id } = before.audit;
	if (before.state.phase === 'notified') takeAuditStep(tx, before, 'began');
	const text = `INSERT INTO cpd_audit_draft (audit_id, words, version, saved_at) VALUES (?, ?, 1, ?)
		ON CONFLICT (audit_id) DO UPDATE SET words = excluded.words, version = version + 1, saved_at = excluded.saved_at WHERE version = ?`;
	if (prepared(tx.db.sql, text).run(id, words, tx.ctx.now, version).changes === 0) throw new Conflict(MOVED_ON);
	record(tx, 'audit.answer_saved', { type: 'audit', id }, { files: files.length });
}

function send(tx: Tx, before: OwnAudit, { words, files }: Written): void {
	const { ctx, db } = tx;
	const { id, personId, reference } = before.audit;
	const { digest, figures, isMet, entries, sessions } = before.log;
	const content = JSON.stringify({ figures, isMet, entries: entries.length, sessions: sessions.length });
	const taken = takeAuditStep(tx, before, 'submitted', { files: files.length, digest });
	const text = `INSERT INTO cpd_audit_answer (audit_id, no, words, digest, content, sent_at) VALUES (?, 1 + (SELECT count(*) FROM cpd_audit_answer WHERE audit_id = ?), ?, ?, ?, ?)`;
	prepared(db.sql, text).run(id, id, words, digest, content, ctx.now);
	prepared(db.sql, 'DELETE FROM cpd_audit_draft WHERE audit_id = ?').run(id);
	postTo(tx, personId, (to) => auditReceived(ctx.settings, { key: id, reference, dueOn: taken.audit.dueOn ?? ctx.today }, to));
}

export type AskInput = { kind: 'time' | 'excuse'; words: string; untilOn: string | null };

/** Asks for more time, or to be excused. @throws NotFound; Conflict once it is in; Invalid */
export function askInAudit(ctx: Ctx, reference: string, { kind, words, untilOn }: AskInput): void {
	const { audit, state, rules, ask } = ownAudit(ctx, reference);
	if (state.phase !== 'notified' && state.phase !== 'responding') throw new Conflict('This can be asked until you have answered.');
	if (ask !== null) throw new Conflict('You have asked for something already. The office decides first.');
	if (kind === 'time') checkUntil(untilOn, state.answerBy ?? ctx.today, rules.extensionMostDays);
	commit(ctx, { name: 'askInAudit' }, (tx) => {
		const text = 'INSERT INTO cpd_audit_ask (id, audit_id, kind, words, until_on, asked_at) VALUES (?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(newId(), audit.id, kind, words, kind === 'time' ? untilOn : null, ctx.now);
		record(tx, 'audit.ask_made', { type: 'audit', id: audit.id }, { kind, untilOn });
	});
}

function checkUntil(untilOn: string | null, answerBy: string, mostDays: number): void {
	if (untilOn === null) throw new Invalid('untilOn', 'Say until when, such as 22/11/2026.');
	if (untilOn <= answerBy) throw new Invalid('untilOn', 'Choose a day after the one you have.');
	if (untilOn > addDays(answerBy, mostDays))
		throw new Invalid('untilOn', `Choose a day within ${mostDays} days of the one you have. For longer, ask to be excused.`);
}

/** Answers what the auditor asked, or shows how a task was done. @throws NotFound, Conflict, Invalid */
export function answerAuditItems(ctx: Ctx, reference: string, { seen, answers }: Omit<RenewalAnswers, 'id'>): void {
	const before = ownAudit(ctx, reference);
	refuseOlderSight(before, seen);
	const isRound = before.state.phase === 'information';
	if (!isRound && before.state.phase !== 'action_plan') throw new Conflict(MOVED_ON);
	const subject = { kind: 'audit', id: before.audit.id } as const;
	commit(ctx, { name: 'answerAuditItems' }, (tx) => {
		for (const item of before.open) {
			const given = answers[item.id] ?? { answer: '', files: [], version: item.version };
			const isNew = given.answer !== item.answer || given.files.length > 0;
			if (isRound || isNew) putAnswer(tx, subject, item, given);
		}
		if (isRound) takeAuditStep(tx, before, 'information_answered');
		else if (tx.recorded === 0) throw new Invalid(`answer-${before.open[0]?.id ?? ''}`, 'Write to at least one task how it was done.');
	});
}

const MOST_SAID = 5;

/**
 * What a member says to what two auditors found, or to a referral, while nothing follows from it. `version`: how many times they had said
 * something when they opened the form. @throws NotFound; Conflict when there is nothing to say it to, its day is past, or it was said twice
 */
export function sayInAudit(ctx: Ctx, reference: string, { version, words }: { version: number; words: string }): void {
	const { audit, sayBy, said } = ownAudit(ctx, reference);
	if (sayBy === null) throw new Conflict('There is nothing to say something to just now.');
	if (ctx.today > sayBy) throw new Conflict(`This could be said until ${sayDay(sayBy)}. Write to the office.`);
	if (said.length !== version) throw new Conflict('We have this already, or you sent something in another window. Look at the audit again.');
	if (said.length >= MOST_SAID) throw new Conflict(`You have written ${MOST_SAID} times. Write to the office if something is missing.`);
	commit(ctx, { name: 'sayInAudit' }, (tx) => {
		const text = 'INSERT INTO cpd_audit_say (audit_id, no, words, said_at) VALUES (?, 1 + (SELECT count(*) FROM cpd_audit_say WHERE audit_id = ?), ?, ?)';
		prepared(tx.db.sql, text).run(audit.id, audit.id, words, ctx.now);
		record(tx, 'audit.say_given', { type: 'audit', id: audit.id }, { no: version + 1 });
	});
}
