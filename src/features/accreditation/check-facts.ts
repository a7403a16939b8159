import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import {
	CHECK_STATE_WORDS,
	checksOf,
	doublesOf,
	MEMBERSHIP_WORDS,
	membershipStatusOf,
	nameOf,
	type RemovedMatch,
	removedMatchOf,
} from '#features/membership/index.ts';
import { hasOpenOrder } from '#features/register/index.ts';

/** Something that the system found, for the officer to weigh: it decides nothing. */
export type FoundFact = { key: string; value: string; isWarning: boolean };

/**
 * What is on record about an applicant that the completeness check wants to know: who they are, whether there is another file that looks like
 * theirs, whether they bear the marks of somebody removed, what stands in the way. Reads only; never authorises.
 */
export function factsFound(ctx: Ctx, personId: string): FoundFact[] {
	return [...identity(ctx, personId), checks(ctx, personId), doubles(ctx, personId), removed(ctx, personId), order(ctx, personId)];
}

const fact = (key: string, value: string, isWarning: boolean): FoundFact => ({ key, value, isWarning });

function identity(ctx: Ctx, personId: string): FoundFact[] {
	const text = 'SELECT p.born_on AS bornOn, r.number FROM person p LEFT JOIN registration r ON r.person_id = p.id WHERE p.id = ?';
	const { bornOn, number } = prepared(ctx.db.sql, text).get(personId) as { bornOn: string | null; number: string | null };
	const { state } = membershipStatusOf(ctx, personId);
	return [
		fact('Name', [nameOf(ctx.db, personId), number].filter(Boolean).join(', '), false),
		fact('Date of birth', bornOn === null ? 'Not on record' : sayDay(bornOn), bornOn === null),
		fact('Membership', MEMBERSHIP_WORDS[state].label, state !== 'active'),
	];
}

function checks(ctx: Ctx, personId: string): FoundFact {
	const { current, missing } = checksOf(ctx, personId);
	const seen = current.map(({ body, state }) => `${body}: ${CHECK_STATE_WORDS[state].label.toLowerCase()}`);
	const lacks = missing.length > 0 ? [`${missing.length} never made`] : [];
	return fact('Checks on record', [...seen, ...lacks].join('; ') || 'None', missing.length > 0 || current.some(({ state }) => state !== 'fine'));
}

function doubles(ctx: Ctx, personId: string): FoundFact {
	const found = doublesOf(ctx.db, personId);
	const words = found.map(({ name, key, why }) => `${name} (${key.startsWith('IPT') ? key : 'no number'}): ${why}`);
	return fact('Other files that look alike', words.join('; ') || 'None', found.length > 0);
}

const MATCHES: Record<RemovedMatch, string> = {
	none: 'No',
	name: 'Somebody of this name was removed. The date of birth is another one, or was not known',
	name_and_birth: 'Somebody of this name and date of birth was removed',
};

function removed(ctx: Ctx, personId: string): FoundFact {
	const match = removedMatchOf(ctx.db, ctx.keys, personId);
	return fact('Removed from the register before', MATCHES[match], match !== 'none');
}

function order(ctx: Ctx, personId: string): FoundFact {
	const isOpen = hasOpenOrder(ctx.db, personId, ctx.today);
	return fact('Orders in force', isOpen ? 'There is one: see the register' : 'None', isOpen);
}
