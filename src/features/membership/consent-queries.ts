import type { Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { consentText } from './consent-texts.ts';

/** One agreement in the ledger. Days in London; `endedOn` is the day it was withdrawn, or agreed to in a newer version. */
export type ConsentView = {
	purpose: string;
	title: string;
	version: string;
	text: string;
	isChoice: boolean;
	givenOn: string;
	endedOn: string | null;
	endReason: 'withdrawn' | 'replaced' | null;
};

/**
 * Everything a person ever agreed to, newest first: the ledger, and beside it each part of their listing.
 * Never authorises: the caller shows it to the person, or to the office.
 */
export function consentsOf({ db }: Pick<Ctx, 'db'>, personId: string): ConsentView[] {
	const ledger = 'SELECT purpose, version, given_at AS givenAt, ended_at AS endedAt, end_reason AS endReason FROM consent WHERE person_id = ?';
	const listing = `SELECT field AS purpose, wording AS version, given_at AS givenAt, withdrawn_at AS endedAt,
		CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' END AS endReason FROM listing_consent WHERE person_id = ?`;
	const rows = [
		...(prepared(db.sql, ledger).all(personId) as Row[]).map((row) => {
			const words = consentText(db, row.purpose, row.version);
			return { ...row, title: words?.title ?? row.purpose, text: words?.text ?? '', isChoice: words?.isChoice ?? false };
		}),
		...(prepared(db.sql, listing).all(personId) as Row[]).map((row) => ({ ...row, title: listingTitle(row.purpose), text: '', isChoice: true })),
	];
	return rows
		.sort((a, b) => b.givenAt - a.givenAt)
		.map(({ givenAt, endedAt, ...row }) => ({ ...row, givenOn: londonDay(givenAt), endedOn: endedAt === null ? null : londonDay(endedAt) }));
}

type Row = { purpose: string; version: string; givenAt: number; endedAt: number | null; endReason: 'withdrawn' | 'replaced' | null };

function listingTitle(field: string): string {
	return field === 'listing' ? 'Listing: name, awards and options' : `Listing: ${field.replace('_', ' ')}`;
}
