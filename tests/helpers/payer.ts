import { commit } from '#core/commit.ts';
import type { Ctx, Person } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import { issueInvoice, type NewInvoice } from '#features/payments/index.ts';

/** A person on file with a name and an address. Returns their key. */
export function putPayer(ctx: Ctx, name = 'Ann', email: string | null = 'ann@payer.example'): string {
	const id = newId();
	ctx.db.sql.prepare('INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)').run(id, email);
	ctx.db.sql.prepare("INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, 'Example')").run(newId(), id, name);
	return id;
}

/** The same context with someone signed in, second step given just now. */
export function as(ctx: Ctx, personId: string, ...roles: Role[]): Ctx {
	const actor: Person = { kind: 'person', personId, accountId: newId(), roles, level: 2, provedAt: ctx.now };
	return { ...ctx, actor };
}

/** Someone from finance who is on file. */
export function finance(ctx: Ctx): Ctx {
	return as(ctx, putPayer(ctx, 'Fin', null), 'finance');
}

/** An invoice for a year of basic membership unless said otherwise, due in 30 days of 22 November 2026. */
export function invoiceTo(ctx: Ctx, personId: string, changes: Partial<NewInvoice> = {}): string {
	const asked: NewInvoice = {
		personId,
		purpose: 'membership',
		subjectId: 'renewal-1',
		lines: [{ label: 'Basic membership', pence: 7500 }],
		dueOn: '2026-12-22',
		...changes,
	};
	return commit(ctx, { name: 'test' }, (tx) => issueInvoice(tx, asked));
}
