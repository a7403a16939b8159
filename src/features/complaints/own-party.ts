import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { STAFF_ROLES } from '#core/roles.ts';
import { openTexts, sealText } from '#core/vault.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { wordsWaiting } from './access-mails.ts';
import { rolesOn } from './access-queries.ts';
import { nameIn } from './case-said.ts';
import { personOfNumber } from './draft-about.ts';
import { postTo } from './message-post.ts';
import { respondentSight, toldOnIn } from './own-door.ts';
import { interestsIn } from './sight.ts';
import { standingOf } from './step.ts';

export type HelperKind = 'supporter' | 'representative';
/** Somebody who stands by the therapist, or speaks for them. */
export type Helper = { id: string; kind: HelperKind; name: string; hasAccount: boolean; agreed: boolean };
export type NewHelper = { kind: HelperKind; name: string; reach: string; number: string };

export const speakForm = z.object({ answer: z.enum(['yes', 'no'], 'Press one of the buttons.') });

const NOT_HERE = 'Nobody with this number can be named here. Leave it empty, and write to us about them.';

/**
 * Names a supporter or representative. With the register number of somebody who speaks for them, that person finds the case in their own area once
 * they agreed. Nobody who works for us can be named so: it would keep them from the case. @throws NotFound; Forbidden but for the therapist; Invalid
 */
export function nameHelper(ctx: Ctx, reference: string, { kind, name, reach, number }: NewHelper): void {
	commit(ctx, { name: 'name somebody who helps' }, (tx) => {
		const own = respondentSight(ctx, reference);
		allow(own.as === 'respondent');
		if (helpersOf(ctx, own.concern.id).length >= 6) throw new Conflict('Take one away first: there are six already.');
		const personId = number === '' ? null : accountOf(ctx, own.concern.id, { kind, number });
		const id = newId();
		const agreedAt = personId === null ? ctx.now : null;
		const text = "INSERT INTO concern_party (id, concern_id, kind, person_id, side, agreed_at, added_at) VALUES (?, ?, ?, ?, 'respondent', ?, ?)";
		prepared(tx.db.sql, text).run(id, own.concern.id, kind, personId, agreedAt, ctx.now);
		sealText(tx, own.concern.id, `party:${id}`, JSON.stringify({ name, reach }));
		record(tx, 'concern.party_named', { type: 'concern', id: own.concern.id }, { kind });
		if (personId !== null) postTo(tx, personId, (to) => wordsWaiting(ctx.settings, { key: tx.processId }, to));
	});
}

/** They help no more. @throws NotFound; Forbidden but for the therapist; Conflict when they are gone already */
export function endHelper(ctx: Ctx, reference: string, { party }: { party: string }): void {
	commit(ctx, { name: 'end somebody’s help' }, (tx) => {
		const own = respondentSight(ctx, reference);
		allow(own.as === 'respondent');
		const text = "UPDATE concern_party SET left_at = ? WHERE id = ? AND concern_id = ? AND side = 'respondent' AND left_at IS NULL";
		if (prepared(tx.db.sql, text).run(ctx.now, party, own.concern.id).changes === 0) throw new Conflict('They are gone already.');
		record(tx, 'concern.party_left', { type: 'concern', id: own.concern.id });
	});
}

/** Those who help the therapist now. Never authorises. */
export function helpersOf(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): Helper[] {
	const rows = prepared(ctx.db.sql, HELPERS).all(concernId) as { id: string; kind: HelperKind; personId: string | null; agreedAt: number | null }[];
	const words = openTexts(
		ctx,
		concernId,
		rows.map(({ id }) => `party:${id}`),
	);
	return rows.map(({ id, kind, personId, agreedAt }) => ({
		id,
		kind,
		name: nameIn(words.get(`party:${id}`)) ?? '',
		hasAccount: personId !== null,
		agreed: agreedAt !== null,
	}));
}

/** The references of cases in which the actor is asked to speak for somebody, and has not answered. */
export function askedToSpeak(ctx: Pick<Ctx, 'db' | 'actor'>): string[] {
	return invitations(ctx.db, ctx.actor.kind === 'person' ? ctx.actor.personId : '').map(({ reference }) => reference);
}

/** Agrees to speak for the therapist, or does not. @throws NotFound for whoever is not asked */
export function answerInvitation(ctx: Ctx, reference: string, { agrees }: { agrees: boolean }): void {
	commit(ctx, { name: 'answer whether one speaks for somebody' }, (tx) => {
		const asked = invitations(tx.db, personOf(ctx).personId).find((one) => one.reference === reference);
		if (!asked) throw new NotFound('There is no such case.');
		prepared(tx.db.sql, agrees ? AGREE : DECLINE).run(ctx.now, asked.id);
		record(tx, 'concern.party_answered', { type: 'concern', id: asked.concernId }, { agrees });
	});
}

function invitations(db: Db, personId: string): { id: string; concernId: string; reference: string }[] {
	const rows = prepared(db.sql, INVITED).all(personId) as { id: string; concernId: string; reference: string }[];
	return rows.filter(({ concernId }) => toldOnIn(standingOf(db, concernId).steps) !== null);
}

function accountOf(ctx: Ctx, concernId: string, { kind, number }: { kind: HelperKind; number: string }): string {
	if (kind === 'supporter') throw new Invalid('number', 'Only somebody who speaks for you finds the case in their own area.');
	const personId = personOfNumber(ctx, number.trim());
	const isFit = personId !== null && personId !== personOf(ctx).personId && !rolesOn(ctx.db, personId, ctx.today).some((role) => STAFF.includes(role));
	const isIn = personId !== null && prepared(ctx.db.sql, 'SELECT 1 FROM concern_access WHERE concern_id = ? AND person_id = ?').get(concernId, personId);
	const isParty = personId !== null && interestsIn(ctx.db, concernId, personId).includes('party');
	if (!isFit || isIn || isParty) throw new Invalid('number', NOT_HERE);
	return personId;
}

const AGREE = 'UPDATE concern_party SET agreed_at = ? WHERE id = ?';
const DECLINE = 'UPDATE concern_party SET left_at = ? WHERE id = ?';
const STAFF: readonly string[] = STAFF_ROLES;
const HELPERS = `SELECT id, kind, person_id AS personId, agreed_at AS agreedAt FROM concern_party
	WHERE concern_id = ? AND side = 'respondent' AND kind IN ('supporter', 'representative') AND left_at IS NULL ORDER BY added_at, id`;
const INVITED = `SELECT p.id, p.concern_id AS concernId, c.reference FROM concern_party p JOIN concern c ON c.id = p.concern_id
	WHERE p.person_id = ? AND p.kind = 'representative' AND p.side = 'respondent' AND p.agreed_at IS NULL AND p.left_at IS NULL AND c.reference IS NOT NULL`;
