import { createHash } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { CpdPeriod } from './period.ts';

/** Everything that a year's declaration stands for, as the log holds it: what the digest is made over. */
export type YearContent = { period: CpdPeriod; entries: unknown[]; sessions: unknown[]; evidence: unknown[] };

/**
 * What a person's log holds for a year. Left out is what may still change without the member: that a supervisor confirms, and what drafts
 * and deleted entries hold. Never authorises.
 */
export function yearContent(db: Db, personId: string, period: CpdPeriod): YearContent {
	const { fromOn, toOn } = period;
	return {
		period,
		entries: prepared(db.sql, ENTRIES).all(personId, fromOn, toOn),
		sessions: prepared(db.sql, SESSIONS).all(personId, fromOn, toOn),
		evidence: prepared(db.sql, EVIDENCE).all(personId, fromOn, toOn),
	};
}

/** SHA-256 in hex over the content, in a fixed order. */
export function digestOf(content: YearContent): string {
	return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

const ENTRIES = `SELECT id, kind, title, began_on, done_on, minutes, category, is_ipt, is_skills, ipt_minutes, provider, mode, learned, changed, effect, source
	FROM cpd_entry WHERE person_id = ? AND is_draft = 0 AND deleted_at IS NULL AND done_on BETWEEN ? AND ? ORDER BY done_on, id`;
const SESSIONS = `SELECT id, relation_id, held_on, minutes, own_minutes, kind, group_size, mode, material, note, corrects_id
	FROM supervision_entry WHERE person_id = ? AND is_draft = 0 AND held_on BETWEEN ? AND ? ORDER BY held_on, id`;
const EVIDENCE = `SELECT f.attached_id, f.sha256 FROM stored_file f JOIN cpd_entry e ON e.id = f.attached_id
	WHERE f.attached_type = 'cpd_entry' AND f.deleted_at IS NULL AND e.person_id = ? AND e.is_draft = 0 AND e.deleted_at IS NULL AND e.done_on BETWEEN ? AND ?
	ORDER BY f.attached_id, f.sha256`;
