import { bookkeep, commit } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { seededRandom } from '#db/seed/random.ts';
import { ON_SETTLED, upkeep } from '#features/accreditation/index.ts';
import { refreshFinder } from '#features/directory/index.ts';
import { declareInsurance } from '#features/membership/index.ts';
import { invoiceFor, recordOfflinePayment } from '#features/payments/index.ts';
import { confirmAwardTerm } from '#features/register/index.ts';
import { superviseSince } from './demonstration-supervision.ts';

const SEED = 37;
const DAY_MS = 86_400_000;
/** How many days ago the windows opened, what was sent was sent, and the sample was drawn. */
const OPENED = 40;
const SENT = 20;
const DRAWN = 12;
const LETTER = {
	answer: 'supports',
	words: 'I have supervised them for years. Their work is careful, and they bring recordings without being asked.',
} as const;

type Office = Record<'officer' | 'finance' | 'assessor', string>;
type Open = { personId: string; reference: string };

/**
 * Re-accreditations of the demonstration, by the commands that the pages use: windows that are open, three sent with nothing missing (one
 * drawn and given to an assessor, one that waits for its fee), one with questions, one whose accreditation came to an end and may come back;
 * whoever is late is so by the day. Nobody is written to about what never happened.
 */
export async function fillRenewals(ctx: Ctx): Promise<void> {
	const holder = (role: Role) => (prepared(ctx.db.sql, 'SELECT person_id FROM role_grant WHERE role = ? ORDER BY rowid').pluck().get(role) as string) ?? '';
	const office: Office = { officer: holder('membership_officer'), finance: holder('finance'), assessor: holder('assessor') };
	letOneLapse(ctx);
	await upkeep.tendRenewals(as(ctx, null, OPENED));
	const [ready, others] = [openIn(ctx, true), openIn(ctx, false)];
	const random = seededRandom(SEED);
	for (const [i, one] of ready.slice(0, 3).entries()) {
		makeReady(ctx, office, one, supervisorFor(ctx, one.personId, i), random);
		send(ctx, one);
		if (i < 2) pay(ctx, office, one);
	}
	upkeep.drawRenewals(as(ctx, office.officer, DRAWN, 'membership_officer'));
	for (const reference of prepared(ctx.db.sql, 'SELECT reference FROM renewal WHERE is_sampled = 1').pluck().all() as string[]) assign(ctx, office, reference);
	const [asked] = others;
	if (asked) askMore(ctx, office, asked);
	bookkeep(ctx.db, () => prepared(ctx.db.sql, "DELETE FROM outbox WHERE kind LIKE 'renewal.%' OR kind LIKE 'payments.%' OR kind LIKE 'supervision.%'").run());
}

/** Somebody who is in no search now, and whose period came to its end in the summer. */
function letOneLapse(ctx: Ctx): void {
	const text = `SELECT a.person_id AS personId, a.id AS awardId, t.from_on AS fromOn FROM award a JOIN award_term t ON t.award_id = a.id
		JOIN membership_period m ON m.person_id = a.person_id AND m.ended_on IS NULL AND m.paid_to_on > :today JOIN person p ON p.id = a.person_id
		WHERE a.level = 'practitioner' AND a.ended_on IS NULL AND p.died_on IS NULL AND t.from_on < :before AND t.to_on > :today
			AND NOT EXISTS (SELECT 1 FROM finder f WHERE f.person_id = a.person_id) AND NOT EXISTS (SELECT 1 FROM register_order o WHERE o.person_id = a.person_id)
			AND NOT EXISTS (SELECT 1 FROM membership_leave l WHERE l.person_id = a.person_id)
			AND (SELECT count(*) FROM award b JOIN award_term u ON u.award_id = b.id WHERE b.person_id = a.person_id) = 1
		ORDER BY p.import_key LIMIT 1`;
	const found = prepared(ctx.db.sql, text).get({ today: ctx.today, before: addMonths(ctx.today, -18) });
	if (!found) return;
	const { personId, awardId, fromOn } = found as { personId: string; awardId: string; fromOn: string };
	commit(ctx, { name: 'let a period of the demonstration run out' }, (tx) => {
		confirmAwardTerm(tx, awardId, { fromOn, toOn: addDays(ctx.today, -120) });
		refreshFinder(tx, personId);
	});
}

/** Windows that are open, those due first; `isReady`: no year of theirs is short. */
function openIn(ctx: Ctx, isReady: boolean): Open[] {
	const text = "SELECT person_id AS personId, reference FROM renewal WHERE phase = 'window_open' AND due_on > ? ORDER BY due_on, reference";
	const open = prepared(ctx.db.sql, text).all(addDays(ctx.today, 30)) as Open[];
	const isShort = ({ personId }: Open) => upkeep.ownRenewal(as(ctx, personId, SENT, 'member')).reasons.some((reason) => reason.startsWith('cpd_'));
	return open.filter((one) => isShort(one) !== isReady);
}

function supervisorFor(ctx: Ctx, personId: string, place: number): { supervisor: string; number: string } {
	const text = `SELECT r.person_id AS supervisor, r.number FROM registration r JOIN award a ON a.person_id = r.person_id AND a.level = 'supervisor' AND a.ended_on IS NULL
		JOIN finder f ON f.person_id = r.person_id WHERE r.person_id <> ? GROUP BY r.person_id ORDER BY r.sequence LIMIT 1 OFFSET ?`;
	return prepared(ctx.db.sql, text).get(personId, place) as { supervisor: string; number: string };
}

function makeReady(
	ctx: Ctx,
	{ officer }: Office,
	{ personId, reference }: Open,
	who: ReturnType<typeof supervisorFor>,
	random: Parameters<typeof superviseSince>[1],
): void {
	superviseSince(ctx, random, { supervisee: personId, ...who });
	declareInsurance(as(ctx, personId, SENT, 'member'), { body: 'A mutual insurer', type: 'own', validToOn: addMonths(ctx.today, 9) });
	act(as(ctx, officer, SENT, 'membership_officer'), reference, 'letter', { ...LETTER, name: 'The supervisor' });
}

function send(ctx: Ctx, { personId }: Open): void {
	const member = as(ctx, personId, SENT, 'member');
	const { standing, declaration } = upkeep.ownRenewal(member);
	const practice = 'Two days a week in a clinic for adults, with a group in the evening. Supervised every month.';
	upkeep.submitRenewal(member, { seen: standing?.seen ?? 0, practises: 'yes', practice, declare: declaration });
}

function pay(ctx: Ctx, { finance }: Office, { reference }: Open): void {
	const id = prepared(ctx.db.sql, 'SELECT id FROM renewal WHERE reference = ?').pluck().get(reference) as string;
	const invoice = invoiceFor(ctx, 'application', id);
	if (invoice === null) return;
	const payment = {
		invoiceId: invoice.id,
		way: 'bank_transfer' as const,
		reference: `DEMO ${reference}`,
		pence: invoice.totalPence,
		receivedOn: addDays(ctx.today, 2 - SENT),
	};
	recordOfflinePayment(as(ctx, finance, SENT - 3, 'finance'), { ...payment, repeatKey: `demonstration ${reference}` }, ON_SETTLED);
}

function assign(ctx: Ctx, { officer, assessor }: Office, reference: string): void {
	act(as(ctx, officer, DRAWN - 1, 'membership_officer'), reference, 'assign', { person: assessor });
	act(as(ctx, assessor, DRAWN - 2, 'assessor'), reference, 'declare', { declared: 'none', words: '' });
}

/** Sent with something missing; its assessor has a question. */
function askMore(ctx: Ctx, office: Office, one: Open): void {
	send(ctx, one);
	assign(ctx, office, one.reference);
	act(as(ctx, office.assessor, 5, 'assessor'), one.reference, 'ask', {
		questions: ['Who supervises your work at present?', 'What happened in the year without CPD?'],
	});
}

/** One of the acts of its page, as its form sends it. */
function act(ctx: Ctx, reference: string, key: string, input: Record<string, unknown>): void {
	const found = upkeep.upkeepAct(ctx, 'renewal', reference, key);
	found.run({ ...input, seen: found.seen } as never);
}

/** Somebody, or nobody in particular, acting so many days ago. */
function as(ctx: Ctx, personId: string | null, daysAgo: number, ...roles: Role[]): Ctx {
	const now = ctx.now - daysAgo * DAY_MS;
	return ctxFor(ctx, personId === null ? ctx.actor : { kind: 'person', personId, accountId: personId, roles, level: 2, provedAt: now }, now);
}
