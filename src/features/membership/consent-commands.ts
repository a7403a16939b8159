import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Actor, Ctx } from '#core/ctx.ts';
import { Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { type ConsentText, consentText, consentTextsOn } from './consent-texts.ts';

/**
 * Writes into the ledger that a person agrees to a purpose in one version of its wording. The same again changes nothing; an agreement to an
 * earlier version ends as replaced. Joins a transaction and never authorises.
 * @param consent a purpose of `consentTextsOn`, declarations of joining included (`conduct`, `insurance` …).
 * @throws NotFound when that wording never was.
 */
export function recordConsent(tx: Tx, personId: string, consent: { purpose: string; version: string }): void {
	const { purpose, version } = consent;
	if (!consentText(tx.db, purpose, version)) throw new NotFound(`There is no wording ${version} for ${purpose}.`);
	const known = inForce(tx, personId, purpose);
	if (known?.version === version) return;
	if (known) end(tx, known.id, 'replaced');
	const insert = 'INSERT INTO consent (id, person_id, purpose, version, given_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, insert).run(newId(), personId, purpose, version, tx.ctx.now, byWhom(tx.ctx.actor));
	record(tx, 'consent.given', { type: 'person', id: personId }, { purpose, version });
}

/** Ends an agreement today. Where there is none in force nothing happens. Joins a transaction and never authorises. */
export function withdrawConsent(tx: Tx, personId: string, consent: { purpose: string }): void {
	const known = inForce(tx, personId, consent.purpose);
	if (!known) return;
	end(tx, known.id, 'withdrawn');
	record(tx, 'consent.withdrawn', { type: 'person', id: personId }, { purpose: consent.purpose, version: known.version });
}

/**
 * The person who is signed in agrees, or no longer agrees, to one of the choices. Sent twice it changes nothing twice.
 * @throws SignInRequired; Invalid for a purpose that is no choice, or whose wording has changed since they read it.
 */
export function chooseConsent(ctx: Ctx, choice: { purpose: string; version: string; agrees: boolean }): void {
	const { personId } = personOf(ctx);
	const shown = choiceOn(ctx, choice.purpose);
	if (choice.agrees && shown.version !== choice.version) throw new Invalid('purpose', 'The wording has changed in the meantime. Please read it again.');
	const isAgreed = consentInForce(ctx, personId, choice.purpose) === choice.version;
	if (choice.agrees === isAgreed) return;
	commit(ctx, { name: 'choose consent' }, (tx) => {
		if (choice.agrees) recordConsent(tx, personId, choice);
		else withdrawConsent(tx, personId, choice);
	});
}

/** The version a person has agreed to and not withdrawn, or null. Never authorises: for jobs and other features that ask before they act. */
export function consentInForce({ db }: Pick<Ctx, 'db'>, personId: string, purpose: string): string | null {
	const find = 'SELECT version FROM consent WHERE person_id = ? AND purpose = ? AND ended_at IS NULL';
	return (prepared(db.sql, find).pluck().get(personId, purpose) as string | undefined) ?? null;
}

function choiceOn(ctx: Ctx, purpose: string): ConsentText {
	const shown = consentTextsOn(ctx.db, ctx.today).find((text) => text.purpose === purpose);
	if (!shown?.isChoice) throw new Invalid('purpose', 'This cannot be chosen here.');
	return shown;
}

function inForce(tx: Tx, personId: string, purpose: string): { id: string; version: string } | undefined {
	const find = 'SELECT id, version FROM consent WHERE person_id = ? AND purpose = ? AND ended_at IS NULL';
	return prepared(tx.db.sql, find).get(personId, purpose) as { id: string; version: string } | undefined;
}

function end(tx: Tx, id: string, reason: 'withdrawn' | 'replaced'): void {
	prepared(tx.db.sql, 'UPDATE consent SET ended_at = ?, end_reason = ? WHERE id = ?').run(tx.ctx.now, reason, id);
}

function byWhom(actor: Actor): string {
	if (actor.kind === 'person') return `person:${actor.personId}`;
	return actor.kind === 'system' ? `system:${actor.name}` : 'public';
}
