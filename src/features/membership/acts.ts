import type { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import type { ACT_FORMS } from './act-forms.ts';
import type { MembershipHandlers } from './handlers.ts';
import { endLeave, takeLeave, withdrawLeaveRequest } from './leave-commands.ts';
import { endEmployment, leaveMembership, withdrawLeaving } from './leaving-commands.ts';
import type { Act } from './own-membership.ts';
import { cancelOrder, changeEmployer, changeGrade, renewMembership } from './renew-commands.ts';

type Input<A extends Act> = z.output<(typeof ACT_FORMS)[A]>;
/** Does one act of a member. @returns the word that the page is told by afterwards */
type Doing = { [A in Act]: (ctx: Ctx, input: Input<A>, handlers: MembershipHandlers) => string };

const DOING: Doing = {
	renew: (ctx, input, handlers) => then(renewMembership(ctx, input, handlers), 'ordered'),
	grade: (ctx, input, handlers) => then(changeGrade(ctx, input, handlers), 'grade'),
	leave: (ctx, input, handlers) => (takeLeave(ctx, input, handlers) === 'asked' ? 'leave-asked' : 'leave'),
	'end-leave': (ctx, input, handlers) => then(endLeave(ctx, input, handlers), 'leave-ended'),
	resign: (ctx, input, handlers) => leaveMembership(ctx, { ...input, kind: 'resigned' }, handlers),
	retire: (ctx, input, handlers) => leaveMembership(ctx, { ...input, kind: 'retired' }, handlers),
	stay: (ctx, _, handlers) => then(withdrawLeaving(ctx, handlers), 'stay'),
	employer: (ctx, input, handlers) => then(changeEmployer(ctx, input, handlers), 'employer'),
	'employment-ended': (ctx, input, handlers) => then(endEmployment(ctx, input, handlers), 'employment-ended'),
	'withdraw-leave': (ctx) => then(withdrawLeaveRequest(ctx), 'leave-withdrawn'),
	'cancel-order': (ctx, input) => then(cancelOrder(ctx, input.purchaseId), 'order-cancelled'),
};

/** @throws what the command of the act throws */
export function doAct<A extends Act>(ctx: Ctx, act: A, input: unknown, handlers: MembershipHandlers): string {
	return DOING[act](ctx, input as Input<A>, handlers);
}

/** What a member is told after an act. */
export const DONE_WORDS: Record<string, string> = {
	ordered: 'Your order is noted. It takes effect as soon as it is paid.',
	grade: 'Your wish for another grade is noted. Where something is to be paid, it begins when that is paid.',
	leave: 'Your leave is recorded.',
	'leave-asked': 'You asked for longer leave. A membership officer answers, and we write to you.',
	'leave-ended': 'Your leave has ended.',
	'leave-withdrawn': 'You took your request for leave back.',
	noted: 'We have noted that you are leaving. Until your last day you can change your mind.',
	held: 'We have noted that you want to leave. Something has to be finished first; then your membership ends by itself.',
	stay: 'You are staying. Nothing has changed.',
	employer: 'Your new employer is noted.',
	'employment-ended': 'The end of your employment is noted. Organisation membership ends with it.',
	'order-cancelled': 'You took the order back. Nothing is owed on it.',
};

function then(_: unknown, word: string): string {
	return word;
}
