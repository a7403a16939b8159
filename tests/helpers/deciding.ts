/**
 * A process of its own that resolves every item whose votes are opened, one after another, until it is killed.
 * `node deciding.ts DATA_DIR PEOPLE_JSON`: who sits where.
 */
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { resolveItem, standingByReference } from '#features/accreditation/index.ts';
import { readSettings } from '#settings';

const [dataDir = '', chair = '', at = ''] = process.argv.slice(2);
const settings = readSettings({ DATA_DIR: dataDir });
const db = openDatabase(`${dataDir}/register.db`);
const now = Number(at);
const ctx: Ctx = ctxFor(
	{ db, keys: loadKeys(settings), settings },
	{ kind: 'person', personId: chair, accountId: chair, roles: ['committee'], level: 2, provedAt: now },
	now,
);
const text = `SELECT m.reference, i.position AS no, i.version, a.reference AS application FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id
	JOIN accreditation_application a ON a.id = i.application_id WHERE i.revealed_at IS NOT NULL AND i.resolved_at IS NULL ORDER BY i.position`;
const waiting = db.sql.prepare(text).all() as { reference: string; no: number; version: number; application: string }[];
for (const { reference, no, version, application } of waiting) {
	const steps = standingByReference(db, application).seen;
	resolveItem(ctx, { reference, no }, { version, steps, reasons: [], words: '', variedTo: null, conditions: [] });
}
process.stdout.write('done');
