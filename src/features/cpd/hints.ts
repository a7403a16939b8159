import { clientIdentifyingHints, HINT_WORDS } from '#core/client-hints.ts';
import { Invalid } from '#core/errors.ts';
import { listOf } from '#core/text.ts';
import type { Activity } from './entry.ts';
import type { ActivityInput } from './entry-form.ts';

/** What in the words of an activity looks like a client's, as a list in words; null when nothing does. */
export function clientHintOf(activity: Pick<Activity, 'title' | 'provider' | 'learned' | 'changed' | 'effect'>): string | null {
	const { title, provider, learned, changed, effect } = activity;
	const found = clientIdentifyingHints([title, provider, learned, changed, effect].join('\n'));
	return found.length === 0 ? null : listOf(found.map((kind) => HINT_WORDS[kind]));
}

/** Stops once, before anything is stored: whoever has looked and says so goes on. @throws Invalid beside the box that says it */
export function refuseUnchecked({ activity, checked }: ActivityInput): void {
	const hint = clientHintOf(activity);
	if (hint !== null && !checked)
		throw new Invalid('checked', `Your text seems to hold ${hint}. Take out whatever could show who a client is, or tick the box to say that it does not.`);
}
