import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { filesOf, readStoredFile, type StoredFile } from '#core/files.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { type AuditedLog, auditedLog } from '#features/cpd/index.ts';
import { type AuditAsk, asksOn } from './audit-sight.ts';
import { type AuditState, sayByOn } from './audit-state.ts';
import { type AuditStanding, auditByReference, auditsOf } from './audit-step.ts';
import { attachedTo, itemFiles, itemsFor, type UpkeepItem, wordsFor } from './upkeep-items.ts';

export type OwnDraw = { reference: string; seed: string; percent: number; eligible: number; drawn: number; cut: string | null; number: string };
/** What was written and not sent yet. */
export type AuditDraft = { words: string; version: number; savedAt: number };
export type AuditSaid = { no: number; words: string; saidAt: number };
/** One's own audit as its page shows it: why, what is missing, until when. */
export type OwnAudit = AuditStanding & {
	draw: OwnDraw | null;
	log: AuditedLog;
	items: UpkeepItem[];
	/** Those of the items that wait for an answer now. */
	open: UpkeepItem[];
	ask: AuditAsk | null;
	answered: AuditAsk[];
	/** Why two auditors found it short; nothing before the second agreed. */
	short: string[];
	/** Until when one may say something before anything follows; null where there is nothing to say something to. */
	sayBy: string | null;
	said: AuditSaid[];
	files: StoredFile[];
	draft: AuditDraft | null;
	/** What is still missing, in sentences; none: nothing is. */
	missing: string[];
};

const NONE = 'There is no such audit.';

/** Audits of one's own, newest first; those that nobody was told of yet are not there. */
export function ownAudits(ctx: Ctx): AuditStanding[] {
	return auditsOf(ctx, personOf(ctx).personId).filter(({ state }) => state.phase !== 'selected');
}

/** @throws NotFound for anybody else's, and before one was told */
export function ownAudit(ctx: Ctx, reference: string): OwnAudit {
	const standing = auditByReference(ctx, reference);
	const { audit, state, rules } = standing;
	if (audit.personId !== personOf(ctx).personId || state.phase === 'selected') throw new NotFound(NONE);
	const asks = asksOn(ctx, audit.id);
	const items = itemsFor(ctx.db, { kind: 'audit', id: audit.id });
	const log = auditedLog(ctx, audit.personId, audit);
	const open = openIn(state, items);
	return {
		...standing,
		draw: audit.drawId === null ? null : (prepared(ctx.db.sql, DRAW).get({ draw: audit.drawId, person: audit.personId }) as OwnDraw),
		log,
		items,
		open,
		ask: asks.find(({ decision }) => decision === null) ?? null,
		answered: asks.filter(({ decision }) => decision !== null),
		short: shortWords(ctx.db, standing),
		sayBy: sayByOn(state, rules),
		said: saidOn(ctx.db, audit.id),
		files: filesOf(ctx, ownFilesOf(audit.id)),
		draft: draftOf(ctx.db, audit.id),
		missing: missingIn(state, log, open),
	};
}

/** A file that one sent, or keeps for sending, with its content. @throws NotFound for anybody else's; Conflict while it is not checked */
export async function readOwnAuditFile(ctx: Ctx, reference: string, fileId: string): Promise<StoredFile & { content: Buffer }> {
	const { audit, items, files } = ownAudit(ctx, reference);
	if (files.some(({ id }) => id === fileId)) return readStoredFile(ctx, fileId, ownFilesOf(audit.id));
	const item = items.find(({ id }) => itemFiles(ctx, id).some((file) => file.id === fileId));
	if (!item) throw new NotFound('There is no such file.');
	return readStoredFile(ctx, fileId, attachedTo(item.id));
}

/** What the files of an answer are attached to. */
export function ownFilesOf(auditId: string): { type: string; id: string } {
	return { type: 'cpd_audit', id: auditId };
}

/** What a member said to what was found, oldest first. Never authorises. */
export function saidOn(db: Db, auditId: string): AuditSaid[] {
	return prepared(db.sql, 'SELECT no, words, said_at AS saidAt FROM cpd_audit_say WHERE audit_id = ? ORDER BY no').all(auditId) as AuditSaid[];
}

/** Why two auditors found it short: nothing before the second agreed, and nothing of what was found otherwise. Never authorises. */
export function shortWords(db: Db, { audit, steps }: AuditStanding): string[] {
	const agreed = steps.findLast(({ kind }) => kind === 'not_satisfied');
	if (!agreed) return [];
	const found = steps.findLast(({ kind, no }) => kind === 'found_short' && no < agreed.no);
	const words = wordsFor(db, { kind: 'audit', id: audit.id });
	return [found?.no, agreed.no].flatMap((no) => (no === undefined ? [] : (words.get(no) ?? [])));
}

function draftOf(db: Db, auditId: string): AuditDraft | null {
	const text = 'SELECT words, version, saved_at AS savedAt FROM cpd_audit_draft WHERE audit_id = ?';
	return (prepared(db.sql, text).get(auditId) as AuditDraft | undefined) ?? null;
}

function openIn({ phase }: AuditState, items: readonly UpkeepItem[]): UpkeepItem[] {
	if (phase === 'information') return items.filter(({ kind }) => kind === 'question');
	return phase === 'action_plan' ? items.filter(({ kind, judgement }) => kind === 'task' && judgement === null) : [];
}

function missingIn({ isFinal }: AuditState, { figures }: AuditedLog, open: readonly UpkeepItem[]): string[] {
	if (isFinal) return [];
	const inLog = figures.filter(({ isMet }) => !isMet).map(({ title, needed, have }) => `${title}: ${needed} is asked for, and your log has ${have}.`);
	const asked = open.filter(({ answeredAt }) => answeredAt === null).map(({ words, dueOn }) => `${words} (by ${sayDay(dueOn)})`);
	return [...inLog, ...asked];
}

const DRAW = `SELECT d.reference, d.seed, d.percent, d.eligible_count AS eligible, d.drawn_count AS drawn, d.cut, g.number FROM sample_draw d
	LEFT JOIN registration g ON g.person_id = :person WHERE d.id = :draw`;
