import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { type Destroyed, DISPOSED, destroyRows, nothingDestroyed, whileOpen, writeThrough } from '#core/dispose.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { dropFile, removeDeletedFile } from '#core/files.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { retentionRules } from './data-retention.ts';
import { fileKeyOf } from './people-key.ts';
import { type ClassDue, classesDue, countShare } from './retention-due.ts';
import type { ConfirmClassInput, HoldInput, LiftHoldInput } from './retention-forms.ts';
import { canKeepData, confirmationOf, retentionClass } from './retention-queries.ts';

/**
 * Says that what is over its time in a class may go, from now on, under the rules in force; the job does it. Once; a second time changes nothing.
 * @throws Forbidden, NotFound; Conflict when more is due than was looked at
 */
export function confirmClass(ctx: Ctx, name: string, { rowsShown }: ConfirmClassInput): void {
	allow(canKeepData(ctx));
	requireProof(ctx, true);
	const seen = retentionClass(ctx, name);
	if (seen.confirmedAt !== null) return;
	if (seen.now > rowsShown) throw new Conflict('More is due now than you looked at. Look at the list again.');
	commit(ctx, { name: 'confirmClass' }, (tx) => {
		const { version } = retentionRules(tx.db, ctx.today);
		const text =
			'INSERT INTO retention_confirmation (class, rules_version, rows_shown, confirmed_by, confirmed_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
		prepared(tx.db.sql, text).run(name, version, seen.now, personOf(ctx).personId, ctx.now);
		record(tx, 'retention.confirmed', { type: 'retention', id: name }, { rulesVersion: version, rowsShown: seen.now });
	});
}

/**
 * Keeps everything about a person until it is lifted, whatever the rules or a request say. A hold that stands already is left as it is.
 * @throws Forbidden; Invalid beside `who` when there is no such file
 */
export function placeHold(ctx: Ctx, { who, because }: HoldInput): void {
	allow(canKeepData(ctx));
	const personId = whoIs(ctx, who);
	commit(ctx, { name: 'placeHold' }, (tx) => {
		const id = newId();
		const text = 'INSERT INTO legal_hold (id, person_id, because, placed_by, placed_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';
		const { changes } = prepared(tx.db.sql, text).run(id, personId, because, personOf(ctx).personId, ctx.now);
		if (changes === 0) throw new Invalid('who', 'There is a hold on this person’s data already.');
		record(tx, 'retention.hold_placed', { type: 'person', id: personId }, { hold: id }, { because });
	});
}

/** Lifts a hold. Twice is the same as once. @throws Forbidden, NotFound */
export function liftHold(ctx: Ctx, { hold, because }: LiftHoldInput): void {
	allow(canKeepData(ctx));
	commit(ctx, { name: 'liftHold' }, (tx) => {
		const personId = prepared(tx.db.sql, 'SELECT person_id FROM legal_hold WHERE id = ?').pluck().get(hold) as string | undefined;
		if (!personId) throw new NotFound('There is no such hold.');
		const text = 'UPDATE legal_hold SET lifted_by = ?, lifted_at = ?, lifted_because = ? WHERE id = ? AND lifted_at IS NULL';
		prepared(tx.db.sql, text).run(personOf(ctx).personId, ctx.now, because, hold);
		record(tx, 'retention.hold_lifted', { type: 'person', id: personId }, { hold }, { because });
	});
}

/**
 * Destroys what is over its time in every class that was confirmed, one transaction a class; the contents of files after it. For the daily job.
 * @returns how many rows went, by class
 */
export function enforceRetention(ctx: Ctx): Record<string, number> {
	allow(ctx.actor.kind === 'system');
	const gone: Record<string, number> = {};
	for (const due of classesDue(ctx, { due: ctx.today })) {
		if (confirmationOf(ctx, due.name) === null || due.shares.every((share) => countShare(ctx, share) === 0)) continue;
		const { counts, files } = destroyClass(ctx, due);
		for (const id of files) removeDeletedFile(ctx, id);
		const rows = Object.values(counts).reduce((a, b) => a + b, 0);
		if (rows > 0) gone[due.name] = rows;
	}
	// What could not be written through now is by the daily purge.
	if (Object.keys(gone).length > 0) writeThrough(ctx.db);
	return gone;
}

function destroyClass(ctx: Ctx, { name, shares }: ClassDue): Destroyed {
	const { version } = retentionRules(ctx.db, ctx.today);
	return commit(ctx, { name: 'enforceRetention', reason: 'the time for keeping it is over' }, (tx) => {
		const done = nothingDestroyed();
		whileOpen(tx, () => {
			for (const { table, rows } of shares)
				for (const disposal of DISPOSED.filter((d) => d.table === table)) destroyRows(tx, disposal, rows, { because: 'retention', done });
			dropOrphans(tx, done);
		});
		const insert = prepared(tx.db.sql, 'INSERT INTO retention_done (id, class, rules_version, table_name, done_on, row_count) VALUES (?, ?, ?, ?, ?, ?)');
		for (const [table, count] of Object.entries(done.counts)) insert.run(newId(), name, version, table, ctx.today, count);
		record(tx, 'retention.destroyed', { type: 'retention', id: name }, { rulesVersion: version, rows: done.counts });
		return done;
	});
}

/** A file that showed an activity goes with it. */
function dropOrphans(tx: Tx, done: Destroyed): void {
	if (!done.counts.cpd_entry) return;
	const text = `SELECT id FROM stored_file WHERE attached_type = 'cpd_entry' AND deleted_at IS NULL AND attached_id NOT IN (SELECT id FROM cpd_entry)`;
	for (const id of prepared(tx.db.sql, text).pluck().all() as string[]) {
		dropFile(tx, id, 'retention');
		done.files.push(id);
	}
}

function whoIs(ctx: Ctx, who: string): string {
	try {
		return fileKeyOf(ctx.db, who).personId;
	} catch (error) {
		if (error instanceof Error && 'status' in error && error.status === 404) throw new Invalid('who', 'There is no file with this number.');
		throw error;
	}
}
