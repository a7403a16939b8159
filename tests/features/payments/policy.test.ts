import { expect, test } from 'vitest';
import type { Person } from '#core/ctx.ts';
import { ROLE_NAMES, type Role } from '#core/roles.ts';
import { canGrantConcession, canKeepBooks, canSeePayments } from '#features/payments/index.ts';

const who = (role: Role): Person => ({ kind: 'person', personId: 'me', accountId: 'a', roles: [role], level: 2, provedAt: 0 });
const holders = (may: (actor: Person) => boolean) => ROLE_NAMES.filter((role) => may(who(role)));

test('invoices of others are seen by finance and the registrar, and nobody else', () => {
	expect(holders(canSeePayments)).toEqual(['registrar', 'finance']);
});

test('the same keep the books, but never on their own invoice', () => {
	expect(holders((actor) => canKeepBooks(actor, 'someone'))).toEqual(['registrar', 'finance']);
	expect(holders((actor) => canKeepBooks(actor, 'me'))).toEqual([]);
	expect(canKeepBooks({ kind: 'public' }, 'someone')).toBe(false);
});

test('a reduced fee is granted by finance, the registrar or a membership officer, never to oneself', () => {
	expect(holders((actor) => canGrantConcession(actor, 'someone'))).toEqual(['membership_officer', 'registrar', 'finance']);
	expect(holders((actor) => canGrantConcession(actor, 'me'))).toEqual([]);
});
