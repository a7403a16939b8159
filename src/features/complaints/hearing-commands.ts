import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { endOf } from './access-put.ts';
import { refuseUnlessMay } from './case-step.ts';
import { tellSides } from './message-put.ts';
import { missingIn } from './panel-composition.ts';
import { tellBoth } from './panel-record-commands.ts';
import { type PanelPlace, type Room, refuseUnlessSits, roomOf, seatedIn } from './panel-room.ts';
import type { Step } from './state.ts';
import { refuseStale, takeStep } from './step.ts';

type Told = { told: string; toldRespondent: string };
export type ListInput = Told & { seen: number; on: string; words: string };

/**
 * Lists a hearing for a day, once its panel is complete, with the notice that the rules ask for; both sides are told.
 * @throws NotFound, Forbidden; Invalid for a day that is too near; Conflict when it cannot be listed
 */
export function listHearing(ctx: Ctx, place: PanelPlace, { seen, on, words, ...said }: ListInput): void {
	const told = commit(ctx, { name: 'list a hearing' }, (tx) => {
		const room = hearingRoom(ctx, place, seen);
		refuseUnlessMay(ctx, room, 'listed');
		const missing = missingIn(seatedIn(room), room.rule);
		if (missing.length > 0) throw new Conflict(missing.join(' '));
		const first = addDays(ctx.today, noticeFor(room));
		if (on < first) throw new Invalid('on', `The hearing is on ${sayDay(first)} at the earliest: both sides need notice.`);
		const after = takeStep(tx, room, 'listed', { side: 'office', personId: personOf(ctx).personId }, { on, panel: room.panel.id });
		if (words !== '') sealText(tx, room.concern.id, `step:${after.seen}`, words);
		prepared(tx.db.sql, 'UPDATE concern_panel SET sits_on = ? WHERE id = ?').run(on, room.panel.id);
		keepIn(tx, room, on);
		return tellBoth(tx, after, said);
	});
	tellSides(ctx, told);
}

/** Adjourns a hearing that is listed; both sides are told. @throws NotFound, Forbidden; Conflict when none is listed */
export function adjournHearing(ctx: Ctx, place: PanelPlace, { seen, words, ...said }: Told & { seen: number; words: string }): void {
	const told = commit(ctx, { name: 'adjourn a hearing' }, (tx) => {
		const room = hearingRoom(ctx, place, seen);
		refuseUnlessMay(ctx, room, 'adjourned');
		const after = takeStep(tx, room, 'adjourned', { side: 'office', personId: personOf(ctx).personId }, { panel: room.panel.id });
		if (words !== '') sealText(tx, room.concern.id, `step:${after.seen}`, words);
		return tellBoth(tx, after, said);
	});
	tellSides(ctx, told);
}

function hearingRoom(ctx: Ctx, place: PanelPlace, seen: number): Room {
	const room = roomOf(ctx, place);
	allow(room.isSecretary);
	refuseUnlessSits(room);
	refuseStale(room, seen);
	if (room.panel.kind !== 'hearing' && room.panel.kind !== 'health') throw new Conflict('Only a hearing is listed.');
	if (room.rounds.length > 0) throw new Conflict('The panel has begun to decide. It sits again on another day without being listed anew.');
	return room;
}

/** How many days lie before a hearing: fewer where it goes on after a day on which it sat. Pure. */
export function noticeFor({ steps, rule, panelRules }: Pick<Room, 'steps' | 'rule' | 'panelRules'>): number {
	const adjourned = lastOf(steps, 'adjourned');
	const listed = lastOf(steps, 'listed');
	const satBefore = adjourned !== undefined && listed !== undefined && listed.no < adjourned.no && adjourned.onDay >= String(listed.data.on);
	return satBefore ? panelRules.adjournedNoticeDays : rule.noticeDays;
}

const lastOf = (steps: readonly Step[], kind: Step['kind']) => steps.findLast((step) => step.kind === kind);

/** Whoever sits stays let in until some time after the day. */
function keepIn(tx: Tx, { panel, rules }: Room, on: string): void {
	const text = `UPDATE concern_access SET until_at = max(until_at, ?) WHERE ended_at IS NULL
		AND id IN (SELECT access_id FROM concern_panel_seat WHERE panel_id = ?)`;
	prepared(tx.db.sql, text).run(endOf(addDays(on, rules.accessDays)), panel.id);
}
