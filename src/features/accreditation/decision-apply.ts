import type { Tx } from '#core/commit.ts';
import { addMonths, sayDay } from '#core/dates.ts';
import { Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { countOf } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';
import { decision, decisionCondition } from '#db/schema/index.ts';
import { postTo } from './apply-post.ts';
import { type Grant, givenBy, grantFor, takeBackGrant } from './decision-award.ts';
import type { ResolveInput } from './decision-forms.ts';
import { mailCertificateReady, mailDecided, mailDeferred } from './decision-mails.ts';
import { type Decision, decisionById } from './decision-queries.ts';
import type { Item } from './meeting-rows.ts';
import type { Outcome } from './phases.ts';
import type { Standards } from './standards.ts';
import { type Standing, takeStep } from './step.ts';

export type Decided = { item: Item; standing: Standing };
/** What follows from an outcome: the award, the conditions with their keys, when one may apply again. */
export type Consequence = { grant: Grant | null; conditions: { id: string; words: string; dueOn: string }[]; againFromOn: string | null };

/** Puts a decision off: the assessors look again, each on a fresh sheet. Joins a transaction. @returns what the minutes say */
export function deferDecision(tx: Tx, { item, standing }: Decided, { reasons, words }: ResolveInput): string {
	refuseBareReasons(standing.standards, reasons, words);
	takeStep(tx, standing, 'deferred', { item: item.id, reasons });
	const { reference, personId } = standing.application;
	postTo(tx, personId, (to) => mailDeferred(tx.ctx.settings, { key: item.id, reference: reference ?? '' }, to));
	return `The decision was put off. ${words}`;
}

/** Decides an application: decision, step, award, register, finder, letters. Joins a transaction. @returns what the minutes say */
export function decideApplication(tx: Tx, { item, standing }: Decided, outcome: Outcome, input: ResolveInput): string {
	const id = newId();
	const earlier = decisionById(tx.db, standing.state.decisionId);
	const consequence = consequenceOf(tx, standing, { outcome, earlier }, input);
	insertDecision(tx, { id, item, outcome, variedTo: null }, consequence, input);
	if (earlier) overturn(tx, earlier.id, `decision:${id}`);
	takeStep(tx, standing, 'decided', { decision: id, outcome, conditions: consequence.conditions.map(({ id: key, dueOn }) => ({ id: key, dueOn })) });
	tellApplicant(tx, standing, id, outcome);
	return sayResolution(outcome, consequence, input.words);
}

/**
 * What an outcome brings about: award and register at once; a refusal ends what an earlier decision of the same application gave.
 * Joins a transaction. @throws Invalid beside the field
 */
export function consequenceOf(
	tx: Tx,
	standing: Standing,
	{ outcome, earlier }: { outcome: Outcome; earlier: Decision | null },
	input: ResolveInput,
): Consequence {
	if (outcome !== 'awarded') refuseBareReasons(standing.standards, input.reasons, input.words);
	const conditions = outcome === 'awarded_with_conditions' ? conditionsIn(tx, standing.standards, input) : [];
	if (outcome !== 'declined') return { grant: grantFor(tx, standing, earlier), conditions, againFromOn: null };
	const given = earlier && givenBy(tx, earlier);
	if (given) takeBackGrant(tx, standing.application.personId, given);
	return { grant: null, conditions, againFromOn: againFromOn(standing.standards, input.reasons, tx.ctx.today) };
}

/** Reasons are owed for everything but an award: coded ones of the standards, and the committee's own words, which the letter says. */
function refuseBareReasons(standards: Standards, reasons: readonly string[], words: string): void {
	if (reasons.length === 0) throw new Invalid('reasons', 'Choose at least one reason.');
	if (!reasons.every((key) => standards.reasons.some((reason) => reason.key === key))) throw new Invalid('reasons', 'Choose reasons from the list.');
	if (words === '') throw new Invalid('words', 'Write the reasons in your own words: the applicant reads them.');
}

function conditionsIn(tx: Tx, { limits }: Standards, { conditions }: ResolveInput): Consequence['conditions'] {
	if (conditions.length === 0) throw new Invalid('condition-1', 'Write at least one condition.');
	const latest = addMonths(tx.ctx.today, limits.conditionMostMonths);
	for (const [index, { dueOn }] of conditions.entries())
		if (dueOn <= tx.ctx.today || dueOn > latest) throw new Invalid(`condition-${index + 1}-due`, `Choose a day to come, ${sayDay(latest)} at the latest.`);
	return conditions.map((condition) => ({ id: newId(), ...condition }));
}

/** The longest wait among the reasons of a refusal; null when one may apply again at once. */
function againFromOn({ reasons }: Standards, chosen: readonly string[], today: string): string | null {
	const months = Math.max(0, ...reasons.filter(({ key }) => chosen.includes(key)).map(({ againAfterMonths }) => againAfterMonths));
	return months === 0 ? null : addMonths(today, months);
}

type NewDecision = Pick<Decision, 'id' | 'outcome' | 'variedTo'> & { item: Item };

/** Writes a decision with its conditions. Joins a transaction; the schema refuses it without a quorum. */
export function insertDecision(tx: Tx, { item, ...made }: NewDecision, { grant, conditions, againFromOn: again }: Consequence, input: ResolveInput): void {
	const { reasons, words } = input;
	const { now: decidedAt, today: decidedOn } = tx.ctx;
	const basis = { applicationId: item.applicationId ?? '', itemId: item.id, reasons: JSON.stringify(reasons), words, decidedOn, decidedAt };
	tx.db.orm
		.insert(decision)
		.values({ ...made, ...basis, againFromOn: again, ...grant })
		.run();
	for (const condition of conditions)
		tx.db.orm
			.insert(decisionCondition)
			.values({ ...condition, decisionId: made.id })
			.run();
}

/** Notes that a decision is in force no more, and what set it aside. Joins a transaction. */
export function overturn(tx: Tx, decisionId: string, by: `${'review' | 'undo' | 'decision'}:${string}`): void {
	prepared(tx.db.sql, 'UPDATE decision SET overturned_at = ?, overturned_by = ? WHERE id = ? AND overturned_at IS NULL').run(tx.ctx.now, by, decisionId);
}

/** The decision is read behind the sign-in; with an award the certificate can be printed at once. Joins a transaction. */
export function tellApplicant(tx: Tx, { application }: Standing, decisionId: string, outcome: Outcome | 'upheld' | 'quashed'): void {
	const about = { key: decisionId, reference: application.reference ?? '' };
	postTo(tx, application.personId, (to) => mailDecided(tx.ctx.settings, about, to));
	const isAccredited = prepared(tx.db.sql, ACCREDITED).get(decisionId) !== undefined;
	if (outcome.startsWith('awarded') && isAccredited) postTo(tx, application.personId, (to) => mailCertificateReady(tx.ctx.settings, about, to));
}

const ACCREDITED = "SELECT 1 FROM decision d JOIN award a ON a.id = d.award_id AND a.level <> 'organisation' WHERE d.id = ?";

const SAID: Record<Outcome, string> = { awarded: 'Awarded.', awarded_with_conditions: 'Awarded, with', declined: 'Declined.' };

export function sayResolution(outcome: Outcome, { conditions }: Consequence, words: string): string {
	const said = outcome === 'awarded_with_conditions' ? `${SAID[outcome]} ${countOf(conditions.length, 'condition')}.` : SAID[outcome];
	return `${said} ${words}`.trim();
}
