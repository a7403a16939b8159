import type { CpdTotal } from '#features/cpd/index.ts';
import type { ConsentField, ListingFacts, PracticePlace } from '#features/directory/index.ts';
import type { CoreRegistration, FormerName, Membership, NewCheck, PersonDetails } from '#features/membership/index.ts';
import type { AwardFact, AwardKind, AwardLevel, OrderFact } from '#features/register/index.ts';

/** Undefined: the file does not say, so what is on file stays. Null: the cell holds a dash, so it is cleared. */
export type Said<T> = { [K in keyof T]?: T[K] | undefined };

export type WantedAward = {
	level: AwardLevel;
	kind: AwardKind;
	awardedOn: string;
	terms: { fromOn: string; toOn: string }[];
	endedOn: string | null;
	endReason: AwardFact['endReason'];
};
export type WantedOrder = Omit<OrderFact, 'id' | 'awardId'> & { award: { level: AwardLevel; kind: AwardKind } | null };

/** `checkedOn`: the day on which somebody of the office saw it; null when nobody did. */
export type WantedCheck = Pick<NewCheck, 'body' | 'type' | 'datedOn' | 'validToOn'> & { kind: 'insurance' | 'record_check'; checkedOn: string | null };

/** A place as the gazetteer resolved it; null: cleared. */
export type WantedPlace = Omit<PracticePlace, 'position'>;

/** Options come in groups: a cell that says something replaces its own group and no other. */
export type OptionGroupName = 'who' | 'focus' | 'also' | 'language' | 'funding' | 'concessions' | 'supervision';

/** What one row of the file says about one person, every value read and checked. */
export type Wanted = {
	number: string | null;
	givenNames: string;
	familyName: string;
	details: Said<PersonDetails>;
	nameChangedOn: string | null;
	formerNames: FormerName[];
	registeredOn: string | null;
	core: (Omit<CoreRegistration, 'fromOn'> & { fromOn: string | null }) | null;
	memberships: Membership[];
	leaves: { fromOn: string; toOn: string }[];
	bornOn: string | null;
	insurance: WantedCheck | null;
	recordCheck: WantedCheck | null;
	cpd: CpdTotal | null;
	awards: WantedAward[];
	orders: WantedOrder[];
	listing: Said<Omit<ListingFacts, 'options' | 'publishedOn' | 'withdrawnOn'>>;
	publish: boolean | null;
	publishedOn: string | null;
	options: { [G in OptionGroupName]?: string[] };
	/** `isWhole`: consent to anything else is withdrawn. */
	consent: { fields: ConsentField[]; givenOn: string | null; isWhole: boolean } | null;
	places: (WantedPlace | null | undefined)[];
};

/** Something about one cell, for people. */
export type Remark = { column: string; why: string };
