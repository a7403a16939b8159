import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import type { StoredFile } from '#core/files.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { cpdAuditAsk } from '#db/schema/index.ts';
import { type AuditedLog, auditedLog, nameOfPerson, readAuditedEvidence } from '#features/cpd/index.ts';
import type { AuditKind } from './audit-state.ts';
import { type AuditStanding, auditByReference } from './audit-step.ts';
import { isOfficer } from './policy.ts';
import { refuseOlderSight } from './renewal-step.ts';
import { circleOf } from './upkeep-circle.ts';
import { ownPlace, placeOf, type Reviewer, reviewersOf } from './upkeep-reviewers.ts';
import { AUDIT_WHO, fits, type UpkeepWho } from './upkeep-who.ts';

export type AuditAsk = Pick<typeof cpdAuditAsk.$inferSelect, 'id' | 'kind' | 'words' | 'untilOn' | 'firstBy' | 'decision' | 'answer'>;
/** What a member wrote when they answered. */
export type AuditAnswer = { no: number; words: string; sentAt: number };
/** What somebody of the office or an auditor reads of it, once the member has sent something. */
export type AuditReading = AuditedLog & { answers: AuditAnswer[] };
/** An audit as somebody of the office or its auditor may see it. While the gate is shut nothing but the name may be shown, which the gate asks about. */
export type AuditSight = AuditStanding & {
	name: string;
	isOfficer: boolean;
	place: Reviewer | null;
	reviewers: Reviewer[];
	isGateShut: boolean;
	/** The member's files open to those who audit, and to nobody else of the office. */
	opensFiles: boolean;
	ask: AuditAsk | null;
};

const NONE = 'There is no such audit.';

/** An audit for the one who asks: an officer or the auditor it was given to, never somebody of the member's own circle. @throws NotFound */
export function auditSight(ctx: Ctx, reference: string): AuditSight {
	const { personId } = personOf(ctx);
	const standing = auditByReference(ctx, reference);
	const subject = { kind: 'audit', id: standing.audit.id } as const;
	if (circleOf(ctx.db, standing.audit.personId, personId).length > 0) throw new NotFound(NONE);
	const place = ownPlace(ctx, subject);
	const officer = isOfficer(ctx.actor);
	if (!officer && place === null) throw new NotFound(NONE);
	const isGateShut = place !== null && place.declaredAt === null;
	const name = nameOfPerson(ctx.db, standing.audit.personId);
	const opensFiles = place !== null && !isGateShut && standing.state.sentOn !== null;
	const ask = openAsk(ctx, standing.audit.id);
	return { ...standing, name, isOfficer: officer, place, reviewers: reviewersOf(ctx.db, subject), isGateShut, opensFiles, ask };
}

/** An audit for whoever may take a step of it, once they have declared what they were asked. @throws NotFound for everybody else; Conflict when it has moved on */
export function sightFor(ctx: Ctx, reference: string, seen: number, step: AuditKind): AuditSight {
	const sight = auditSight(ctx, reference);
	if (!AUDIT_WHO[step].some((who) => isToAudit(ctx, sight, who))) throw new NotFound(NONE);
	refuseOlderSight(sight, seen);
	return sight;
}

/** Is the actor this to an audit that they may see? */
export function isToAudit({ actor }: Pick<Ctx, 'actor'>, { audit, place, isGateShut }: AuditSight, who: UpkeepWho): boolean {
	return fits(actor, { memberId: audit.personId, isBarred: false, isGateShut, place: placeOf(place) }, who, 'auditor');
}

/** Opens the log of the audited year, and what the member wrote with it, for its auditor or an officer: an event each time. @throws NotFound, also while the gate is shut */
export function readAuditedLog(ctx: Ctx, reference: string): AuditReading {
	const sight = auditSight(ctx, reference);
	if (sight.isGateShut) throw new NotFound(NONE);
	const { id, personId, fromOn, toOn } = sight.audit;
	commit(ctx, { name: 'read an audited log' }, (tx) =>
		record(tx, 'audit.log_read', { type: 'audit', id }, { person: personId, fromOn, as: sight.place === null ? 'officer' : 'auditor' }),
	);
	return { ...auditedLog(ctx, personId, { fromOn, toOn }), answers: answersOf(ctx, id) };
}

function answersOf(ctx: Ctx, auditId: string): AuditAnswer[] {
	return prepared(ctx.db.sql, 'SELECT no, words, sent_at AS sentAt FROM cpd_audit_answer WHERE audit_id = ? ORDER BY no').all(auditId) as AuditAnswer[];
}

/** A file of an entry of that year; that it was opened is an event. @throws NotFound */
export async function readAuditFile(ctx: Ctx, reference: string, file: { entryId: string; fileId: string }): Promise<StoredFile & { content: Buffer }> {
	const sight = auditSight(ctx, reference);
	if (sight.isGateShut) throw new NotFound(NONE);
	const { id, personId, fromOn, toOn } = sight.audit;
	const found = await readAuditedEvidence(ctx, personId, { fromOn, toOn }, file);
	commit(ctx, { name: 'read audited evidence' }, (tx) => record(tx, 'audit.log_read', { type: 'audit', id }, { file: file.fileId }));
	return found;
}

/** What a member asked for and nobody decided yet. Never authorises. */
export function openAsk(ctx: Pick<Ctx, 'db'>, auditId: string): AuditAsk | null {
	return asksOn(ctx, auditId).find(({ decision }) => decision === null) ?? null;
}

/** Everything that a member asked for, oldest first. Never authorises. */
export function asksOn(ctx: Pick<Ctx, 'db'>, auditId: string): AuditAsk[] {
	const text = `SELECT id, kind, words, until_on AS untilOn, first_by AS firstBy, decision, answer FROM cpd_audit_ask WHERE audit_id = ? ORDER BY asked_at, rowid`;
	return prepared(ctx.db.sql, text).all(auditId) as AuditAsk[];
}
