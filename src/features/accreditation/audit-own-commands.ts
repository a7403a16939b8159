import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { attachFile, filesOf, type StoredFile } from '#core/files.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { type AuditedLog, auditedLog } from '#features/cpd/index.ts';
import { postTo } from './apply-post.ts';
import { auditReceived } from './audit-mails.ts';
import { type AuditAsk, asksOn } from './audit-sight.ts';
import { type AuditStanding, auditByReference, auditsOf, takeAuditStep } from './audit-step.ts';
import type { RenewalAnswers } from './renewal-forms.ts';
import { renewalRules } from './renewal-rules.ts';
import { MOVED_ON, refuseOlderSight } from './renewal-step.ts';
import { itemsFor, putAnswer, type UpkeepItem, wordsFor } from './upkeep-items.ts';

export type OwnDraw = { reference: string; seed: string; percent: number; eligible: number; drawn: number; cut: string | null; number: string };
/** Why two auditors found it short, and until when the member may say something to it: null once the committee has decided. */
export type ShortWords = { words: string[]; sayBy: string | null };
/** One's own audit as its page shows it: why, what is missing, until when. */
export type OwnAudit = AuditStanding & {
	draw: OwnDraw | null;
	log: AuditedLog;
	items: UpkeepItem[];
	ask: AuditAsk | null;
	answered: AuditAsk[];
	short: ShortWords | null;
	files: StoredFile[];
};

/** Audits of one's own, newest first; those that nobody was told of yet are not there. */
export function ownAudits(ctx: Ctx): AuditStanding[] {
	return auditsOf(ctx, personOf(ctx).personId).filter(({ state }) => state.phase !== 'selected');
}

/** @throws NotFound for anybody else's, and before one was told */
export function ownAudit(ctx: Ctx, reference: string): OwnAudit {
	const standing = auditByReference(ctx, reference);
	const { audit, state } = standing;
	if (audit.personId !== personOf(ctx).personId || state.phase === 'selected') throw new NotFound('There is no such audit.');
	const asks = asksOn(ctx, audit.id);
	return {
		...standing,
		draw: audit.drawId === null ? null : (prepared(ctx.db.sql, DRAW).get({ draw: audit.drawId, person: audit.personId }) as OwnDraw),
		log: auditedLog(ctx, audit.personId, audit),
		items: itemsFor(ctx.db, { kind: 'audit', id: audit.id }),
		ask: asks.find(({ decision }) => decision === null) ?? null,
		answered: asks.filter(({ decision }) => decision !== null),
		short: shortWords(ctx, standing),
		files: filesOf(ctx, { type: 'cpd_audit', id: audit.id }),
	};
}

/** Nothing before the second auditor agreed, and nothing of what was found otherwise. */
function shortWords(ctx: Ctx, { audit, steps, state }: AuditStanding): ShortWords | null {
	const agreed = steps.findLast(({ kind }) => kind === 'not_satisfied');
	if (!agreed) return null;
	const found = steps.findLast(({ kind, no }) => kind === 'found_short' && no < agreed.no);
	const words = wordsFor(ctx.db, { kind: 'audit', id: audit.id });
	return {
		words: [found?.no, agreed.no].flatMap((no) => (no === undefined ? [] : (words.get(no) ?? []))),
		sayBy: state.isFinal ? null : addDays(agreed.onDay, renewalRules(ctx.db, agreed.onDay).audit.sayDays),
	};
}

const DRAW = `SELECT d.reference, d.seed, d.percent, d.eligible_count AS eligible, d.drawn_count AS drawn, d.cut, g.number FROM sample_draw d
	LEFT JOIN registration g ON g.person_id = :person WHERE d.id = :draw`;

/** Answers an audit: the log of the year as it stands, with a few words and files. @throws NotFound, Conflict */
export function answerAudit(ctx: Ctx, reference: string, { seen, words, files }: { seen: number; words: string; files: readonly string[] }): void {
	const before = ownAudit(ctx, reference);
	refuseOlderSight(before, seen);
	const { id, personId } = before.audit;
	commit(ctx, { name: 'answerAudit' }, (tx) => {
		for (const file of files) attachFile(tx, file, { type: 'cpd_audit', id, ownerPersonId: personId, field: 'files' });
		const content = JSON.stringify({
			figures: before.log.figures,
			isMet: before.log.isMet,
			entries: before.log.entries.length,
			sessions: before.log.sessions.length,
		});
		const text = `INSERT INTO cpd_audit_answer (audit_id, no, words, digest, content, sent_at) VALUES (?, 1 + (SELECT count(*) FROM cpd_audit_answer WHERE audit_id = ?), ?, ?, ?, ?)`;
		const taken = takeAuditStep(tx, before, 'submitted', { files: files.length, digest: before.log.digest });
		prepared(tx.db.sql, text).run(id, id, words, before.log.digest, content, ctx.now);
		postTo(tx, personId, (to) => auditReceived(ctx.settings, { key: id, reference, dueOn: taken.audit.dueOn ?? ctx.today }, to));
	});
}

/** Says that one is at it. @throws NotFound */
export function beginAnswer(ctx: Ctx, reference: string): void {
	const before = ownAudit(ctx, reference);
	if (before.state.phase === 'notified') commit(ctx, { name: 'beginAnswer' }, (tx) => takeAuditStep(tx, before, 'began'));
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
	const open = before.items.filter((item) => (isRound ? item.kind === 'question' : item.kind === 'task' && item.judgement === null));
	commit(ctx, { name: 'answerAuditItems' }, (tx) => {
		for (const item of open) {
			const given = answers[item.id];
			if (isRound || (given && given.answer !== '')) putAnswer(tx, subject, item, given ?? { answer: '', files: [], version: item.version });
		}
		if (isRound) takeAuditStep(tx, before, 'information_answered');
		else if (tx.recorded === 0) throw new Invalid(`answer-${open[0]?.id ?? ''}`, 'Write to at least one task how it was done.');
	});
}
