import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { nameOf } from '#features/membership/index.ts';
import { dropConcernFile, removeConcernBytes } from './file-drop.ts';
import { putSealedBytes } from './file-put.ts';
import { readConcernFile } from './file-read.ts';
import { readsLetters, refuseOpen, refuseShut, writesLetters } from './letter-commands.ts';
import type { LetterWay } from './letter-form.ts';
import { letterPdf } from './letter-pdf.ts';
import { type CaseLetter, letterIn } from './letter-queries.ts';
import { isRespondentTold, putMessage, tellSides } from './message-put.ts';
import { type OpenCase, openCase } from './sight.ts';
import { reachOf } from './way-reach.ts';

/**
 * Sends a letter, once: it is kept as a tagged PDF in the lane of its reader, who is told that something waits (`message`) or gets it on paper
 * (`post`), where they gave an address for that. @returns the key of the document
 * @throws NotFound, Forbidden; Invalid while something is left open; Conflict in words: not approved yet, changed, sent already
 */
export async function sendLetter(ctx: Ctx, reference: string, id: string, input: { version: number; way: LetterWay }): Promise<string> {
	const sight = openCase(ctx, reference, `letter:${id}`);
	allow(writesLetters(ctx, sight));
	const letter = letterIn(ctx, sight.concern.id, id);
	refuseUnready(ctx, sight, letter, input);
	const bytes = await letterPdf(ctx, { ...letter, reference, onDay: ctx.today, address: addressOf(ctx, sight, letter, input.way), isDraft: false });
	const concernId = sight.concern.id;
	// Says nothing to whoever looks through what was downloaded.
	const name = `Letter ${sayDay(ctx.today)}.pdf`;
	const fileId = await putSealedBytes(
		ctx,
		{ concernId, lane: letter.side, kind: 'letter', byPerson: personOf(ctx).personId, name, type: 'application/pdf' },
		bytes,
	);
	try {
		noteSent(ctx, sight, letter, { ...input, fileId });
	} catch (error) {
		takeBack(ctx, concernId, fileId);
		throw error;
	}
	if (input.way === 'message') tellSides(ctx, { concernId, respondentId: sight.concern.respondentId, sides: [letter.side], about: `letter:${id}` });
	return fileId;
}

/** A letter as a PDF: a draft as it would be, one that was sent as it was. That it was opened is noted. @throws NotFound, Forbidden */
export async function letterPaper(ctx: Ctx, reference: string, id: string): Promise<Buffer> {
	const sight = openCase(ctx, reference, `letter:${id}`);
	allow(readsLetters(ctx, sight));
	const letter = letterIn(ctx, sight.concern.id, id);
	if (letter.fileId !== null) return (await readConcernFile(ctx, sight.concern.id, letter.fileId, letter.side)).content;
	return letterPdf(ctx, { ...letter, reference, onDay: ctx.today, address: [], isDraft: true });
}

/** How a letter may go: not by post to whoever gave no address for it, and only by post to a therapist who has no page for the case. */
export function waysFor(ctx: Ctx, { concern, steps }: Pick<OpenCase, 'concern' | 'steps'>, side: CaseLetter['side']): LetterWay[] {
	if (side === 'respondent') return isRespondentTold(steps) ? ['message', 'post'] : ['post'];
	return reachOf(ctx, concern.id).post ? ['message', 'post'] : ['message'];
}

function refuseUnready(ctx: Ctx, sight: OpenCase, letter: CaseLetter, { version, way }: { version: number; way: LetterWay }): void {
	refuseShut(letter, version);
	refuseOpen(letter);
	if (letter.needsTwo && letter.state !== 'approved') throw new Conflict('A second person has to read this letter before it goes.');
	if (waysFor(ctx, sight, letter.side).includes(way)) return;
	throw new Conflict(
		way === 'post' ? 'They gave no address at which a letter is safe.' : 'The therapist has no page for this case yet: the letter goes by post.',
	);
}

function noteSent(ctx: Ctx, sight: OpenCase, letter: CaseLetter, { version, way, fileId }: { version: number; way: LetterWay; fileId: string }): void {
	commit(ctx, { name: 'send a letter of a case' }, (tx) => {
		const { id } = letter;
		refuseShut(letterIn(ctx, sight.concern.id, id), version);
		prepared(tx.db.sql, SENT).run(way, personOf(ctx).personId, ctx.now, ctx.today, fileId, id);
		if (way === 'message') putMessage(tx, sight, { side: letter.side, words: WAITS, repeatKey: `letter:${id}` });
		record(tx, 'concern.letter_sent', { type: 'concern', id: sight.concern.id }, { side: letter.side, way });
	});
}

/** The one that was not the first: its bytes go, unless they are those of the letter that was. */
function takeBack(ctx: Ctx, concernId: string, fileId: string): void {
	if (prepared(ctx.db.sql, 'SELECT 1 FROM concern_letter WHERE file_id = ?').get(fileId) !== undefined) return;
	commit(ctx, { name: 'take a letter back that was not sent' }, (tx) => dropConcernFile(tx, fileId, 'office'));
	removeConcernBytes(ctx, concernId);
}

function addressOf(ctx: Ctx, { concern }: OpenCase, { side }: CaseLetter, way: LetterWay): string[] {
	if (way !== 'post') return [];
	if (side === 'respondent') return concern.respondentId === null ? [] : [nameOf(ctx.db, concern.respondentId) ?? ''];
	const { name, post = '' } = reachOf(ctx, concern.id);
	return [...(name ? [name] : []), ...post.split('\n')].filter((text) => text.trim() !== '');
}

const WAITS = 'There is a letter for you with your documents. It is a PDF that you can read here, keep or print.';
const SENT = 'UPDATE concern_letter SET way = ?, sent_by = ?, sent_at = ?, sent_on = ?, file_id = ? WHERE id = ? AND sent_at IS NULL';
