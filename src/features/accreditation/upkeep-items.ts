import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { attachFile, filesOf, type StoredFile } from '#core/files.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { upkeepItem } from '#db/schema/index.ts';
import { columnOf, type Subject } from './upkeep-circle.ts';

type Row = typeof upkeepItem.$inferSelect;
/** What a member is asked, or has to do by a day. */
export type UpkeepItem = Pick<Row, 'id' | 'kind' | 'round' | 'words' | 'dueOn' | 'answer' | 'answeredAt' | 'judgement' | 'version'>;
export type NewItems = { kind: UpkeepItem['kind']; round: number; items: readonly { words: string; dueOn: string }[] };

/** Items of a file in their order. Never authorises. */
export function itemsFor(db: Db, subject: Subject): UpkeepItem[] {
	const text = `SELECT id, kind, round, words, due_on AS dueOn, answer, answered_at AS answeredAt, judgement, version FROM upkeep_item
		WHERE ${columnOf(subject)} = ? ORDER BY asked_at, rowid`;
	return prepared(db.sql, text).all(subject.id) as UpkeepItem[];
}

/** Asks, or gives to do. Joins a transaction and never authorises. @returns key and day of each */
export function putItems(tx: Tx, subject: Subject, { kind, round, items }: NewItems): { id: string; dueOn: string }[] {
	const text = `INSERT INTO upkeep_item (id, ${columnOf(subject)}, kind, round, words, due_on, asked_by, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
	return items.map(({ words, dueOn }) => {
		const id = newId();
		prepared(tx.db.sql, text).run(id, subject.id, kind, round, words, dueOn, personOf(tx.ctx).personId, tx.ctx.now);
		return { id, dueOn };
	});
}

export type ItemAnswer = { answer: string; files: readonly string[]; version: number };

/** The member's answer to one item; sent again before it is judged it replaces the words, files stay. Joins and never authorises. @throws Conflict */
export function putAnswer(tx: Tx, subject: Subject, item: UpkeepItem, { answer, files, version }: ItemAnswer): void {
	if (item.judgement !== null) throw new Conflict('This was looked at already.');
	if (answer === '') throw new Invalid(`answer-${item.id}`, 'Write a sentence or more.');
	const ownerPersonId = personOf(tx.ctx).personId;
	for (const id of files) attachFile(tx, id, { ...attachedTo(item.id), ownerPersonId, field: `files-${item.id}` });
	const text = 'UPDATE upkeep_item SET answer = ?, answered_at = ?, version = version + 1 WHERE id = ? AND version = ?';
	if (prepared(tx.db.sql, text).run(answer, tx.ctx.now, item.id, version).changes === 0)
		throw new Conflict('You have answered this in another window. Look at it again.');
	record(tx, 'upkeep.item_answered', { type: subject.kind, id: subject.id }, { item: item.id, files: files.length });
}

/** Was a task done? Joins and never authorises. @throws Conflict when somebody said so already */
export function judgeItem(tx: Tx, itemId: string, judgement: 'met' | 'missed'): void {
	const text = 'UPDATE upkeep_item SET judgement = ?, judged_by = ?, judged_at = ?, version = version + 1 WHERE id = ? AND judged_at IS NULL';
	if (prepared(tx.db.sql, text).run(judgement, personOf(tx.ctx).personId, tx.ctx.now, itemId).changes === 0)
		throw new Conflict('Somebody has judged this task already.');
}

/** The files that came with an answer. Whoever asks has made sure that the actor may see the item. */
export function itemFiles(ctx: Ctx, itemId: string): StoredFile[] {
	return filesOf(ctx, attachedTo(itemId));
}

export function attachedTo(itemId: string): { type: string; id: string } {
	return { type: 'upkeep_item', id: itemId };
}

/** Why somebody took a step, in their words. Joins and never authorises; nothing for no words. */
export function putWords(tx: Tx, subject: Subject, stepNo: number, words: string): void {
	if (words === '') return;
	const text = `INSERT INTO upkeep_words (id, ${columnOf(subject)}, step_no, words, written_by, written_at) VALUES (?, ?, ?, ?, ?, ?)`;
	prepared(tx.db.sql, text).run(newId(), subject.id, stepNo, words, personOf(tx.ctx).personId, tx.ctx.now);
}

/** The words to the steps of a file, by the number of the step. Never authorises. */
export function wordsFor(db: Db, subject: Subject): Map<number, string> {
	const rows = prepared(db.sql, `SELECT step_no AS no, words FROM upkeep_words WHERE ${columnOf(subject)} = ? ORDER BY written_at`).all(subject.id);
	return new Map((rows as { no: number; words: string }[]).map(({ no, words }) => [no, words]));
}
