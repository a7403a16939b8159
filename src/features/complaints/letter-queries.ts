import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { openTexts } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { concernLetter } from '#db/schema/index.ts';
import type { Letter, LetterSide } from './letter-template.ts';
import type { StepKind } from './phases.ts';

type Row = typeof concernLetter.$inferSelect;
export type LetterState = 'draft' | 'approved' | 'sent' | 'dropped';
/** A letter of a case with its words. `approvedBy`, `madeBy`, `changedBy`: keys of people; `names`: what they are called. */
export type CaseLetter = Letter & {
	id: string;
	stepNo: number;
	kind: StepKind;
	side: LetterSide;
	state: LetterState;
	needsTwo: boolean;
	version: number;
	changedBy: string;
	changer: string;
	approver: string | null;
	sentOn: string | null;
	way: Row['way'];
	fileId: string | null;
};

const NONE = 'There is no such letter.';
export const letterPlace = (id: string) => `letter:${id}`;

/** The letters of a case, the newest first; those that were dropped are left out. Never authorises: whoever asks holds the case open. */
export function lettersIn(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): CaseLetter[] {
	return opened(
		ctx,
		concernId,
		prepared(ctx.db.sql, `${READ} WHERE l.concern_id = ? AND l.dropped_at IS NULL ORDER BY l.made_at DESC, l.id DESC`).all(concernId) as Found[],
	);
}

/** One of them. @throws NotFound */
export function letterIn(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string, id: string): CaseLetter {
	const rows = prepared(ctx.db.sql, `${READ} WHERE l.concern_id = ? AND l.id = ?`).all(concernId, id) as Found[];
	const [found] = opened(ctx, concernId, rows);
	if (!found) throw new NotFound(NONE);
	return found;
}

/** What one side was sent, the newest first: for its own area. Never authorises: whoever asks holds the case open as that side. */
export function lettersTo(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string, side: LetterSide): { title: string; sentOn: string; fileId: string }[] {
	return lettersIn(ctx, concernId).flatMap(({ side: to, title, sentOn, fileId }) =>
		to === side && sentOn !== null && fileId !== null ? [{ title, sentOn, fileId }] : [],
	);
}

type Found = Pick<Row, 'id' | 'stepNo' | 'side' | 'needsTwo' | 'version' | 'changedBy' | 'approvedAt' | 'sentOn' | 'way' | 'fileId' | 'droppedAt'> & {
	kind: StepKind;
	changer: string | null;
	approver: string | null;
};

function opened(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string, rows: readonly Found[]): CaseLetter[] {
	const words = openTexts(
		ctx,
		concernId,
		rows.map(({ id }) => letterPlace(id)),
	);
	return rows.map(({ needsTwo, approvedAt, droppedAt, changer, ...row }) => {
		const { title, paragraphs } = wordsIn(words.get(letterPlace(row.id)));
		const state: LetterState = row.sentOn !== null ? 'sent' : droppedAt !== null ? 'dropped' : approvedAt !== null ? 'approved' : 'draft';
		return { ...row, title, paragraphs, state, changer: changer ?? '', needsTwo: needsTwo === 1 };
	});
}

function wordsIn(sealed: string | undefined): Letter {
	return sealed === undefined ? { title: 'What stood here has been destroyed', paragraphs: [] } : (JSON.parse(sealed) as Letter);
}

const nameFor = (column: string) => `(SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = l.${column} AND n.to_on IS NULL)`;
const READ = `SELECT l.id, l.step_no AS stepNo, s.kind, l.side, l.needs_two AS needsTwo, l.version, l.changed_by AS changedBy, ${nameFor('changed_by')} AS changer,
	l.approved_at AS approvedAt, ${nameFor('approved_by')} AS approver, l.sent_on AS sentOn, l.way, l.file_id AS fileId, l.dropped_at AS droppedAt
	FROM concern_letter l JOIN concern_step s ON s.concern_id = l.concern_id AND s.no = l.step_no`;
