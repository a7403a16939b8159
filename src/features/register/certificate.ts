import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { awardTitle, awardTitles, inOrder } from './award-words.ts';
import { type RegisterEntry, registerEntry } from './queries.ts';
import type { Standing } from './status.ts';
import { sayAccredited } from './words.ts';

/** What a member may print about their own entry today. `why`: for those who may not, and `todo`: what would change that. */
export type Certificate =
	| {
			kind: 'ready';
			number: string;
			name: string;
			titles: string[];
			accreditedSinceOn: string;
			reinstatedOn: string | null;
			validToOn: string;
			awards: { title: string; sinceOn: string; validToOn: string }[];
	  }
	| { kind: 'not'; number: string | null; why: string; todo: string };

/** The certificate of the one who is signed in: from the entry as it stands today, only while it says accredited, in good standing. */
export function ownCertificate(ctx: Ctx): Certificate {
	const number = prepared(ctx.db.sql, 'SELECT number FROM public_register WHERE person_id = ?').pluck().get(personOf(ctx).personId) as string | undefined;
	const entry = number === undefined ? null : registerEntry(ctx, number);
	if (!entry) return { kind: 'not', number: null, ...NOT_REGISTERED };
	return entry.status.isInGoodStanding ? certificateOf(entry) : { kind: 'not', number: entry.number, ...WHY_NOT[entry.status.standing] };
}

function certificateOf({ number, name, status }: RegisterEntry): Certificate {
	const awards = inOrder(status.awards.filter((award) => award.level !== 'organisation'));
	return {
		kind: 'ready',
		number,
		name,
		titles: awardTitles(awards),
		accreditedSinceOn: status.accreditedSinceOn ?? '',
		reinstatedOn: status.reinstatedOn,
		validToOn: status.validToOn ?? '',
		awards: awards.map((award) => ({ title: awardTitle(award), sinceOn: award.awardedOn, validToOn: award.validToOn })),
	};
}

/** The certificate's facts in the order of reading, for page and PDF alike. */
export function certificateFacts(certificate: Extract<Certificate, { kind: 'ready' }>): [label: string, value: string][] {
	return [
		['Register number', certificate.number],
		...certificate.awards.map(({ title, sinceOn, validToOn }): [string, string] => [title, `since ${sayDay(sinceOn)}, valid to ${sayDay(validToOn)}`]),
		['Accredited since', sayAccredited(certificate)],
		['Valid to', sayDay(certificate.validToOn)],
	];
}

type Reason = { why: string; todo: string };

const NOT_REGISTERED: Reason = {
	why: 'You are not on the register of accredited therapists.',
	todo: 'A certificate comes with your first accreditation.',
};
const LIMITED: Reason = {
	why: 'Your entry has a note on it that a certificate could not show in full.',
	todo: 'People can read your entry. Once the note is closed you can print a certificate again. If you have questions, write to the office.',
};
const ENDED: Reason = {
	why: 'Your accreditation is not in force.',
	todo: 'Look at your membership and your awards to see what ended. The office can tell you how to come back.',
};

const WHY_NOT: Record<Standing, Reason> = {
	accredited: ENDED,
	organisation: {
		why: 'You are registered through an organisation, which is not accreditation.',
		todo: 'A certificate comes with accreditation. People can check your registration by your number.',
	},
	on_leave: { why: 'You are taking a break that we agreed to.', todo: 'You can print a certificate again on the day your break ends.' },
	conditions: LIMITED,
	interim_conditions: LIMITED,
	interim_suspended: LIMITED,
	suspended: LIMITED,
	removed: { why: 'You are not on the register.', todo: 'The decision you were sent says what you can do.' },
	lapsed: ENDED,
	left: { why: 'You are no longer on the register.', todo: 'The office can tell you how to come back.' },
	not_yet: NOT_REGISTERED,
};
