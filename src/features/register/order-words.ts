import { sayDay } from '#core/dates.ts';
import type { OrderFact, OrderKind } from './facts.ts';
import { ORDER_EFFECTS } from './orders.ts';
import type { ShownOrder } from './status.ts';
import { type Meaning, STANDING_WORDS, type Tone } from './words.ts';

type OrderWords = { label: string; said: string; meaning: Meaning };
export type OrderState = 'in_force' | 'met' | 'not_met' | 'ended';

/** What each kind of order is, in plain words, while it is in force. */
export const ORDER_WORDS: Record<OrderKind, OrderWords> = {
	interim_suspension: {
		label: 'Interim suspension',
		said: 'Practice is paused while facts are looked into. This is not a finding.',
		meaning: STANDING_WORDS.interim_suspended.meaning,
	},
	interim_conditions: {
		label: 'Interim conditions',
		said: 'Practice is limited while facts are looked into. This is not a finding.',
		meaning: STANDING_WORDS.interim_conditions.meaning,
	},
	conditions: {
		label: 'Conditions of practice',
		said: 'They may practise, but only under these conditions.',
		meaning: STANDING_WORDS.conditions.meaning,
	},
	suspension: {
		label: 'Suspension',
		said: 'They may not practise as an accredited therapist while this lasts.',
		meaning: STANDING_WORDS.suspended.meaning,
	},
	removal: { label: 'Removal', said: 'They were taken off the register by a decision.', meaning: STANDING_WORDS.removed.meaning },
	voluntary_removal: {
		label: 'Removal agreed',
		said: 'They came off the register with our agreement after a hearing.',
		meaning: STANDING_WORDS.removed.meaning,
	},
	warning: {
		label: 'Warning',
		said: 'They may practise without limits. They were warned about something in the past.',
		meaning: {
			client: 'They may see you as before. The warning is about something that should have been done in another way.',
			employer: 'A warning does not limit their work. You may want to ask what they have changed since.',
			therapist: 'You may practise as before. The warning is shown until the day on this page.',
		},
	},
	undertakings: {
		label: 'Promises made to us',
		said: 'They have agreed with us to do, or not to do, what is written here.',
		meaning: {
			client: 'They may see you within what they have promised. You can ask them what it means for you.',
			employer: 'Read what has been promised. Agree how it will be kept before you take the person on.',
			therapist: 'You may practise as long as you keep what you have promised.',
		},
	},
	award_withdrawn: {
		label: 'One award withdrawn',
		said: 'One award is no longer held. Other awards on this page are not touched by it.',
		meaning: {
			client: 'They may work as the awards on this page say. The one that was withdrawn no longer counts.',
			employer: 'Look at the awards that this page still shows. They may not do work for which the withdrawn one is needed.',
			therapist: 'Please do not use the title of the withdrawn award. You keep the others.',
		},
	},
};

/** How an order stands. `ended`: its time is over, and nobody has recorded more. */
export const STATE_WORDS: Record<OrderState, { label: string; said: string; tone: Tone; meaning: Meaning | null }> = {
	in_force: { label: 'In force', said: '', tone: 'caution', meaning: null },
	met: {
		label: 'Sanction met',
		said: 'Everything that was asked has been done.',
		tone: 'neutral',
		meaning: {
			client: 'It is over. They may see you as the status on this page says.',
			employer: 'It is over and no longer limits their work. You may ask what they have learned from it.',
			therapist: 'You have done what was asked. The notice goes by itself on the day shown.',
		},
	},
	not_met: {
		label: 'Sanction not met',
		said: 'Not everything that was asked has been done.',
		tone: 'stop',
		meaning: {
			client: 'They have not done all that we asked of them. Look at the status on this page to see if they may practise.',
			employer: 'Please look at the status on this page, and ask the person before you take them on.',
			therapist: 'Please ask the office what is still to be done. The notice stays until the day shown.',
		},
	},
	ended: {
		label: 'Ended',
		said: 'The time for which it was set is over.',
		tone: 'neutral',
		meaning: {
			client: 'It is over. They may see you as the status on this page says.',
			employer: 'It is over and no longer limits their work. The status on this page is what counts.',
			therapist: 'It no longer binds you. The notice goes by itself on the day shown.',
		},
	},
};

export type NoticeWords = OrderWords & { state: string; tone: Tone; dates: string[]; text: string };

/** A notice ready to be shown, as it stood on a day. What happened after that day is left out. */
export function noticeWords(order: ShownOrder, asAtOn: string): NoticeWords {
	const state = orderState(order, asAtOn);
	const kind = ORDER_WORDS[order.kind];
	const words = STATE_WORDS[state];
	return {
		label: kind.label,
		said: words.said || kind.said,
		meaning: words.meaning ?? kind.meaning,
		state: words.label,
		tone: words.tone,
		dates: datesOf(order, state),
		text: order.publicText.trim(),
	};
}

/** How an order stands on a day, as far as was known then. */
export function orderState(order: OrderFact & { isInForce: boolean }, asAtOn: string): OrderState {
	const outcome = order.outcomeOn !== null && order.outcomeOn <= asAtOn ? order.outcome : null;
	if (outcome === 'met' || outcome === 'not_met') return outcome;
	return order.isInForce || ORDER_EFFECTS[order.kind].standing === 'removed' ? 'in_force' : 'ended';
}

function datesOf(order: ShownOrder, state: OrderState): string[] {
	const dates = [`From ${sayDay(order.fromOn)}${order.toOn ? ` to ${sayDay(order.toOn)}` : ''}.`];
	if (order.outcomeOn !== null && (state === 'met' || state === 'not_met')) dates.push(`${STATE_WORDS[state].label} on ${sayDay(order.outcomeOn)}.`);
	if (order.reviewOn !== null && state === 'in_force') dates.push(`To be looked at again by ${sayDay(order.reviewOn)}.`);
	dates.push(shownFor(order));
	return dates;
}

function shownFor(order: ShownOrder): string {
	if (order.shownUntilOn !== null) return `This notice is shown until ${sayDay(order.shownUntilOn)}.`;
	return ORDER_EFFECTS[order.kind].interim
		? 'This notice is shown only while the order lasts.'
		: 'This notice is shown while the order lasts, and for some time after.';
}
