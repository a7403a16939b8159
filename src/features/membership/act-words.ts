import type { Act } from './own-membership.ts';

/** What each act of a member is called, and what it does: the page of the act says it before anything is done. */
export const ACT_WORDS: Record<Act, { title: string; link: string; says: readonly string[]; button: string; isGrave?: boolean }> = {
	renew: {
		title: 'Renew your membership',
		link: 'Renew',
		says: ['Once it is paid, the next period begins on the day after the last one ends. There is no gap, and nobody has to agree to it.'],
		button: 'Go on to the payment',
	},
	grade: {
		title: 'Change your grade',
		link: 'Change grade',
		says: [
			'You pay the difference for the months that are left, and the new grade begins when that is paid.',
			'If the new grade costs less, it begins today, and the difference is taken off your next fee.',
			'A grade of membership is not accreditation: that does not change.',
		],
		button: 'Change my grade',
	},
	leave: {
		title: 'Take leave',
		link: 'Take leave',
		says: [
			'While you are on leave you are not shown in the search, and your register entry says that you are on leave. You see no clients in that time.',
			'Leave uses up none of the time you paid for, and your CPD targets become smaller by the months of leave.',
		],
		button: 'Take leave',
	},
	'withdraw-leave': {
		title: 'Take your request for leave back',
		link: 'Take the request for leave back',
		says: ['Nothing changes: you stay an active member.'],
		button: 'Take it back',
	},
	'end-leave': {
		title: 'End your leave',
		link: 'End leave now',
		says: ['Your leave ends today, or is called off if it has not begun. The days you did not use count as paid time again.'],
		button: 'End my leave',
	},
	employer: {
		title: 'Name another employer',
		link: 'I have another employer',
		says: ['For when you move to another NHS organisation or charity without a break.'],
		button: 'Keep the new employer',
	},
	'employment-ended': {
		title: 'Your employment has ended',
		link: 'My employment ends',
		says: ['Organisation membership ends with the employment that it stands on. From the next day you are no longer registered.'],
		button: 'End my organisation membership',
		isGrave: true,
	},
	'cancel-order': {
		title: 'Take your order back',
		link: 'Take the order back',
		says: ['The invoice becomes void. Nothing is owed on it.'],
		button: 'Take it back',
	},
	resign: {
		title: 'Resign',
		link: 'Resign',
		says: [
			'You choose your last day as a member. From the next day you are no longer on the register, and your listing is hidden.',
			'Until then you can change your mind. If something is open about you, your membership ends when that is finished.',
		],
		button: 'Resign',
		isGrave: true,
	},
	retire: {
		title: 'Retire',
		link: 'Retire',
		says: [
			'For when you stop practising for good. You choose your last day as a member. From the next day you are no longer on the register.',
			'Until then you can change your mind.',
		],
		button: 'Retire',
		isGrave: true,
	},
	stay: { title: 'Stay a member', link: 'Stay after all', says: ['You stay a member as if you had never asked to leave.'], button: 'Stay' },
};
