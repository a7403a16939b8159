import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, isStaff, personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { letterFrom, lettersThatFit } from './letter-facts.ts';
import { type LetterChange, paragraphsIn } from './letter-form.ts';
import { type CaseLetter, letterIn, letterPlace } from './letter-queries.ts';
import { needsTwo } from './letter-rules.ts';
import { type Letter, type LetterSide, slotsLeft } from './letter-template.ts';
import { worksOn } from './policy.ts';
import { type OpenCase, openCase, type Sight } from './sight.ts';

const SENT = 'This letter has been sent. Write another one, if something in it has to be put right.';
const DROPPED = 'This draft was put away.';
const CHANGED = 'Somebody has just changed this letter. Open it again and read it as it is now.';

/** May they write, change and send letters of a case? */
export function writesLetters({ actor }: Pick<Ctx, 'actor'>, sight: Pick<Sight, 'accesses' | 'isGateShut'>): boolean {
	return isStaff(actor) && worksOn(sight);
}

/** May they read a letter as the second person? Those who work on the case, and its lay screener. */
export function readsLetters(ctx: Pick<Ctx, 'actor'>, sight: Pick<Sight, 'accesses' | 'isGateShut'>): boolean {
	return writesLetters(ctx, sight) || (isStaff(ctx.actor) && !sight.isGateShut && sight.accesses.some(({ capacity }) => capacity === 'lay_screener'));
}

/**
 * Begins a letter from its template; where a draft of the same letter waits already, that one. @returns its key
 * @throws NotFound, Forbidden; Invalid when the case has no such step, or that side is not told of it
 */
export function beginLetter(ctx: Ctx, reference: string, { step: no, side }: { step: number; side: LetterSide }): string {
	const sight = openCase(ctx, reference, 'letters');
	allow(writesLetters(ctx, sight));
	const about = lettersThatFit(sight).find((one) => one.step.no === no && one.side === side);
	if (about === undefined) throw new Invalid('step', 'There is no such letter in this case.');
	const there = waiting(ctx, sight, no, side);
	if (there !== undefined) return there;
	const letter = letterFrom(ctx, sight, about);
	return commit(ctx, { name: 'begin a letter of a case' }, (tx) => {
		const { id: concernId } = sight.concern;
		const found = waiting(tx, sight, no, side);
		const id = found ?? newId();
		record(tx, 'concern.letter_begun', { type: 'concern', id: concernId }, { side, about: about.step.kind, isRepeat: found !== undefined });
		if (found !== undefined) return found;
		const { personId } = personOf(ctx);
		const two = Number(needsTwo(tx.db, ctx.today, about.step.kind));
		prepared(tx.db.sql, INSERT).run(id, concernId, no, side, two, personId, ctx.now, personId, ctx.now);
		sealText(tx, concernId, letterPlace(id), JSON.stringify(letter));
		return id;
	});
}

/** Changes the words of a draft; a second person has to read it anew. @throws NotFound, Forbidden; Conflict when it was sent or changed meanwhile */
export function changeLetter(ctx: Ctx, reference: string, id: string, { version, title, body }: LetterChange): void {
	withDraft(ctx, reference, { id, version, name: 'change a letter of a case' }, (tx, sight) => {
		allow(writesLetters(ctx, sight));
		const words: Letter = { title, paragraphs: paragraphsIn(body) };
		prepared(tx.db.sql, CHANGE).run(personOf(ctx).personId, ctx.now, id);
		sealText(tx, sight.concern.id, letterPlace(id), JSON.stringify(words));
		record(tx, 'concern.letter_changed', { type: 'concern', id: sight.concern.id });
	});
}

/** Says as a second person that a letter may go. @throws NotFound, Forbidden; Conflict for one's own words; Invalid while something is left open */
export function approveLetter(ctx: Ctx, reference: string, id: string, { version }: { version: number }): void {
	withDraft(ctx, reference, { id, version, name: 'approve a letter of a case' }, (tx, sight, letter) => {
		allow(readsLetters(ctx, sight));
		const { personId } = personOf(ctx);
		if (letter.changedBy === personId) throw new Conflict('These are your own words: somebody else has to read them.');
		if (letter.state === 'approved') throw new Conflict('A second person has approved this letter already.');
		refuseOpen(letter);
		prepared(tx.db.sql, 'UPDATE concern_letter SET approved_by = ?, approved_at = ? WHERE id = ?').run(personId, ctx.now, id);
		record(tx, 'concern.letter_approved', { type: 'concern', id: sight.concern.id });
	});
}

/** Puts a draft away, and destroys its words. @throws NotFound, Forbidden, Conflict */
export function dropLetter(ctx: Ctx, reference: string, id: string, { version }: { version: number }): void {
	withDraft(ctx, reference, { id, version, name: 'put a letter of a case away' }, (tx, sight) => {
		allow(writesLetters(ctx, sight));
		prepared(tx.db.sql, 'UPDATE concern_letter SET dropped_at = ? WHERE id = ?').run(ctx.now, id);
		sealText(tx, sight.concern.id, letterPlace(id), JSON.stringify({ title: 'A draft that was put away', paragraphs: [] }));
		record(tx, 'concern.letter_dropped', { type: 'concern', id: sight.concern.id });
	});
}

type DraftAct = (tx: Tx, sight: OpenCase, letter: CaseLetter) => void;

function withDraft(ctx: Ctx, reference: string, { id, version, name }: { id: string; version: number; name: string }, act: DraftAct): void {
	const sight = openCase(ctx, reference, `letter:${id}`);
	commit(ctx, { name }, (tx) => {
		const letter = letterIn(ctx, sight.concern.id, id);
		refuseShut(letter, version);
		act(tx, sight, letter);
	});
}

/** Refuses what can no more be done with a letter, or was decided on an older one. @throws Conflict */
export function refuseShut({ state, version }: CaseLetter, sawVersion: number): void {
	if (state === 'sent') throw new Conflict(SENT);
	if (state === 'dropped') throw new Conflict(DROPPED);
	if (version !== sawVersion) throw new Conflict(CHANGED);
}

/** Refuses a letter in which something is left to be written. @throws Invalid */
export function refuseOpen({ title, paragraphs }: Letter): void {
	const [left] = slotsLeft([title, ...paragraphs].join('\n'));
	if (left !== undefined) throw new Invalid('body', `Something is left to be written first: ${left}.`);
}

function waiting({ db }: Pick<Ctx, 'db'>, { concern }: Sight, no: number, side: LetterSide): string | undefined {
	return prepared(db.sql, WAITING).pluck().get(concern.id, no, side) as string | undefined;
}

const WAITING = 'SELECT id FROM concern_letter WHERE concern_id = ? AND step_no = ? AND side = ? AND sent_at IS NULL AND dropped_at IS NULL';
const INSERT = `INSERT INTO concern_letter (id, concern_id, step_no, side, needs_two, made_by, made_at, changed_by, changed_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const CHANGE = `UPDATE concern_letter SET version = version + 1, changed_by = ?, changed_at = ?, approved_by = NULL, approved_at = NULL WHERE id = ?`;
