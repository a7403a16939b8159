import type { Actor } from '#core/ctx.ts';

export type Side = 'supervisee' | 'supervisor';

/** What a relation is decided by. `supervisorId` is null for somebody outside the register. Days include the last. */
export type RelationFacts = {
	superviseeId: string;
	supervisorId: string | null;
	askedBy: Side;
	fromOn: string;
	agreedAt: number | null;
	refusedAt: number | null;
	endedOn: string | null;
};

export type EntryFacts = { personId: string; isDraft: boolean; confirmedAt: number | null };

/** Which side of a relation the actor is on; null for everybody else. */
export function sideOf(actor: Actor, relation: Pick<RelationFacts, 'superviseeId' | 'supervisorId'>): Side | null {
	if (actor.kind !== 'person') return null;
	if (actor.personId === relation.superviseeId) return 'supervisee';
	return actor.personId === relation.supervisorId ? 'supervisor' : null;
}

/** Is it asked, and neither agreed nor refused? */
export function isOpenAsk(relation: RelationFacts): boolean {
	return relation.agreedAt === null && relation.refusedAt === null;
}

/** Agreed, and not over on that day. */
export function isCurrent(relation: RelationFacts, day: string): boolean {
	return relation.agreedAt !== null && (relation.endedOn === null || relation.endedOn >= day);
}

/** Only the one who was asked says yes or no. */
export function canAnswer(actor: Actor, relation: RelationFacts): boolean {
	const side = sideOf(actor, relation);
	return side !== null && side !== relation.askedBy && isOpenAsk(relation);
}

/** Only the one who asked takes it back. */
export function canTakeBack(actor: Actor, relation: RelationFacts): boolean {
	return sideOf(actor, relation) === relation.askedBy && isOpenAsk(relation);
}

/** Either may end it, once. */
export function canEnd(actor: Actor, relation: RelationFacts): boolean {
	return sideOf(actor, relation) !== null && relation.agreedAt !== null && relation.endedOn === null;
}

/** A supervisor sees hours, gaps and what waits, while the supervision lasts; and nothing else. */
export function canSupervise(actor: Actor, relation: RelationFacts, day: string): boolean {
	return sideOf(actor, relation) === 'supervisor' && isCurrent(relation, day);
}

/** The member may change or delete what nobody has confirmed. */
export function canChangeEntry(actor: Actor, entry: EntryFacts): boolean {
	return actor.kind === 'person' && actor.personId === entry.personId && entry.confirmedAt === null;
}

/** What is confirmed is corrected by a new entry. */
export function canCorrectEntry(actor: Actor, entry: EntryFacts): boolean {
	return actor.kind === 'person' && actor.personId === entry.personId && entry.confirmedAt !== null;
}
