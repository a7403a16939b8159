import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { BARS_DECIDING, BARS_REVIEWING, type Interest, interestsIn } from './interests.ts';
import { type Item, membersOf, type Seat } from './meeting-rows.ts';
import { barsToReferred } from './upkeep-circle.ts';

export type Declared = 'none' | 'minor' | 'recuse';
/** What somebody at the table is to an item: with `recused` they take no part and see nothing of it. */
export type Part = 'undeclared' | 'free' | 'recused';
/** Somebody who may vote on an item. */
export type Voter = { personId: string; name: string; seat: Seat; hasDeclared: boolean; hasVoted: boolean };

/** What the record finds between somebody and an item. Never authorises. */
export function barsTo(db: Db, item: Pick<Item, 'kind' | 'applicationId' | 'subjectId'>, personId: string): Interest[] {
	if (item.applicationId === null) return item.subjectId === null ? [] : barsToReferred(db, item.subjectId, personId);
	const bars = item.kind === 'review' ? BARS_REVIEWING : BARS_DECIDING;
	return interestsIn(db, item.applicationId, personId).filter((interest) => bars.includes(interest));
}

/** Is anything about a person decided under this item, so that interests are asked for? */
export function asksInterests({ kind }: Pick<Item, 'kind'>): boolean {
	return kind !== 'minutes' && kind !== 'business';
}

/** What somebody is to an item: what they said, and what the record says whatever they said. Never authorises. */
export function partIn(db: Db, item: Item, personId: string): Part {
	if (!asksInterests(item)) return 'free';
	const declared = declaredBy(db, item.id, personId)?.declared;
	const bars = barsTo(db, item, personId);
	const isPast = item.resolvedAt !== null && declared !== undefined;
	if (declared === 'recuse' || bars.some((bar) => !isPast || !LATER.includes(bar))) return 'recused';
	return declared === undefined ? 'undeclared' : 'free';
}

/** What comes of a decision itself: it keeps whoever took part from the next one, not from what they resolved. */
const LATER: readonly Interest[] = ['decided', 'overruled', 'reviewed'];

/** What somebody declared for an item, or the record for them; null before. */
export function declaredBy(db: Db, itemId: string, personId: string): { declared: Declared; isFound: boolean } | null {
	const text = 'SELECT declared, is_found AS isFound FROM meeting_interest WHERE item_id = ? AND person_id = ?';
	const row = prepared(db.sql, text).get(itemId, personId) as { declared: Declared; isFound: number } | undefined;
	return row ? { declared: row.declared, isFound: row.isFound === 1 } : null;
}

/** Those present who may vote on an item: neither the secretary nor whoever stepped back. Never authorises. */
export function votersOn(db: Db, item: Item): Voter[] {
	const voted = new Set(prepared(db.sql, 'SELECT person_id FROM vote WHERE item_id = ? AND is_casting = 0').pluck().all(item.id) as string[]);
	return seatedFor(db, item)
		.filter(({ attended }) => attended === true)
		.map(({ personId, name, seat, part }) => ({ personId, name, seat, hasDeclared: part === 'free', hasVoted: voted.has(personId) }));
}

/** Everyone seated with a vote who may take part in an item, present or not: what a quorum can be hoped for from. */
export function seatedFor(db: Db, item: Item) {
	return membersOf(db, item.meetingId)
		.filter(({ seat }) => seat !== 'secretary')
		.map((member) => ({ ...member, part: partIn(db, item, member.personId) }))
		.filter(({ part }) => part !== 'recused');
}
