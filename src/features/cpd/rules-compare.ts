import { sayDay } from '#core/dates.ts';
import { hoursOf } from '#core/read-duration.ts';
import { CATEGORY_WORDS, CPD_CATEGORIES } from './kinds.ts';
import { type CpdRules, GROUP_WORDS, GROUPS, RULE_KEYS, RULES } from './rules.ts';
import { figureOf } from './standing-words.ts';

export type RulesDifference = { label: string; before: string; after: string };

/** Every figure in words, with a label that is the same for every version. */
export function rulesInWords(rules: CpdRules): { label: string; value: string }[] {
	const { starts, anchorOn, months } = rules.period;
	return [
		{ label: 'The year begins', value: starts === 'fixed' ? `on the day and month of ${sayDay(anchorOn)}` : 'with each member’s own membership year' },
		{ label: 'A CPD year lasts', value: `${months} months` },
		{ label: 'Parts of a year are rounded to', value: `${rules.rounding} minutes` },
		{ label: 'Leave lessens the target from', value: `${rules.leaveFromDays} days` },
		{ label: 'Supervision counts', value: rules.onlyConfirmedSupervision ? 'once confirmed' : 'confirmed or not' },
		...CPD_CATEGORIES.map((category) => {
			const cap = rules.caps[category];
			return { label: `${CATEGORY_WORDS[category].label}: most that counts`, value: cap === undefined ? 'no limit' : `${hoursOf(cap)} hours` };
		}),
		...GROUPS.flatMap((group) =>
			RULE_KEYS.map((key) => ({
				label: `${GROUP_WORDS[group]}: ${RULES[key].title}`,
				value: rules.groups[group][key] === 0 ? 'not asked' : `${figureOf(key, rules.groups[group][key])}${RULES[key].unit === 'minutes' ? ' hours' : ''}`,
			})),
		),
	];
}

/** What one version says otherwise than another. */
export function rulesDifferences(before: CpdRules, after: CpdRules): RulesDifference[] {
	const then = rulesInWords(after);
	return rulesInWords(before)
		.map(({ label, value }, i) => ({ label, before: value, after: then[i]?.value ?? '' }))
		.filter((row) => row.before !== row.after);
}
