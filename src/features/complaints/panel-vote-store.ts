import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { openTexts, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { type Room, votingIn } from './panel-room.ts';
import type { Round, Seat } from './panel-rows.ts';
import { carriedBy, countsOf, type Vote } from './panel-vote-count.ts';

/** Who votes in a round: those present; on leave for a late appeal the chair alone. */
export function votersIn(room: Pick<Room, 'seats'>, { kind, present }: Pick<Round, 'kind' | 'present'>): Seat[] {
	const there = votingIn(room).filter(({ id }) => present.includes(id));
	return kind === 'leave' ? there.filter(({ role }) => role === 'chair') : there;
}

/** Where a vote stands in the vault. */
const placeOf = (panelId: string, seatId: string, no: number, isCasting: boolean) => `vote:${panelId}:${seatId}:${no}${isCasting ? ':casting' : ''}`;

/** Seals a vote. The schema refuses one by whom it is not to vote. Joins a transaction and never authorises. */
export function putVote(tx: Tx, { concern, panel }: Pick<Room, 'concern' | 'panel'>, round: Round, seat: Seat, vote: Vote, isCasting: boolean): void {
	const text = 'INSERT INTO concern_panel_vote (round_id, seat_id, is_casting, cast_at) VALUES (?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(round.id, seat.id, Number(isCasting), tx.ctx.now);
	sealText(tx, concern.id, placeOf(panel.id, seat.id, round.no, isCasting), JSON.stringify(vote));
}

/** The votes of those who still take part: opened for counting, and for what a dissent says once they are counted. Never authorises. */
export function votesIn(ctx: Pick<Ctx, 'db' | 'keys'>, room: Pick<Room, 'concern' | 'panel' | 'seats'>, round: Round): { seat: Seat; vote: Vote }[] {
	const voters = room.seats.filter(({ id, state }) => state !== 'left' && round.voted.includes(id));
	const places = voters.map(({ id }) => placeOf(room.panel.id, id, round.no, false));
	const texts = openTexts(ctx, room.concern.id, places);
	return voters.flatMap((seat) => {
		const words = texts.get(placeOf(room.panel.id, seat.id, round.no, false));
		return words === undefined ? [] : [{ seat, vote: JSON.parse(words) as Vote }];
	});
}

/** Counts a round, and says what is carried where nothing is even. Joins a transaction and never authorises. */
export function count(tx: Tx, room: Room, round: Round): void {
	const votes = votesIn(tx.ctx, room, round).map(({ vote }) => vote);
	const counts = countsOf(round, votes);
	const carried = carriedBy(round, counts, room.rule.tie, null);
	const text = 'UPDATE concern_panel_round SET counted_at = ?, counts = ?, carried = ? WHERE id = ?';
	prepared(tx.db.sql, text).run(tx.ctx.now, JSON.stringify(counts), carried && JSON.stringify(carried), round.id);
	record(tx, 'concern.panel_counted', { type: 'concern', id: room.concern.id }, { no: room.panel.no, round: round.no, isEven: carried === null });
}
