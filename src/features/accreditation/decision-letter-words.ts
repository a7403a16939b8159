import type { Ctx } from '#core/ctx.ts';
import { addDays, londonDay, sayDay } from '#core/dates.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';
import type { Decision } from './decision-queries.ts';
import type { Standing } from './step.ts';

const SAID: Record<Decision['outcome'], string> = {
	awarded: 'The committee has decided to give you what you applied for.',
	awarded_with_conditions: 'The committee has decided to give you what you applied for, with the conditions below.',
	declined: 'The committee has decided not to give you what you applied for.',
	upheld: 'The panel that reviewed the decision has upheld it.',
	quashed: 'The panel that reviewed the decision has set it aside. A new panel of people who had no part in it decides your application.',
	varied: 'The panel that reviewed the decision has changed it.',
};

/** The same in a word or two. */
export function outcomeShort(outcome: Decision['outcome']): string {
	return SHORT[outcome];
}

const SHORT: Record<Decision['outcome'], string> = {
	awarded: 'Awarded',
	awarded_with_conditions: 'Awarded with conditions',
	declined: 'Declined',
	upheld: 'Upheld by a review',
	quashed: 'Set aside by a review',
	varied: 'Changed by a review',
};

/** What was decided, in a sentence. */
export function outcomeWords({ outcome, variedTo }: Pick<Decision, 'outcome' | 'variedTo'>): string {
	return variedTo === null ? SAID[outcome] : `${SAID[outcome]} ${VARIED[variedTo]}`;
}

const VARIED = {
	awarded: 'You are given what you applied for.',
	awarded_with_conditions: 'You are given what you applied for, with the conditions below.',
	declined: 'You are not given what you applied for.',
} as const;

/** What is said first about a decision that is in force no more. */
export function correctionWords({ overturnedAt, overturnedBy }: Pick<Decision, 'overturnedAt' | 'overturnedBy'>): string[] {
	if (overturnedAt === null || overturnedBy === null) return [];
	const on = sayDay(londonDay(overturnedAt));
	if (overturnedBy.startsWith('undo:'))
		return [
			`Corrected on ${on}: this decision was a mistake of ours and is undone. We are sorry. It is kept below so that you can see what it said.`,
			'What it gave ended on that day; for the days before, the register says what it said then. Your application stands where it stood before the decision, and you will hear from us again.',
		];
	if (overturnedBy.startsWith('review:')) return [`This decision was set aside by a review on ${on}. It is kept below so that you can see what it said.`];
	return [`This decision was replaced by a later one on ${on}.`];
}

/** What follows for the applicant, and what they can do: from the facts of the day of the decision, so that a letter never changes. */
export function closingWords(ctx: Ctx, standing: Standing, decision: Decision): string[] {
	const outcome = decision.variedTo ?? decision.outcome;
	const texts: string[] = [];
	if (outcome === 'awarded' || outcome === 'awarded_with_conditions') texts.push(...awardWords(ctx, standing, decision));
	if (outcome === 'awarded_with_conditions')
		texts.push('Show us how you meet each condition on your page, before its day. If one is not met, the committee looks at it again.');
	if (outcome === 'declined') texts.push(againWords(decision));
	if (decision.outcome === 'declined' || decision.outcome === 'awarded_with_conditions') texts.push(reviewWords(standing, decision));
	if (outcome === 'upheld') texts.push('This ends the review. There is no second one.');
	return texts;
}

function awardWords(ctx: Ctx, { application, route }: Standing, { awardId, decidedOn }: Decision): string[] {
	if (awardId === null) return [];
	const facts = factsOf(ctx.db, application.personId);
	const status = facts && registerStatus(facts, decidedOn, registerRules(ctx.db, decidedOn));
	if (!status?.isOnRegister)
		return ['Your entry in the register can be seen as long as your membership is paid. Look at your membership to see what is missing.'];
	const entry = 'Your entry in the register says so from the day of this decision.';
	if (!route.isAccreditation) return [`${entry} It is not accreditation: please do not call yourself accredited.`];
	return [
		`${entry} You find your certificate on your page.`,
		'People who look for a therapist find you once you have written a listing and agreed to show it.',
	];
}

function againWords({ againFromOn }: Decision): string {
	return againFromOn === null
		? 'You may apply again at any time, once what was missing is there.'
		: `You may apply again from ${sayDay(againFromOn)}. That follows from the reasons above.`;
}

function reviewWords({ standards }: Standing, { decidedOn }: Decision): string {
	const { reviewWithinDays } = standards.limits;
	const untilOn = sayDay(addDays(decidedOn, reviewWithinDays));
	return `If you think that the procedure was not followed, that the decision rests on an error of fact, or if there is new evidence, you can ask for a review on your page until ${untilOn}, ${reviewWithinDays} days after the decision. People who had no part in the decision look at it.`;
}
