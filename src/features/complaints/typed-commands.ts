import type { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { putConcern } from './begin.ts';
import { aboutAnswers, type aboutForm, personOfNumber } from './draft-about.ts';
import { dropOwnDraft } from './draft-drop.ts';
import type { Answers } from './draft-fields.ts';
import type { PartKey } from './draft-parts.ts';
import { putSent } from './draft-send.ts';
import { putPart } from './draft-store.ts';
import { hashOfKey, isOurKey } from './key-make.ts';
import { interestsIn } from './sight.ts';
import type { checkTypedForm, confirmTypedForm, giveKeyForm, typedForm } from './typed-forms.ts';
import { canType, ownTyped, typedToCheck } from './typed-store.ts';
import { tellComplainant } from './way-reach.ts';

/** Begins to type what came by telephone, letter or e-mail, or of our own motion. The same form twice begins one. @returns its key @throws Forbidden */
export function beginTyped(ctx: Ctx, { way, about, cameOn, repeat }: z.output<typeof typedForm>): string {
	allow(canType(ctx));
	const { personId } = personOf(ctx);
	if (cameOn > ctx.today) throw new Invalid('cameOn', 'That day is still to come.');
	return commit(ctx, { name: 'type a concern' }, (tx) => {
		const begun = prepared(tx.db.sql, 'SELECT concern_id FROM concern_typed WHERE repeat_key = ?').pluck().get(repeat) as string | undefined;
		if (begun !== undefined) throw new Conflict('This was begun already. It stands in your list.');
		const source = way === 'own_motion' ? way : null;
		const nobody = { caseKeyHash: null, passphraseHash: null, complainantId: null };
		const { concern } = putConcern(tx, { about, way, source, typedBy: personId, ...nobody });
		const text = 'INSERT INTO concern_typed (concern_id, typed_by, repeat_key, came_on) VALUES (?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(concern.id, personId, repeat, cameOn);
		return concern.id;
	});
}

/** Keeps a part of it. What was said to be confirmed has to be confirmed again. @throws NotFound */
export function saveTyped(ctx: Ctx, id: string, key: PartKey, answers: Answers): void {
	commit(ctx, { name: 'type a concern' }, (tx) => {
		ownTyped(ctx, id);
		putPart(tx, id, key, answers);
		prepared(tx.db.sql, UNCONFIRM).run(id);
	});
}

/** Keeps who it is about, so that nobody who is tied to them is asked to check it. @throws NotFound; Invalid also when the record ties the typist to them */
export function saveTypedAbout(ctx: Ctx, id: string, input: Omit<z.output<typeof aboutForm>, 'do' | 'find'>): void {
	const answers = aboutAnswers(ctx, input);
	commit(ctx, { name: 'type a concern' }, (tx) => {
		ownTyped(ctx, id);
		const respondentId = answers.number ? personOfNumber(ctx, String(answers.number)) : null;
		prepared(tx.db.sql, 'UPDATE concern SET respondent_id = ? WHERE id = ?').run(respondentId, id);
		if (interestsIn(tx.db, id, personOf(ctx).personId).length > 0) throw new Invalid('number', TIED);
		putPart(tx, id, 'about', answers);
		prepared(tx.db.sql, UNCONFIRM).run(id);
	});
}

/** Keeps what opens it, once it was read out or is in an envelope. A new key takes the place of one that nobody used. @throws NotFound; Invalid */
export function giveKey(ctx: Ctx, id: string, { caseKey, seal }: z.output<typeof giveKeyForm>): void {
	commit(ctx, { name: 'give a key' }, (tx) => {
		const { draft } = ownTyped(ctx, id);
		if (draft.standing.concern.way === 'own_motion') throw new Conflict('Nobody raised it but us, so nobody needs a key.');
		if (!isOurKey(ctx, caseKey, seal)) throw new Invalid('', 'The key on this page was not ours. Open the page again and take the new one.');
		prepared(tx.db.sql, 'UPDATE concern SET case_key_hash = ? WHERE id = ?').run(hashOfKey(ctx, caseKey), id);
		prepared(tx.db.sql, 'UPDATE concern_typed SET key_given_at = ? WHERE concern_id = ?').run(ctx.now, id);
		record(tx, 'concern.key_given', { type: 'concern', id });
	});
}

/** Records that the person confirmed it by telephone or in a signed letter, or that we raise it ourselves. Nothing is sent before another has checked. */
export function recordConfirmation(ctx: Ctx, id: string, input: z.output<typeof confirmTypedForm> | null): void {
	commit(ctx, { name: 'record a confirmation' }, (tx) => {
		const { draft, typed } = ownTyped(ctx, id);
		const isOurs = draft.standing.concern.way === 'own_motion';
		const { how, on } = isOurs || input === null ? { how: 'own_motion', on: ctx.today } : input;
		if (isOurs !== (how === 'own_motion')) throw new Invalid('how', 'Choose how they confirmed it.');
		if (on > ctx.today || on < typed.cameOn) throw new Invalid('on', 'Enter a day from the day on which it came to today.');
		const first = draft.missing[0];
		if (first) throw new Invalid('', `Fill in “${first.title}” first.`);
		const text = 'UPDATE concern_typed SET confirmed_how = ?, confirmed_on = ?, recorded_by = ?, recorded_at = ? WHERE concern_id = ?';
		prepared(tx.db.sql, text).run(how, on, personOf(ctx).personId, ctx.now, id);
		record(tx, 'concern.confirmation_recorded', { type: 'concern', id }, { how });
	});
}

/**
 * Says as a second person that the confirmation was checked, which sends it, or that it does not hold, which gives it back to who typed it.
 * @throws NotFound; Conflict when it was changed since. @returns whether it was sent
 */
export function checkTyped(ctx: Ctx, id: string, { result, seen }: z.output<typeof checkTypedForm>): boolean {
	const isSent = commit(ctx, { name: 'check what was typed' }, (tx) => {
		const { typed, draft } = typedToCheck(ctx, id);
		if (typed.recordedAt !== seen) throw new Conflict('It was changed since you opened it. Read it again.');
		record(tx, 'concern.confirmation_checked', { type: 'concern', id }, { result });
		if (result === 'refused') {
			prepared(tx.db.sql, UNCONFIRM).run(id);
			return false;
		}
		const { personId } = personOf(ctx);
		prepared(tx.db.sql, 'UPDATE concern_typed SET checked_by = ?, checked_at = ? WHERE concern_id = ?').run(personId, ctx.now, id);
		putSent(tx, draft, { side: 'office', personId });
		return true;
	});
	if (isSent) tellComplainant(ctx, id, 'sent');
	return isSent;
}

/** Removes what was typed, at the wish of whoever said it. @throws NotFound */
export function dropTyped(ctx: Ctx, id: string): void {
	ownTyped(ctx, id);
	dropOwnDraft(ctx, id);
}

/** Notes that somebody of the office read what was typed, before there is a case. */
export function noteLook(tx: Tx, concernId: string, what: 'typed' | 'checked'): void {
	const text = 'INSERT INTO concern_typed_look (id, concern_id, person_id, what, at) VALUES (?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(newId(), concernId, personOf(tx.ctx).personId, what, tx.ctx.now);
	record(tx, 'concern.read', { type: 'concern', id: concernId }, { capacity: what });
}

const TIED = 'The record ties you to this person, so somebody else has to type it. Remove what you wrote, and ask a colleague to call back.';
const UNCONFIRM = 'UPDATE concern_typed SET confirmed_how = NULL, confirmed_on = NULL, recorded_by = NULL, recorded_at = NULL WHERE concern_id = ?';
