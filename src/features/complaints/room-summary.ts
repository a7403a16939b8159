import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { openText, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { worksOn } from './policy.ts';
import { noteRead, type Sight, sightOf } from './sight.ts';

/** A case in words that name nobody. `isChecked`: a second person has looked that they do not. */
export type Summary = { id: string; writtenBy: string; isChecked: boolean };

/** May the actor write or check such words: whoever works on a closed case whose words are still there. */
export function canSummarise(sight: Sight): boolean {
	return sight.state.phase === 'closed' && !sight.state.isDestroyed && worksOn(sight);
}

/** The newest that was checked, else the one that waits for a second person, else null. Never authorises. */
export function summaryOf({ db }: Pick<Ctx, 'db'>, concernId: string): Summary | null {
	const found = prepared(db.sql, NEWEST).get(concernId) as (Omit<Summary, 'isChecked'> & { isChecked: 0 | 1 }) | undefined;
	return found ? { ...found, isChecked: found.isChecked === 1 } : null;
}

/** One that waits for a second person, or null. Never authorises. */
export function openSummary({ db }: Pick<Ctx, 'db'>, concernId: string): Summary | null {
	const text = 'SELECT id, written_by AS writtenBy FROM concern_summary WHERE concern_id = ? AND checked_at IS NULL';
	const found = prepared(db.sql, text).get(concernId) as Omit<Summary, 'isChecked'> | undefined;
	return found ? { ...found, isChecked: false } : null;
}

/** Its words; that they were opened is noted. Never authorises. */
export function summaryWords(ctx: Ctx, concernId: string, { id }: Pick<Summary, 'id'>, capacity: string): string {
	noteRead(ctx, { concernId, personId: personOf(ctx).personId, capacity, what: `summary:${id}` });
	return openText(ctx, concernId, placeOf(id)) ?? '';
}

/** Writes a case down without anybody in it. @throws NotFound, Forbidden; Conflict while one waits for a second person */
export function writeSummary(ctx: Ctx, reference: string, { words }: { words: string }): void {
	commit(ctx, { name: 'write a summary that names nobody' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(canSummarise(sight));
		const concernId = sight.concern.id;
		if (openSummary(ctx, concernId) !== null) throw new Conflict('A summary waits for a second person already.');
		const id = newId();
		const text = 'INSERT INTO concern_summary (id, concern_id, written_by, written_at) VALUES (?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, concernId, personOf(ctx).personId, ctx.now);
		sealText(tx, concernId, placeOf(id), words);
		record(tx, 'concern.summary_written', { type: 'concern', id: concernId }, {});
	});
}

/** Says that nobody can be recognised in it, or that somebody can. Never by who wrote it. @throws NotFound, Forbidden; Conflict in words */
export function checkSummary(ctx: Ctx, reference: string, { result }: { result: 'checked' | 'refused' }): void {
	commit(ctx, { name: 'check a summary that names nobody' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(canSummarise(sight));
		const concernId = sight.concern.id;
		const open = openSummary(ctx, concernId);
		if (open === null) throw new Conflict('No summary waits for a second person any more.');
		const { personId } = personOf(ctx);
		if (open.writtenBy === personId) throw new Conflict('You wrote it yourself: somebody else has to check it.');
		const text = 'UPDATE concern_summary SET checked_by = ?, checked_at = ?, result = ? WHERE id = ? AND checked_at IS NULL';
		prepared(tx.db.sql, text).run(personId, ctx.now, result, open.id);
		record(tx, 'concern.summary_checked', { type: 'concern', id: concernId }, { result });
	});
}

const placeOf = (id: string) => `pack:summary:${id}`;
const NEWEST = `SELECT id, written_by AS writtenBy, checked_at IS NOT NULL AS isChecked FROM concern_summary
	WHERE concern_id = ? AND result IS NOT 'refused' ORDER BY checked_at IS NULL, checked_at DESC LIMIT 1`;
