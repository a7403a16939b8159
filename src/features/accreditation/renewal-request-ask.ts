import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { hashToken, newId } from '#core/ids.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { personOf } from '#core/policy.ts';
import { useOnce } from '#core/rate-limit.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { nameOfPerson } from '#features/cpd/index.ts';
import { post } from './apply-post.ts';
import { takesWords } from './renewal-request-link.ts';
import { wordAsked } from './renewal-request-mails.ts';
import { type WordRequest, wordRequestsOn } from './renewal-request-queries.ts';
import { endWordRequest } from './renewal-request-settle.ts';
import { type RenewalStanding, renewalOf } from './renewal-step.ts';
import { personAt, tokenOf } from './request-ask.ts';
import { requestState } from './request-state.ts';
import { standardSet } from './standards.ts';

export type Outsider = { name: string; email: string };
const MOST_A_DAY = 10;
const DAY_MS = 86_400_000;

/** The figures of requests, of the standards that a re-accreditation began under. */
export function requestLimits(db: Db, { renewal }: Pick<RenewalStanding, 'renewal'>) {
	return standardSet(db, renewal.standardsVersion).standards.limits;
}

/**
 * Asks somebody without an account for a word on one's own re-accreditation, by a link for them alone. Named again after a message came back,
 * the earlier request ends. Asked twice they are written to once.
 * @throws Conflict when there is nothing to ask for; Invalid beside `email` for one's own address, or too many on one day
 */
export function askOutsider(ctx: Ctx, { name, email }: Outsider): void {
	const { personId } = personOf(ctx);
	const standing = renewalOf(ctx, personId);
	if (standing === null || !takesWords(standing)) throw new Conflict('There is nothing to ask for just now.');
	if (isOwnAddress(ctx.db, personId, email)) throw new Invalid('email', 'This is your own address. Enter the address of whoever you ask.');
	const open = wordRequestsOn(ctx.db, standing.renewal.id).filter(({ endedAt }) => endedAt === null);
	const isSame = (row: WordRequest) => row.toEmail !== null && mailboxKey(row.toEmail) === mailboxKey(email);
	if (open.some((row) => isSame(row) && requestState(row, ctx.today) !== 'bounced')) return;
	commit(ctx, { name: 'askOutsider' }, (tx) => {
		const limit = { key: `renewal-ask:${personId}`, most: MOST_A_DAY, windowMs: DAY_MS };
		if (useOnce(tx.db, ctx.now, [limit]) !== null) throw new Invalid('email', `${MOST_A_DAY} people were asked today. Please ask again tomorrow.`);
		for (const row of open) if (requestState(row, ctx.today) === 'bounced') endWordRequest(tx, row, { ending: 'cancelled' });
		const id = newId();
		const text = 'INSERT INTO renewal_request (id, renewal_id, to_name, to_email, to_person_id, asked_by, asked_at, due_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, standing.renewal.id, name, email, personAt(tx.db, email), personId, ctx.now, ctx.today);
		writeToAsked(tx, standing, { id, email });
	});
}

/** Writes to whoever is asked, with a link of its own; an earlier one ends. Joins a transaction and never authorises. */
export function writeToAsked(tx: Tx, standing: RenewalStanding, { id, email }: { id: string; email: string }): void {
	const { ctx } = tx;
	const { id: renewalId, personId } = standing.renewal;
	const dueOn = addDays(ctx.today, requestLimits(tx.db, standing).requestDays);
	const token = tokenOf(ctx, id, ctx.now);
	const text = `UPDATE renewal_request SET to_email = ?, to_person_id = coalesce(to_person_id, ?), sent_at = ?, due_on = ?, token_hash = ?, failed_at = NULL,
		exchange_hash = NULL, exchanged_at = NULL, version = version + 1 WHERE id = ? AND ended_at IS NULL`;
	prepared(tx.db.sql, text).run(email, personAt(tx.db, email), ctx.now, dueOn, hashToken(token), id);
	post(tx, wordAsked(ctx.settings, { id, sentAt: ctx.now, token, dueOn, member: nameOfPerson(tx.db, personId) }, email));
	record(tx, 'renewal.request_sent', { type: 'renewal', id: renewalId }, { request: id, dueOn });
}

function isOwnAddress(db: Db, personId: string, email: string): boolean {
	const own = prepared(db.sql, 'SELECT email FROM account WHERE person_id = ? UNION SELECT email FROM person WHERE id = ? AND email IS NOT NULL').pluck();
	return (own.all(personId, personId) as string[]).some((address) => mailboxKey(address) === mailboxKey(email));
}
