import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { filesOf, readStoredFile, type StoredFile } from '#core/files.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Entry } from './entry.ts';
import { ENTRY_COLUMNS, type EntryRow, entryOf } from './entry-queries.ts';
import type { CpdPeriod } from './period.ts';
import { RULES } from './rules.ts';
import { cpdStandingOn } from './standing-queries.ts';
import { figureOf } from './standing-words.ts';
import type { SupervisionSession } from './supervision-entry.ts';
import { sessionsBetween } from './supervision-queries.ts';
import { digestOf, yearContent } from './year-content.ts';

/** What somebody who audits a CPD year reads: its entries with their files, its sessions, the figures by its rules, and the sum of it all. */
export type AuditedLog = {
	entries: (Entry & { files: StoredFile[] })[];
	sessions: SupervisionSession[];
	figures: { title: string; needed: string; have: string; isMet: boolean }[];
	isMet: boolean;
	digest: string;
};

/** A year of somebody's log for an audit or a re-accreditation. Never authorises; whoever shows it records that it was read. */
export function auditedLog(ctx: Ctx, personId: string, period: CpdPeriod): AuditedLog {
	const { db } = ctx;
	const { fromOn, toOn } = period;
	const rows = prepared(db.sql, ENTRIES).all(personId, fromOn, toOn) as EntryRow[];
	const { rules, isMet } = cpdStandingOn(db, personId, toOn < ctx.today ? toOn : ctx.today);
	return {
		entries: rows.map((row) => ({ ...entryOf(row), files: filesOf(ctx, { type: 'cpd_entry', id: row.id }) })),
		sessions: sessionsBetween(db, personId, fromOn, toOn),
		figures: rules.map(({ key, needed, have, isMet: met }) => ({
			title: RULES[key].title,
			needed: figureOf(key, needed),
			have: figureOf(key, have),
			isMet: met,
		})),
		isMet,
		digest: logDigest(db, personId, period),
	};
}

/** The sum of what a log holds for a year. */
export function logDigest(db: Db, personId: string, period: CpdPeriod): string {
	return digestOf(yearContent(db, personId, period));
}

/** One file of an entry of a year that is audited. Never authorises. @throws NotFound for an entry of another person or year */
export async function readAuditedEvidence(
	ctx: Ctx,
	personId: string,
	period: CpdPeriod,
	file: { entryId: string; fileId: string },
): Promise<StoredFile & { content: Buffer }> {
	const rows = prepared(ctx.db.sql, ENTRIES).all(personId, period.fromOn, period.toOn) as EntryRow[];
	if (!rows.some(({ id }) => id === file.entryId)) throw new NotFound('There is no such file.');
	return readStoredFile(ctx, file.fileId, { type: 'cpd_entry', id: file.entryId });
}

const ENTRIES = `SELECT ${ENTRY_COLUMNS} FROM cpd_entry e WHERE person_id = ? AND is_draft = 0 AND deleted_at IS NULL AND done_on BETWEEN ? AND ? ORDER BY done_on, id`;
