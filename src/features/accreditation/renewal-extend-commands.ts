import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { renewalExtension } from '#db/schema/index.ts';
import { postTo } from './apply-post.ts';
import { isOfficer } from './policy.ts';
import type { ExtendInput, MassInput } from './renewal-forms.ts';
import { renewalExtended } from './renewal-mails.ts';
import { renewalRules } from './renewal-rules.ts';
import { officerRenewal } from './renewal-sight.ts';
import { MOVED_ON, type RenewalStanding, renewalById, renewalLimits, renewalOf, takeRenewalStep } from './renewal-step.ts';
import { extendTerms } from './renewal-terms.ts';
import { circleOf } from './upkeep-circle.ts';

const NOTHING = 'There is nothing to confirm here.';
export type Extension = typeof renewalExtension.$inferSelect;

/**
 * Gives more time, until a day and with a reason; beyond what one may give alone it waits for a second officer.
 * @returns whether it took effect. @throws NotFound, Conflict; Invalid beside `untilOn`
 */
export function extendRenewal(ctx: Ctx, reference: string, { seen, untilOn, reason }: ExtendInput): 'given' | 'asked' {
	const sight = officerRenewal(ctx, reference, seen);
	const { extensionAloneMonths, extensionMostMonths } = renewalRules(ctx.db, ctx.today);
	const { dueOn } = sight.state;
	if (untilOn <= dueOn || untilOn <= ctx.today) throw new Invalid('untilOn', 'Choose a day after the one that it is due on, and after today.');
	if (untilOn > addMonths(sight.renewal.termToOn, extensionMostMonths))
		throw new Invalid('untilOn', `More than ${extensionMostMonths} months in all cannot be given.`);
	// Counted from the first due day, so that a second extension does not go round the second officer.
	const needsSecond = untilOn > addMonths(sight.renewal.termToOn, extensionAloneMonths);
	return commit(ctx, { name: 'extendRenewal', reason }, (tx) => {
		const extension = { renewalId: sight.renewal.id, untilOn, reason, needsSecond };
		const id = putExtension(tx, extension);
		if (needsSecond) return 'asked';
		extendOne(tx, sight, { untilOn, extension: id, note: '' });
		return 'given';
	});
}

function putExtension(
	tx: Tx,
	{ renewalId, untilOn, reason, needsSecond }: { renewalId: string; untilOn: string; reason: string; needsSecond: boolean },
): string {
	const open = 'SELECT 1 FROM renewal_extension WHERE renewal_id = ? AND confirmed_at IS NULL AND refused_at IS NULL';
	if (prepared(tx.db.sql, open).get(renewalId)) throw new Conflict('More time waits for a second officer already.');
	const id = newId();
	const { personId } = personOf(tx.ctx);
	const text = `INSERT INTO renewal_extension (id, renewal_id, until_on, reason, asked_by, asked_at, needs_second, confirmed_by, confirmed_at, extended_count)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const done = needsSecond ? [1, null, null, null] : [0, personId, tx.ctx.now, 1];
	prepared(tx.db.sql, text).run(id, renewalId, untilOn, reason, personId, tx.ctx.now, ...done);
	if (needsSecond) record(tx, 'renewal.extension_asked', { type: 'renewal', id: renewalId }, { extension: id, untilOn });
	return id;
}

/** More time for one: the step, the register, the letter. Joins a transaction and never authorises. */
export function extendOne(
	tx: Tx,
	standing: RenewalStanding,
	{ untilOn, extension, note, mass }: { untilOn: string; extension: string; note: string; mass?: true },
): void {
	const { id, personId } = standing.renewal;
	takeRenewalStep(tx, standing, 'extended', { until: untilOn, extension, ...(mass ? { mass } : {}) });
	extendTerms(tx, personId, untilOn, standing.limits);
	postTo(tx, personId, (to) => renewalExtended(tx.ctx.settings, { key: `${id}:${extension}`, untilOn, note }, to));
}

/**
 * More time for everyone whose accreditation ends within some weeks: one process with a note that everybody may read.
 * @returns whether it took effect. @throws Forbidden; Invalid; Conflict while another waits
 */
export function extendEveryone(ctx: Ctx, { dueFromOn, dueToOn, months, reason, publicNote }: MassInput): 'given' | 'asked' {
	allow(isOfficer(ctx.actor));
	if (dueToOn < dueFromOn) throw new Invalid('dueToOn', 'The last day is before the first one.');
	if (dueToOn > addMonths(dueFromOn, 24)) throw new Invalid('dueToOn', 'Choose two years at most.');
	if (dueFromOn < ctx.today) throw new Invalid('dueFromOn', 'Choose today or a day to come: whoever is late is helped one by one.');
	const needsSecond = months > renewalRules(ctx.db, ctx.today).extensionAloneMonths;
	return commit(ctx, { name: 'extendEveryone', reason }, (tx) => {
		const open =
			'SELECT 1 FROM renewal_extension WHERE renewal_id IS NULL AND (confirmed_at IS NULL OR (due_from_on <= ? AND due_to_on >= ?)) AND refused_at IS NULL';
		if (prepared(tx.db.sql, open).get(dueToOn, dueFromOn))
			throw new Conflict('More time for some of these days was given, or waits for a second officer, already.');
		const id = newId();
		const text = `INSERT INTO renewal_extension (id, due_from_on, due_to_on, months, reason, public_note, asked_by, asked_at, needs_second) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
		prepared(tx.db.sql, text).run(id, dueFromOn, dueToOn, months, reason, publicNote, personOf(ctx).personId, ctx.now, Number(needsSecond));
		record(tx, 'renewal.extension_asked', { type: 'extension', id }, { dueFromOn, dueToOn, months });
		if (needsSecond) return 'asked';
		settle(tx, extensionAt(ctx, id));
		return 'given';
	});
}

/** A second officer confirms or refuses more time. @throws NotFound; Conflict for whoever asked, and when it was settled */
export function secondExtension(ctx: Ctx, id: string, { decision }: { decision: 'confirm' | 'refuse' }): void {
	const extension = extensionToSettle(ctx, id);
	const { personId } = personOf(ctx);
	if (extension.confirmedAt !== null || extension.refusedAt !== null) throw new Conflict('Somebody has settled this already.');
	if (decision === 'confirm' && extension.askedBy === personId) throw new Conflict('Somebody else has to confirm what you asked for.');
	commit(ctx, { name: 'secondExtension', reason: extension.reason }, (tx) => {
		if (decision === 'confirm') return settle(tx, extension);
		const text = 'UPDATE renewal_extension SET refused_at = ? WHERE id = ? AND confirmed_at IS NULL AND refused_at IS NULL';
		if (prepared(tx.db.sql, text).run(tx.ctx.now, id).changes === 0) throw new Conflict(MOVED_ON);
		record(tx, 'renewal.extension_refused', { type: 'extension', id }, { renewal: extension.renewalId });
	});
}

/** More time as an officer may look at it; of their own circle there is none. @throws Forbidden, NotFound */
export function extensionToSettle(ctx: Ctx, id: string): Extension {
	allow(isOfficer(ctx.actor));
	const extension = extensionAt(ctx, id);
	const member = extension.renewalId === null ? null : renewalById(ctx, extension.renewalId).renewal.personId;
	if (member !== null && circleOf(ctx.db, member, personOf(ctx).personId).length > 0) throw new NotFound(NOTHING);
	return extension;
}

function settle(tx: Tx, extension: Extension): void {
	const { ctx, db } = tx;
	const count = extension.renewalId === null ? extendAll(tx, extension) : 1;
	if (extension.renewalId !== null)
		extendOne(tx, renewalById(ctx, extension.renewalId), { untilOn: extension.untilOn ?? '', extension: extension.id, note: '' });
	const text =
		'UPDATE renewal_extension SET confirmed_by = ?, confirmed_at = ?, extended_count = ? WHERE id = ? AND confirmed_at IS NULL AND refused_at IS NULL';
	if (prepared(db.sql, text).run(personOf(ctx).personId, ctx.now, count, extension.id).changes === 0) throw new Conflict(MOVED_ON);
	if (extension.renewalId === null) record(tx, 'renewal.mass_extended', { type: 'extension', id: extension.id }, { months: extension.months, count });
}

/** Everyone whose leading award ends within the days, whether their re-accreditation is open yet or not. */
function extendAll(tx: Tx, { id, dueFromOn, dueToOn, months, publicNote }: Extension): number {
	const { ctx, db } = tx;
	const people = prepared(db.sql, DUE).all(dueFromOn, dueToOn) as { personId: string; dueOn: string }[];
	for (const { personId, dueOn } of people) {
		const untilOn = addMonths(dueOn, months ?? 0);
		const standing = renewalOf(ctx, personId);
		const isOpen =
			standing !== null && standing.state.dueOn === dueOn && ['window_open', 'submitted', 'in_assessment', 'information', 'panel'].includes(standing.phase);
		if (standing !== null && isOpen) extendOne(tx, standing, { untilOn, extension: id, note: publicNote ?? '', mass: true });
		else extendUnopened(tx, { personId, untilOn, extension: id, note: publicNote ?? '' });
	}
	return people.length;
}

function extendUnopened(tx: Tx, { personId, untilOn, extension, note }: { personId: string; untilOn: string; extension: string; note: string }): void {
	extendTerms(tx, personId, untilOn, renewalLimits(tx.db, tx.ctx.today));
	postTo(tx, personId, (to) => renewalExtended(tx.ctx.settings, { key: `${personId}:${extension}`, untilOn, note }, to));
}

/** An extension by its key. Never authorises. @throws NotFound */
export function extensionAt(ctx: Pick<Ctx, 'db'>, id: string): Extension {
	const text = `SELECT id, renewal_id AS renewalId, due_from_on AS dueFromOn, due_to_on AS dueToOn, until_on AS untilOn, months, reason, public_note AS publicNote,
		asked_by AS askedBy, asked_at AS askedAt, needs_second AS needsSecond, confirmed_by AS confirmedBy, confirmed_at AS confirmedAt, refused_at AS refusedAt,
		extended_count AS extendedCount FROM renewal_extension WHERE id = ?`;
	const row = prepared(ctx.db.sql, text).get(id) as Extension | undefined;
	if (!row) throw new NotFound(NOTHING);
	return row;
}

const DUE = `SELECT personId, dueOn FROM (SELECT a.person_id AS personId, max(t.to_on) AS dueOn,
		row_number() OVER (PARTITION BY a.person_id ORDER BY a.level <> 'practitioner', max(t.to_on), a.id) AS place
	FROM award a JOIN award_term t ON t.award_id = a.id JOIN person p ON p.id = a.person_id AND p.died_on IS NULL
	WHERE a.ended_on IS NULL AND a.level <> 'organisation' GROUP BY a.id) WHERE place = 1 AND dueOn BETWEEN ? AND ? ORDER BY personId`;
