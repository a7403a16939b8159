import type { ScaleContent } from './scale-form.ts';

/** One thing that two scales say otherwise; '' where one of them does not have it. */
export type ScaleDifference = { label: string; before: string; after: string };

/** What one scale says, in words. */
export function scaleInWords({ name, source, from, to, passTenths, isDefault }: ScaleContent): { label: string; value: string }[] {
	return [
		{ label: 'Name', value: name },
		{ label: 'Scores', value: `${from} to ${to}` },
		{ label: 'Passed with an average of', value: (passTenths / 10).toFixed(1) },
		{ label: 'Where it comes from', value: source },
		{ label: 'Confirmed by the organisation', value: isDefault ? 'not yet' : 'yes' },
	];
}

/** Everything that one scale says otherwise than another: figures, items that changed, came or went, and their order. */
export function scaleDifferences(before: ScaleContent, after: ScaleContent): ScaleDifference[] {
	const then = scaleInWords(after);
	const figures = scaleInWords(before).map(({ label, value }, i) => ({ label, before: value, after: then[i]?.value ?? '' }));
	const keys = [...new Set([...before.items, ...after.items].map(({ key }) => key))];
	const labelIn = ({ items }: ScaleContent, key: string) => items.find((item) => item.key === key)?.label ?? '';
	const items = keys.map((key) => ({ label: 'Item', before: labelIn(before, key), after: labelIn(after, key) }));
	return [...figures, ...items, ...orderOf(before, after)].filter((row) => row.before !== row.after);
}

/** A difference in one line: `Scores: 1 to 5 → 1 to 7`. */
export function sayScaleDifference({ label, before, after }: ScaleDifference): string {
	return `${label}: ${before || 'nothing'} → ${after || 'nothing'}`;
}

function orderOf(before: ScaleContent, after: ScaleContent): ScaleDifference[] {
	const shared = (one: ScaleContent, other: ScaleContent) => one.items.filter(({ key }) => other.items.some((item) => item.key === key));
	const [was, will] = [shared(before, after), shared(after, before)];
	const isSame = was.every(({ key }, i) => will[i]?.key === key);
	const said = (items: ScaleContent['items']) => items.map(({ label }) => label).join('; ');
	return isSame ? [] : [{ label: 'Order of items', before: said(was), after: said(will) }];
}
