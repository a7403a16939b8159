import type { Tx } from '#core/commit.ts';
import { Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { type Consequence, consequenceOf, type Decided, insertDecision, overturn, sayResolution, tellApplicant } from './decision-apply.ts';
import type { ResolveInput } from './decision-forms.ts';
import { decisionById } from './decision-queries.ts';
import { isGround } from './review-words.ts';
import { takeStep } from './step.ts';
import type { Choice } from './vote-count.ts';

const NOTHING: Consequence = { grant: null, conditions: [], againFromOn: null };

/**
 * Decides a review: the decision stands, is set aside for a new panel of others, or becomes another. Joins a transaction.
 * An award that an earlier decision gave stays until the new panel has decided. @returns what the minutes say @throws Invalid beside the field
 */
export function decideReview(tx: Tx, decided: Decided, carried: Choice, input: ResolveInput): string {
	if (input.words === '') throw new Invalid('words', 'Write the reasons: the applicant reads them.');
	if (carried === 'vary') return vary(tx, decided, input);
	const { item, standing } = decided;
	const result = carried === 'uphold' ? 'upheld' : 'quashed';
	const reviewed = standing.state.decisionId ?? '';
	if (result === 'quashed' && !input.reasons.some(isGround)) throw new Invalid('reasons', 'Choose on which ground.');
	const id = newId();
	insertDecision(tx, { id, item, outcome: result, variedTo: null }, NOTHING, { ...input, reasons: input.reasons.filter(isGround) });
	if (result === 'quashed') overturn(tx, reviewed, `review:${id}`);
	takeStep(tx, standing, 'review_decided', { result, decision: id, reviewed });
	tellApplicant(tx, standing, id, result);
	return `${result === 'upheld' ? 'The decision was upheld.' : 'The decision was set aside; a new panel decides.'} ${input.words}`;
}

function vary(tx: Tx, { item, standing }: Decided, input: ResolveInput): string {
	const { variedTo } = input;
	if (variedTo === null) throw new Invalid('variedTo', 'Choose what the decision becomes.');
	if (variedTo === standing.state.outcome && variedTo !== 'awarded_with_conditions')
		throw new Invalid('variedTo', 'That is what was decided already. Choose another.');
	const id = newId();
	const earlier = decisionById(tx.db, standing.state.decisionId);
	const coded = { ...input, reasons: input.reasons.filter((key) => !isGround(key)) };
	const consequence = consequenceOf(tx, standing, { outcome: variedTo, earlier }, coded);
	insertDecision(tx, { id, item, outcome: 'varied', variedTo }, consequence, input);
	if (earlier) overturn(tx, earlier.id, `review:${id}`);
	const conditions = consequence.conditions.map(({ id: key, dueOn }) => ({ id: key, dueOn }));
	takeStep(tx, standing, 'review_decided', { result: 'varied', decision: id, outcome: variedTo, conditions });
	tellApplicant(tx, standing, id, variedTo);
	return `The decision was changed. ${sayResolution(variedTo, consequence, input.words)}`;
}
