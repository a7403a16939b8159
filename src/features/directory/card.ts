import type { AwardKind, AwardLevel } from '#features/register/index.ts';

/** What one result shows, ready to draw: only what the person agreed to show. Days are `YYYY-MM-DD`, money is pence. */
export type FinderCard = {
	number: string;
	name: string;
	level: Exclude<AwardLevel, 'organisation'>;
	kinds: AwardKind[];
	accreditedSinceOn: string;
	places: { town: string; district: string; practiceName: string | null; isRough: boolean }[];
	online: boolean;
	availability: Availability;
	feeFromPence: number | null;
	feeToPence: number | null;
	photo: string | null;
	hasNotice: boolean;
};

export type Availability =
	| { kind: 'taking' | 'full'; confirmedOn: string }
	| { kind: 'waiting'; weeks: number | null; confirmedOn: string }
	| { kind: 'away'; untilOn: string | null; confirmedOn: string }
	| { kind: 'not_confirmed' };
