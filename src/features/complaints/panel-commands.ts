import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { isLead } from './access-commands.ts';
import { accessGiven } from './access-mails.ts';
import { daysOn, putAccess } from './access-put.ts';
import { postTo } from './message-post.ts';
import { isQuorate } from './panel-composition.ts';
import { hadPartIn, type Sitter, sitterFor } from './panel-people.ts';
import { type PanelPlace, type Room, refuseUnlessSits, roomOf, runsPanels, seatedIn } from './panel-room.ts';
import { panelsOf, type Seat } from './panel-rows.ts';
import { type PanelKind, panelRulesOn } from './panel-rules.ts';
import { type Sight, sightOf } from './sight.ts';
import type { State } from './state.ts';
import { refuseStale } from './step.ts';

export type ComposeInput = { seen: number; kind: PanelKind; sitsOn: string };
export type SeatInput = { person: string; role: Seat['role'] };

/** Which panels a case needs where it stands. Pure. */
export function kindsAt({ phase, interim }: Pick<State, 'phase' | 'interim'>): PanelKind[] {
	const of: Partial<Record<State['phase'], PanelKind[]>> = { decision_to_refer: ['screening'], hearing: ['hearing', 'health'], appeal: ['appeal'] };
	return [...(of[phase] ?? []), ...(interim === 'none' ? [] : (['interim'] as const))];
}

/** May the actor compose panels of this case? Its owner, or its secretary. */
export function canCompose(ctx: Pick<Ctx, 'actor'>, sight: Sight): boolean {
	return isLead(ctx, sight) || runsPanels(sight);
}

/** Which kinds may be composed now: one at a time, one about an interim order beside another. */
export function openKinds({ db }: Pick<Ctx, 'db'>, { concern, state }: Pick<Sight, 'concern' | 'state'>): PanelKind[] {
	const sitting = panelsOf(db, concern.id).filter((one) => one.state === 'sits');
	const isTaken = (kind: PanelKind) => sitting.some((one) => (one.kind === 'interim') === (kind === 'interim'));
	return kindsAt(state).filter((kind) => !isTaken(kind));
}

/** Composes a panel for what a case needs now; its members are asked one by one. @returns its number. @throws NotFound, Forbidden, Conflict, Invalid */
export function composePanel(ctx: Ctx, reference: string, { seen, kind, sitsOn }: ComposeInput): number {
	return commit(ctx, { name: 'compose a panel' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(canCompose(ctx, sight));
		refuseStale(sight, seen);
		if (!openKinds(ctx, sight).includes(kind)) throw new Conflict('Such a panel sits already, or is not what this case needs now.');
		const { version, rules } = panelRulesOn(tx.db, ctx.today);
		const first = addDays(ctx.today, rules.kinds[kind].noticeDays);
		if (sitsOn < first) throw new Invalid('sitsOn', `It sits on ${sayDay(first)} at the earliest: everybody needs notice.`);
		const no = 1 + panelsOf(tx.db, sight.concern.id).length;
		const id = newId();
		const text = `INSERT INTO concern_panel (id, concern_id, no, kind, rules_version, sits_on, composed_by, composed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
		prepared(tx.db.sql, text).run(id, sight.concern.id, no, kind, version, sitsOn, personOf(ctx).personId, ctx.now);
		record(tx, 'concern.panel_composed', { type: 'concern', id: sight.concern.id }, { kind, no });
		return no;
	});
}

/**
 * Asks somebody to sit on a panel: they are let in for its time, and say first what ties them to the case. @throws NotFound, Forbidden; Conflict
 * in words when they cannot be seated or nobody is seated any more
 */
export function seatMember(ctx: Ctx, place: PanelPlace, { person, role }: SeatInput): void {
	commit(ctx, { name: 'seat a member of a panel' }, (tx) => {
		const room = roomOf(ctx, place);
		allow(canCompose(ctx, room));
		refuseUnlessSits(room);
		if (room.rounds.length > 0) throw new Conflict('The panel has begun to vote: nobody joins it any more.');
		const sitter = refuseUnfit(tx, room, { person, role });
		const { concern, rules, panel } = room;
		const capacity = role === 'adviser' ? 'adviser' : 'panel';
		const grantedBy = personOf(ctx).personId;
		const accessId = putAccess(tx, { concernId: concern.id, personId: person, capacity, untilAt: daysOn(tx, rules.accessDays), grantedBy, declared: null });
		const text = 'INSERT INTO concern_panel_seat (id, panel_id, person_id, access_id, role, is_lay, seated_on) VALUES (?, ?, ?, ?, ?, ?, ?)';
		const isLay = role !== 'adviser' && sitter.isLay;
		prepared(tx.db.sql, text).run(newId(), panel.id, person, accessId, role, Number(isLay), ctx.today);
		record(tx, 'concern.panel_seated', { type: 'concern', id: concern.id }, { role, isLay });
		postTo(tx, person, (to) => accessGiven(ctx.settings, { key: tx.processId }, to));
	});
}

function refuseUnfit(tx: Tx, room: Room, { person, role }: SeatInput): Sitter {
	const { db } = tx;
	const { concern, panel, rule } = room;
	const seated = seatedIn(room);
	if (role === 'chair' && seated.some((seat) => seat.role === 'chair')) throw new Conflict('It has a chair already.');
	if (role === 'adviser' && rule.advisers === 0) throw new Conflict('Only a health panel has an adviser.');
	if (role !== 'adviser' && seated.filter((seat) => seat.role !== 'adviser').length >= rule.most)
		throw new Conflict(`It is full: ${rule.most} members are the most.`);
	if (prepared(db.sql, 'SELECT 1 FROM concern_panel_seat WHERE panel_id = ? AND person_id = ?').get(panel.id, person))
		throw new Conflict('They were asked to sit on this panel already.');
	if (hadPartIn(db, concern.id, person)) throw new Conflict('They had to do with an earlier stage of this case, so they cannot sit on this panel.');
	const sitter = sitterFor(tx.ctx, concern.id, person);
	if (sitter === null) throw new Invalid('person', 'They hold no role for this, or the record ties them to the case.');
	if (role === 'adviser' && sitter.isLay) throw new Invalid('person', 'A clinician advises the panel.');
	return sitter;
}

/**
 * Dissolves a panel that cannot decide: none of its questions was put yet, or too few are left who may vote. Its members are let out.
 * @param words why, for the file. @throws NotFound, Forbidden; Conflict once it decides
 */
export function dissolvePanel(ctx: Ctx, place: PanelPlace, { words }: { words: string }): void {
	commit(ctx, { name: 'dissolve a panel' }, (tx) => {
		const room = roomOf(ctx, place);
		allow(canCompose(ctx, room));
		refuseUnlessSits(room);
		if (!canDissolve(room)) throw new Conflict('The panel has begun to vote, and enough are there: it decides.');
		sealText(tx, room.concern.id, `panel:${room.panel.id}:dissolved`, words);
		prepared(tx.db.sql, 'UPDATE concern_panel SET dissolved_at = ? WHERE id = ?').run(ctx.now, room.panel.id);
		letOut(tx, room.panel.id);
		record(tx, 'concern.panel_dissolved', { type: 'concern', id: room.concern.id }, { no: room.panel.no });
	});
}

/** Nobody dissolves a panel because of how it may vote. Pure. */
export function canDissolve(room: Pick<Room, 'rounds' | 'seats' | 'rule'>): boolean {
	return room.rounds.length === 0 || !isQuorate(seatedIn(room), room.rule);
}

/** Everybody who sits is let out. Joins a transaction and never authorises. */
export function letOut(tx: Tx, panelId: string): void {
	const text = `UPDATE concern_access SET ended_at = ?, end_reason = 'over'
		WHERE ended_at IS NULL AND id IN (SELECT access_id FROM concern_panel_seat WHERE panel_id = ?)`;
	prepared(tx.db.sql, text).run(tx.ctx.now, panelId);
}
