import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { Conflict, isExpected } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { type AwardKind, type AwardLevel, endAward } from '#features/register/index.ts';
import { feeStanding } from './apply-fee.ts';
import { postTo } from './apply-post.ts';
import { extendOne } from './renewal-extend-commands.ts';
import { accreditationEnded, renewalLate, renewalReminder, renewalReminderKey, renewalUnanswered, renewalUnpaid } from './renewal-mails.ts';
import { watchWords } from './renewal-request-watch.ts';
import { type RenewalRules, renewalRules } from './renewal-rules.ts';
import { endsOn, wayBackEndsOn } from './renewal-state.ts';
import { openRenewal, type RenewalStanding, renewalById, renewalLimits, takeRenewalStep } from './renewal-step.ts';
import { lastTermsOf } from './renewal-terms.ts';
import { standardsOn } from './standards.ts';

export type TendingRun = { opened: number; told: number; overdue: number; kept: number; closed: number };

/**
 * What time alone brings to re-accreditation: windows open, members are reminded, told that they are late or that accreditation came to its
 * end, rounds that nobody answered go back to a person, whoever waits for us is not let lapse, ways back close. Each in a write of its own, and
 * every message has a key for ever: killed at any point and begun again, nothing happens twice or is left out. It decides nothing.
 */
export async function tendRenewals(ctx: Ctx): Promise<TendingRun> {
	const rules = renewalRules(ctx.db, ctx.today);
	const opened = await openWindows(ctx, rules);
	const done: TendingRun = { opened, told: 0, overdue: 0, kept: 0, closed: 0 };
	const ids = prepared(ctx.db.sql, OPEN).pluck().all(addMonths(ctx.today, rules.windowMonths)) as string[];
	for (const [index, id] of ids.entries()) {
		const what = tend(ctx, id, rules);
		if (what !== null) done[what] += 1;
		if (index % 50 === 49) await pause();
	}
	done.told += watchWords(ctx);
	return done;
}

const OPEN = "SELECT id FROM renewal WHERE phase IN ('window_open', 'submitted', 'in_assessment', 'information', 'panel') AND due_on <= ? ORDER BY due_on, id";

function tend(ctx: Ctx, id: string, rules: RenewalRules): Exclude<keyof TendingRun, 'opened'> | null {
	const standing = renewalById(ctx, id);
	const { phase, state, limits } = standing;
	if (phase === 'closed') return attempt(ctx, id, (tx, now) => closeWayBack(tx, now)) ? 'closed' : null;
	if (phase === 'information' && (state.roundDueOn ?? '') < ctx.today) return attempt(ctx, id, noteOverdue) ? 'overdue' : null;
	// Whoever sent it in time is not let lapse because we are slow.
	const waitsForUs = ['submitted', 'in_assessment', 'information', 'panel'].includes(phase) && !state.isReinstating;
	if (waitsForUs && addDays(endsOn(state, limits), -KEEP_DAYS) <= ctx.today && ctx.today < endsOn(state, limits))
		return feeStanding(ctx, id).state === 'owed' ? tellUnpaid(ctx, standing) : attempt(ctx, id, keepWaiting) ? 'kept' : null;
	const message = messageFor(ctx, standing, rules);
	if (message === null || isTold(ctx, message.key)) return null;
	return attempt(ctx, id, (tx, now) => tellOne(tx, now, message)) ? 'told' : null;
}

/** Two weeks before the end of the late window, for a month at a time. */
const KEEP_DAYS = 14;

type Message = { key: string; kind: 'reminder' | 'late' | 'ended'; when: string };

/** What is to be told today: of several reminders whose day has come the last, so that a job that stood still does not send three at once. */
function messageFor(ctx: Ctx, { renewal: { id }, phase, state, limits }: RenewalStanding, rules: RenewalRules): Message | null {
	const { dueOn } = state;
	if (phase === 'late') return { key: `renewal.late:${id}:${dueOn}`, kind: 'late', when: '' };
	// An end long ago (an import of old members) is not written about.
	if (phase === 'reactivatable')
		return ctx.today <= addDays(endsOn(state, limits), 30) ? { key: `renewal.ended:${id}:${dueOn}`, kind: 'ended', when: '' } : null;
	if (phase !== 'window_open') return null;
	const months = rules.reminderMonths.map((m) => ({ when: `${m}m`, on: addMonths(dueOn, -m) }));
	const days = rules.reminderDays.map((d) => ({ when: `${d}d`, on: addDays(dueOn, -d) }));
	const last = [...months, ...days].filter(({ on }) => on <= ctx.today).sort((a, b) => (a.on < b.on ? 1 : -1))[0];
	return last ? { key: renewalReminderKey({ key: id, dueOn, when: last.when }), kind: 'reminder', when: last.when } : null;
}

function tellOne(tx: Tx, { renewal: { id, personId }, state, limits }: RenewalStanding, { key, kind, when }: Message): boolean {
	if (isTold(tx, key)) return false;
	const about = { key: id, dueOn: state.dueOn };
	const { settings } = tx.ctx;
	postTo(tx, personId, (to) => {
		if (kind === 'reminder') return renewalReminder(settings, { ...about, when }, to);
		if (kind === 'late') return renewalLate(settings, { ...about, endsOn: endsOn(state, limits) }, to);
		return accreditationEnded(settings, { ...about, backUntilOn: addDays(wayBackEndsOn(state, limits), -1) }, to);
	});
	// Without an address nothing is queued, and nothing is noted: it is tried again tomorrow.
	if (!isTold(tx, key)) return false;
	record(tx, kind === 'ended' ? 'renewal.expiry_told' : 'renewal.reminded', { type: 'renewal', id }, { kind, when, dueOn: state.dueOn });
	return true;
}

/** Whoever owes the fee is not kept on by us: they are told once, in time, that nothing else is missing. */
function tellUnpaid(ctx: Ctx, { renewal: { id, personId }, state, limits }: RenewalStanding): 'told' | null {
	const key = `renewal.unpaid:${id}:${state.dueOn}`;
	if (isTold(ctx, key)) return null;
	const { number, pence } = feeStanding(ctx, id);
	const about = { key: id, dueOn: state.dueOn, endsOn: endsOn(state, limits), number: number ?? '', pence };
	const isDone = attempt(ctx, id, (tx) => {
		postTo(tx, personId, (to) => renewalUnpaid(ctx.settings, about, to));
		record(tx, 'renewal.fee_told', { type: 'renewal', id }, { invoice: number });
		return isTold(tx, key);
	});
	return isDone ? 'told' : null;
}

function noteOverdue(tx: Tx, standing: RenewalStanding): boolean {
	const { id, personId } = standing.renewal;
	takeRenewalStep(tx, standing, 'information_overdue', { round: standing.state.rounds });
	postTo(tx, personId, (to) => renewalUnanswered(tx.ctx.settings, { key: `${id}:${standing.state.rounds}` }, to));
	return true;
}

function keepWaiting(tx: Tx, standing: RenewalStanding): boolean {
	const untilOn = addMonths(standing.state.dueOn, 1);
	extendOne(tx, standing, { untilOn, extension: `office:${untilOn}`, note: 'We need longer than we should. That is not held against you.' });
	return true;
}

/** The short way back is closed: what came to its end is ended, from the day on which it did. Nothing changes on the register. */
function closeWayBack(tx: Tx, standing: RenewalStanding): boolean {
	const { renewal, state, limits } = standing;
	takeRenewalStep(tx, standing, 'closed');
	for (const award of lastTermsOf(tx.db, renewal.personId)) {
		const lapsedOn = endsOn({ dueOn: award.toOn }, limits);
		if (award.toOn <= state.dueOn && lapsedOn <= tx.ctx.today) endAward(tx, award.id, { endedOn: lapsedOn, endReason: 'not_renewed' });
	}
	return true;
}

async function openWindows(ctx: Ctx, rules: RenewalRules): Promise<number> {
	const limits = renewalLimits(ctx.db, ctx.today);
	const longest = Math.max(...limits.awardGraces.map(({ days }) => days));
	const from = addMonths(addDays(ctx.today, -longest), -rules.reactivateMonths);
	const ending = prepared(ctx.db.sql, DUE).all(from, addMonths(ctx.today, rules.windowMonths)) as Due[];
	const due = ending.filter((one) => ctx.today < wayBackEndsOn(one, limits));
	for (let i = 0; i < due.length; i += 50) {
		commit(ctx, { name: 'open re-accreditation' }, (tx) => {
			for (const one of due.slice(i, i + 50)) openOne(tx, one);
			if (tx.recorded === 0) record(tx, 'renewal.opened', { type: 'job', id: 'tend-renewals' }, { nobody: true });
		});
		await pause();
	}
	return due.length;
}

type Due = { personId: string; awardId: string; level: AwardLevel; kind: AwardKind; dueOn: string };

function openOne(tx: Tx, { personId, awardId, level, kind, dueOn }: Due): void {
	// Asked again inside the write: another process may have opened it since the list was read.
	if (prepared(tx.db.sql, IS_OPEN).get(personId, awardId, dueOn)) return;
	const { version, standards } = standardsOn(tx.db, tx.ctx.today);
	const routes = standards.routes.filter((route) => route.kind === 'reaccreditation');
	const route = routes.find(({ concerns }) => concerns.some((one) => one.level === level && one.kind === kind)) ?? routes[0];
	if (route) openRenewal(tx, { personId, awardId, termToOn: dueOn, route: route.key, standardsVersion: version });
}

function attempt(ctx: Ctx, id: string, act: (tx: Tx, standing: RenewalStanding) => boolean): boolean {
	try {
		return commit(ctx, { name: 'tend re-accreditation' }, (tx) => {
			const isDone = act(tx, renewalById(ctx, id));
			if (!isDone) throw new Conflict('Somebody was faster.');
			return true;
		});
	} catch (error) {
		// Whoever was faster is left alone.
		if (isExpected(error)) return false;
		throw error;
	}
}

function isTold({ db }: Pick<Ctx, 'db'>, key: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(key) !== undefined;
}

/** Lets waiting requests go first. */
function pause(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

const IS_OPEN = `SELECT 1 FROM renewal WHERE (person_id = ? AND phase NOT IN ('confirmed', 'refused', 'closed')) OR (award_id = ? AND term_to_on = ?)`;
/** The award that leads, of members whose last period ends within the window, or came to its end within the way back, and that nobody opened. */
const DUE = `SELECT personId, awardId, level, kind, dueOn FROM (
	SELECT a.person_id AS personId, a.id AS awardId, a.level, a.kind, max(t.to_on) AS dueOn,
		row_number() OVER (PARTITION BY a.person_id ORDER BY a.level <> 'practitioner', max(t.to_on), a.id) AS place
	FROM award a JOIN award_term t ON t.award_id = a.id JOIN person p ON p.id = a.person_id AND p.died_on IS NULL
	WHERE a.ended_on IS NULL AND a.level <> 'organisation'
		AND EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = a.person_id AND m.ended_on IS NULL) GROUP BY a.id) d
	WHERE place = 1 AND dueOn >= ? AND dueOn <= ?
		AND NOT EXISTS (SELECT 1 FROM renewal r WHERE (r.person_id = d.personId AND r.phase NOT IN ('confirmed', 'refused', 'closed')) OR (r.award_id = d.awardId AND r.term_to_on = d.dueOn))
	ORDER BY dueOn, personId`;
