import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';

/** A total that another system kept: minutes from `from` to `to`, both days included; `source` in the office's words, such as `Join It export`. */
export type CpdTotal = { from: string; to: string; minutes: number; iptMinutes: number; source: string };

/**
 * Records a total brought forward from an earlier system as an entry of its own kind: it counts for hours, never as an activity or a
 * reflection, and belongs to the CPD year of its last day. The same days again take the place of what was recorded before.
 * Joins a transaction and never authorises.
 * @returns the key of the entry, and whether anything changed.
 */
export function recordCpdTotal(tx: Tx, personId: string, total: CpdTotal): { id: string; isChanged: boolean } {
	const { from, to, minutes, iptMinutes, source } = total;
	const repeatKey = `brought-forward:${personId}:${from}:${to}`;
	const find = 'SELECT id, minutes, ipt_minutes AS iptMinutes, source FROM cpd_entry WHERE repeat_key = ?';
	const known = prepared(tx.db.sql, find).get(repeatKey) as { id: string; minutes: number; iptMinutes: number; source: string } | undefined;
	if (known && known.minutes === minutes && known.iptMinutes === iptMinutes && known.source === source) return { id: known.id, isChanged: false };
	const id = known?.id ?? newId();
	if (known) prepared(tx.db.sql, UPDATE).run(minutes, iptMinutes, source, tx.ctx.now, id);
	else prepared(tx.db.sql, INSERT).run(id, personId, from, to, minutes, iptMinutes, source, repeatKey, tx.ctx.now, tx.ctx.now);
	record(tx, 'cpd.total_brought_forward', { type: 'cpd_entry', id }, { person: personId, ...total });
	return { id, isChanged: true };
}

const INSERT = `INSERT INTO cpd_entry (id, person_id, kind, is_draft, title, began_on, done_on, minutes, ipt_minutes, source, repeat_key, created_at, changed_at)
	VALUES (?, ?, 'brought_forward', 0, 'Total brought forward', ?, ?, ?, ?, ?, ?, ?, ?)`;
const UPDATE = 'UPDATE cpd_entry SET minutes = ?, ipt_minutes = ?, source = ?, changed_at = ?, version = version + 1 WHERE id = ?';
