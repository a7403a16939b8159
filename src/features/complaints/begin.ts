import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import { makeVault } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { rulesFor } from './rules.ts';
import { type Concern, insertStep, type Standing, standingOf } from './step.ts';

export type NewConcern = Pick<Concern, 'about' | 'way' | 'source' | 'caseKeyHash' | 'passphraseHash' | 'typedBy' | 'complainantId'>;

/** Begins a concern with a vault of its own. Joins a transaction and never authorises. */
export function putConcern(tx: Tx, input: NewConcern): Standing {
	const { ctx, db } = tx;
	const id = newId();
	makeVault(tx, id);
	const text = `INSERT INTO concern (id, about, way, source, begun_at, case_key_hash, passphrase_hash, complainant_id, typed_by, rules_version, phase, steps)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'enquiry', 1)`;
	const { about, way, source, caseKeyHash, passphraseHash, complainantId, typedBy } = input;
	const { version } = rulesFor(db, ctx.today, about);
	prepared(db.sql, text).run(id, about, way, source, ctx.now, caseKeyHash, passphraseHash, complainantId, typedBy, version);
	insertStep(tx, id, { no: 1, kind: 'begun', at: ctx.now, onDay: ctx.today, byPerson: typedBy, bySide: typedBy === null ? 'complainant' : 'office', data: {} });
	record(tx, 'concern.begun', { type: 'concern', id }, { way });
	return standingOf(db, id);
}
