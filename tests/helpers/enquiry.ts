import { type Ctx, ctxFor } from '#core/ctx.ts';
import { type EnquiryInput, enquiryForm, startedMark } from '#features/directory/index.ts';

/** The same context at another moment, in milliseconds UTC. */
export function at(ctx: Ctx, now: number, clientKey: string | null = ctx.clientKey): Ctx {
	return ctxFor(ctx, ctx.actor, now, { id: ctx.requestId, clientKey });
}

/** What the contact form posts when it was opened a minute ago. */
export function posted(ctx: Ctx, changes: Record<string, unknown> = {}): Record<string, unknown> {
	return {
		name: 'Sam',
		email: 'sam@sender.example',
		phone: '',
		replyBy: 'email',
		safeTimes: 'weekday mornings',
		message: 'I would like to talk.',
		consent: 'yes',
		website: '',
		started: startedMark({ ...ctx, now: ctx.now - 60_000 }),
		repeatKey: `key-${(count += 1)}-0123456789`,
		...changes,
	};
}

let count = 0;

/** The same after the form's own checks. */
export function enquiryInput(ctx: Ctx, changes: Record<string, unknown> = {}): EnquiryInput {
	return enquiryForm.parse(posted(ctx, changes));
}

/** The token in the link of the therapist's mail for a reference, as it waits in the outbox. */
export function tokenOf(ctx: Ctx, reference: string): string {
	const body = ctx.db.sql.prepare("SELECT body FROM outbox WHERE kind = 'enquiry.therapist' AND subject LIKE ?").pluck().get(`%${reference}%`) as string;
	return /\/link\/([\w-]+)/.exec(body)?.[1] ?? '';
}
