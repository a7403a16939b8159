import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { personOf } from '#core/policy.ts';
import { useOnce } from '#core/rate-limit.ts';
import { readRegisterNumber } from '#core/register-number.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';
import { issueSupervisionLink } from './supervision-link.ts';
import { askedMail, askedOutsideMail } from './supervision-mails.ts';
import type { Side } from './supervision-policy.ts';
import { post } from './supervision-post.ts';
import { nameOfPerson } from './supervision-relation-queries.ts';
import { subjectOf } from './supervision-relations.ts';

/** Somebody who is on no register of ours. */
export type Outsider = { name: string; profession: string; email: string };
/** `mySide`: what the one who asks is in it. The other is named by register number, or is a supervisor outside. */
export type Ask = { mySide: Side; other: { number: string } | Outsider; fromOn: string };

const MOST_A_DAY = 10;
const DAY_MS = 86_400_000;

/**
 * Asks for a supervision to be noted: nothing holds until the other has agreed. Asking for one that is open already changes nothing.
 * @returns the relation's key
 * @throws SignInRequired. @throws Invalid on `number`, `email` or `fromOn`, also when someone asks too often.
 */
export function askForSupervision(ctx: Ctx, ask: Ask): string {
	const me = personOf(ctx).personId;
	if (ask.fromOn > ctx.today) throw new Invalid('fromOn', 'Enter the day of the first session, today or earlier.');
	const parties = 'number' in ask.other ? registrants(ctx, me, ask.mySide, ask.other.number) : withOutsider(ctx, me, ask.other);
	const open = openRelation(ctx, parties);
	if (open) return open;
	return commit(ctx, { name: 'askForSupervision' }, (tx) => {
		const limit = { key: `supervision-ask:${me}`, most: MOST_A_DAY, windowMs: DAY_MS };
		const field = 'number' in ask.other ? 'number' : 'email';
		if (useOnce(tx.db, ctx.now, [limit])) throw new Invalid(field, `You have asked ${MOST_A_DAY} people today. Please ask again tomorrow.`);
		return openRelation(ctx, parties) ?? insert(tx, parties, ask);
	});
}

type Parties = { superviseeId: string; supervisorId: string | null; outsider: (Outsider & { key: string }) | null };

function registrants(ctx: Ctx, me: string, mySide: Side, typed: string): Parties {
	const other = registrantAt(ctx, typed);
	if (other === me) throw new Invalid('number', 'That is your own number. Enter the number of the other.');
	const [superviseeId, supervisorId] = mySide === 'supervisee' ? [me, other] : [other, me];
	if (!isInGoodStanding(ctx, supervisorId)) {
		const why =
			mySide === 'supervisee'
				? 'This person is not accredited on the register at the moment.'
				: 'Only someone who is accredited on the register today can supervise.';
		throw new Invalid('number', `${why} Write to the office if that is not right.`);
	}
	return { superviseeId, supervisorId, outsider: null };
}

function registrantAt(ctx: Ctx, typed: string): string {
	const read = readRegisterNumber(typed);
	if (read.kind === 'not-a-number') throw new Invalid('number', 'Enter a register number, such as IPT-000425.');
	if (read.kind === 'wrong-check-digit') throw new Invalid('number', 'The last digit does not fit the others. Look at the number again.');
	const text = 'SELECT r.person_id FROM registration r JOIN person p ON p.id = r.person_id WHERE r.number = ? AND p.died_on IS NULL';
	const found = prepared(ctx.db.sql, text).pluck().get(read.number) as string | undefined;
	if (!found) throw new Invalid('number', 'Nobody has this number. You find numbers in the register.');
	return found;
}

function isInGoodStanding(ctx: Ctx, personId: string): boolean {
	const facts = factsOf(ctx.db, personId);
	return facts !== null && registerStatus(facts, ctx.today, registerRules(ctx.db, ctx.today)).isInGoodStanding;
}

/** Nobody may be their own supervisor by way of a second address that we know to be theirs. */
function withOutsider(ctx: Ctx, me: string, outsider: Outsider): Parties {
	const key = mailboxKey(outsider.email);
	const own = prepared(ctx.db.sql, 'SELECT email FROM account WHERE person_id = ? UNION SELECT email FROM person WHERE id = ? AND email IS NOT NULL').pluck();
	if ((own.all(me, me) as string[]).some((address) => mailboxKey(address) === key))
		throw new Invalid('email', 'This is your own address. Enter the address of your supervisor.');
	return { superviseeId: me, supervisorId: null, outsider: { ...outsider, key } };
}

function openRelation(ctx: Ctx, { superviseeId, supervisorId, outsider }: Parties): string | null {
	const text = `SELECT id FROM supervision_relation WHERE supervisee_id = ? AND coalesce(supervisor_id, outside_key) = ?
		AND refused_at IS NULL AND ended_on IS NULL`;
	return (
		(prepared(ctx.db.sql, text)
			.pluck()
			.get(superviseeId, supervisorId ?? outsider?.key) as string | undefined) ?? null
	);
}

function insert(tx: Tx, { superviseeId, supervisorId, outsider }: Parties, { mySide, fromOn }: Ask): string {
	const id = newId();
	const text = `INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, outside_name, outside_profession, outside_email, outside_key, asked_by, asked_at, from_on)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const outside = [outsider?.name ?? null, outsider?.profession ?? null, outsider?.email ?? null, outsider?.key ?? null];
	prepared(tx.db.sql, text).run(id, superviseeId, supervisorId, ...outside, mySide, tx.ctx.now, fromOn);
	record(
		tx,
		'supervision.asked',
		subjectOf({ id }),
		{ supervisee: superviseeId, supervisor: supervisorId, by: mySide, fromOn },
		outsider ? { ...outsider } : undefined,
	);
	tell(tx, id, { superviseeId, supervisorId, outsider }, mySide);
	return id;
}

function tell(tx: Tx, id: string, { superviseeId, supervisorId, outsider }: Parties, mySide: Side): void {
	const { settings } = tx.ctx;
	if (outsider) {
		const token = issueSupervisionLink(tx, id, 'agree');
		return post(tx, askedOutsideMail(settings, { relationId: id, token, name: nameOfPerson(tx.db, superviseeId) }, outsider.email));
	}
	const to = mailAddressOf(tx.db, mySide === 'supervisee' ? (supervisorId as string) : superviseeId);
	if (to) post(tx, askedMail(settings, id, to));
}
