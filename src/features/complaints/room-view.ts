import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { personOf } from '#core/policy.ts';
import { holidaysOf } from '#core/working-days.ts';
import { prepared } from '#db/prepared.ts';
import { CATEGORY_WORDS, type Category, FATE_WORDS, OUTCOME_WORDS, PROMISE_WORDS, SOURCE_WORDS, STEP_WORDS } from './case-words.ts';
import { fateOf, promisesOf } from './promises.ts';
import { caseInRoom, type Room, roomOf } from './room-rows.ts';
import { summaryOf, summaryWords } from './room-summary.ts';
import { noteRead } from './sight.ts';
import { type Standing, standingOf } from './step.ts';

/** A case of a room in its list. `reference`: for officers only. */
export type RoomLine = { no: number; reference: string | null; summary: 'none' | 'waiting' | 'ready'; isDestroyed: boolean };
const FINDINGS: Record<string, string> = { admitted: 'Admitted', proved: 'Proved', not_proved: 'Not proved', withdrawn: 'Withdrawn' };

/** A room with its cases. @throws NotFound */
export function roomView(ctx: Ctx, id: string): Room & { lines: RoomLine[] } {
	const room = roomOf(ctx, id);
	const rows = prepared(ctx.db.sql, CASES).all(id) as { no: number; concernId: string; reference: string; isDestroyed: 0 | 1 }[];
	const lines = rows.map(({ no, concernId, reference, isDestroyed }) => {
		const found = summaryOf(ctx, concernId);
		const summary = found === null ? ('none' as const) : found.isChecked ? ('ready' as const) : ('waiting' as const);
		return { no, reference: room.isOwn ? null : reference, summary, isDestroyed: isDestroyed === 1 };
	});
	return { ...room, lines };
}

/**
 * A case of a room for its reviewer: its summary, its steps and clocks, and what came of it. No name, no reference, no word that two people did
 * not look at; and that it was opened is noted in the record of the case. @throws NotFound, also for officers, who have their own door
 */
export function roomCase(ctx: Ctx, id: string, no: string) {
	const room = roomOf(ctx, id);
	const concernId = caseInRoom(ctx, room.isOwn ? id : '', no);
	const standing = standingOf(ctx.db, concernId);
	const summary = summaryOf(ctx, concernId);
	const isReady = summary?.isChecked === true;
	if (!isReady) noteRead(ctx, { concernId, personId: personOf(ctx).personId, capacity: 'reviewer', what: 'summary' });
	return {
		no: Number(no),
		of: room.drawn,
		summary: isReady ? summaryWords(ctx, concernId, summary, 'reviewer') : null,
		rows: rowsOf(standing),
		allegations: allegationsIn(ctx, concernId),
		steps: standing.steps.map(({ kind, onDay, bySide }) => [sayDay(onDay), STEP_WORDS[kind], SIDES[bySide] ?? '']),
		promises: promisesOf(standing.steps, standing.rules, holidaysOf(ctx.db)).map((one) => {
			const done = one.keptOn ?? one.endedOn;
			return [PROMISE_WORDS[one.kind], sayDay(one.dueOn), done === null ? '–' : sayDay(done), FATE_WORDS[fateOf(one, ctx.today)]];
		}),
	};
}

function rowsOf({ concern, state }: Standing): { key: string; value: string }[] {
	return [
		{ key: 'Raised by', value: concern.source === null ? 'Not said' : SOURCE_WORDS[concern.source] },
		{ key: 'Sent on', value: state.sentOn === null ? '–' : sayDay(state.sentOn) },
		{ key: 'Closed on', value: state.closedOn === null ? '–' : sayDay(state.closedOn) },
		{ key: 'Outcome', value: state.outcome === null ? '–' : OUTCOME_WORDS[state.outcome] },
		{ key: 'Appeals', value: String(state.appeals) },
	];
}

function allegationsIn({ db }: Pick<Ctx, 'db'>, concernId: string): string[][] {
	const text = 'SELECT category, finding FROM concern_allegation WHERE concern_id = ? ORDER BY no';
	const rows = prepared(db.sql, text).all(concernId) as { category: Category; finding: string | null }[];
	return rows.map(({ category, finding }) => [CATEGORY_WORDS[category], finding === null ? '–' : (FINDINGS[finding] ?? finding)]);
}

const SIDES: Record<string, string> = {
	complainant: 'Who raised it',
	respondent: 'The therapist',
	office: 'The office',
	panel: 'A panel',
	system: 'By itself',
};
const CASES = `SELECT x.no, x.concern_id AS concernId, c.reference, v.destroyed_at IS NOT NULL AS isDestroyed FROM concern_room_case x
	JOIN concern c ON c.id = x.concern_id JOIN vault v ON v.id = x.concern_id WHERE x.room_id = ? AND c.phase = 'closed' ORDER BY x.no`;
