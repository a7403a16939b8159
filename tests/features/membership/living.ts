import { commit } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import { MEMBERSHIP_HANDLERS, ON_SETTLED } from '#features/directory/index.ts';
import {
	admitApplicant,
	answersOf,
	beginApplication,
	declarationsOn,
	type Grade,
	membershipStatusOf,
	ownApplication,
	ownMembership,
	putPersonOnFile,
	renewMembership,
	saveStep,
	startMembership,
	submitApplication,
	type Typed,
} from '#features/membership/index.ts';
import { recordOfflinePayment } from '#features/payments/index.ts';
import { noonOn } from '#tests/helpers/ctx.ts';

/** The same register on another day. */
export function on(ctx: Ctx, day: string): Ctx {
	return ctxFor(ctx, ctx.actor, noonOn(day), { id: ctx.requestId, clientKey: ctx.clientKey });
}

/** The same moment with someone signed in. */
export function as(ctx: Ctx, personId: string, ...roles: Role[]): Ctx {
	return { ...ctx, actor: { kind: 'person', personId, accountId: newId(), roles, level: 2, provedAt: ctx.now } };
}

/** Somebody on file who is no member. */
export function newPerson(ctx: Ctx, name = 'Ann', email: string | null = `${name.toLowerCase()}@member.example`): string {
	const nothing = { title: null, gender: null, phone: null, diedOn: null, importKey: null };
	return commit(ctx, { name: 'test' }, (tx) => putPersonOnFile(tx, { givenNames: name, familyName: 'Example' }, { ...nothing, email }));
}

/** An officer who is on file. */
export function officer(ctx: Ctx, name = 'Olly'): Ctx {
	return as(ctx, newPerson(ctx, name, null), 'membership_officer');
}

/** A member, paid to a day. */
export function newMember(ctx: Ctx, paid: { fromOn: string; paidToOn: string; category?: Grade; name?: string }): string {
	const personId = newPerson(ctx, paid.name ?? 'Ann');
	const period = { category: paid.category ?? ('plus' as const), fromOn: paid.fromOn, paidToOn: paid.paidToOn, endedOn: null, endReason: null };
	commit(ctx, { name: 'test' }, (tx) => startMembership(tx, personId, { ...period, employer: paid.category === 'organisation' ? 'A trust' : null }));
	return personId;
}

export const ABOUT: Typed = { title: 'Dr', givenNames: 'Ann', familyName: 'Example', phone: '', 'born-day': '3', 'born-month': 'may', 'born-year': '1980' };
export const CORE: Typed = { body: 'HCPC', otherBody: '', reference: 'PYL12345' };
export const AGREED: Typed = { conduct: 'yes', insurance: 'yes', convictions: 'yes', registers: 'yes' };

export type Filled = { category?: Grade; about?: Typed; profession?: Typed; declarations?: Typed };

/** Fills in every step of an application. */
export function fillIn(ctx: Ctx, filled: Filled = {}): void {
	beginApplication(ctx);
	const steps = [
		['grade', { category: filled.category ?? 'basic' }],
		['about', filled.about ?? ABOUT],
		['profession', filled.profession ?? (filled.category === 'organisation' ? { employer: 'A trust' } : CORE)],
		['declarations', filled.declarations ?? AGREED],
	] as const;
	for (const [step, typed] of steps) saveStep(ctx, step, typed, versionOf(ctx));
}

/** Applies and sends it. @returns the reference */
export function apply(ctx: Ctx, filled: Filled = {}): string {
	fillIn(ctx, filled);
	return submitApplication(ctx, versionOf(ctx));
}

export function versionOf(ctx: Ctx): number {
	return ownApplication(ctx)?.version ?? 0;
}

/** An officer accepts what this applicant sent. */
export function admit(by: Ctx, applicant: Ctx, words = ''): void {
	const application = ownApplication(applicant);
	admitApplicant(by, { reference: application?.reference ?? '', version: application?.version ?? 0, words }, MEMBERSHIP_HANDLERS);
}

/** Finance records what is owed on a member's open order. */
export function pay(ctx: Ctx, personId: string, receivedOn = ctx.today): void {
	const { purchase } = ownMembership(as(ctx, personId));
	if (!purchase?.invoice) throw new Error('Nothing is to be paid.');
	const { id: invoiceId, owedPence: pence } = purchase.invoice;
	const finance = as(ctx, 'finance', 'finance');
	recordOfflinePayment(finance, { invoiceId, way: 'bank_transfer', reference: 'test', pence, receivedOn, repeatKey: newId() }, ON_SETTLED);
}

export function renew(ctx: Ctx, personId: string, category?: Grade): void {
	const own = ownMembership(as(ctx, personId));
	const { version } = declarationsOn(ctx.db, ctx.today);
	const grade = category ?? own.periods.at(-1)?.category ?? 'plus';
	renewMembership(as(ctx, personId), { mark: own.mark, category: grade, employer: 'A trust', declarationsVersion: version }, MEMBERSHIP_HANDLERS);
}

export const stateOn = (ctx: Ctx, personId: string, day: string) => membershipStatusOf(on(ctx, day), personId).state;
export const mails = (ctx: Ctx) => ctx.db.sql.prepare("SELECT kind FROM outbox WHERE kind LIKE 'membership.%' ORDER BY rowid").pluck().all() as string[];
export const periods = (ctx: Ctx, personId: string) => ownMembership(as(ctx, personId)).periods.map((p) => [p.category, p.fromOn, p.paidToOn, p.endedOn]);
export { answersOf };
