import type { Ctx } from '#core/ctx.ts';
import { undecided } from '#db/disposal.ts';
import { PERSONAL_TABLES } from '#db/personal-data.ts';
import { prepared } from '#db/prepared.ts';
import { membershipStatusOf } from './facts-queries.ts';
import type { MembershipHandlers } from './handlers.ts';
import { filesOf } from './people-key.ts';
import { isMember } from './status.ts';

const HELD = 'SELECT 1 FROM legal_hold WHERE person_id = :person AND lifted_at IS NULL';
const ACCREDITED = `SELECT 1 FROM award a JOIN award_term t ON t.award_id = a.id
	WHERE a.person_id = :person AND a.ended_on IS NULL AND t.to_on >= :today`;
const ORDERED = `SELECT 1 FROM register_order WHERE person_id = :person AND (outcome_on IS NULL OR display_until_on IS NULL OR display_until_on >= :today)`;
const SERVING = 'SELECT 1 FROM role_grant WHERE person_id = :person AND (to_on IS NULL OR to_on >= :today)';
const OWING = 'SELECT 1 FROM invoice WHERE person_id = :person AND settled_at IS NULL AND voided_at IS NULL';
const APPLYING = `SELECT 1 FROM membership_application WHERE person_id = :person AND state IN ('submitted', 'more_wanted', 'decline_proposed', 'admitted')`;

const ACCREDITING = `SELECT 1 FROM accreditation_application WHERE person_id = :person AND phase NOT IN ('draft', 'decided', 'withdrawn', 'closed')`;
const RENEWING = `SELECT 1 FROM renewal WHERE person_id = :person AND phase NOT IN ('window_open', 'confirmed', 'refused', 'closed')`;
const AUDITED = 'SELECT 1 FROM cpd_audit WHERE person_id = :person AND is_final = 0';

const ROWS: readonly (readonly [text: string, said: string])[] = [
	[HELD, 'There is a legal hold on their data.'],
	[ACCREDITED, 'They are accredited: the register needs their name. The award has to end first.'],
	[ORDERED, 'There is an order on their entry that is in force or still shown: the public must be able to read it.'],
	[SERVING, 'They hold a role for us. It has to end first.'],
	[OWING, 'An invoice of theirs is open: it has to be paid or voided first.'],
	[APPLYING, 'An application of theirs is being dealt with.'],
	[ACCREDITING, 'An application of theirs for accreditation is being dealt with: it has to be decided or withdrawn first.'],
	[RENEWING, 'A re-accreditation of theirs is being dealt with.'],
	[AUDITED, 'An audit of their CPD is open.'],
];

/** Why a person cannot be erased just now, in sentences: what article 17(3) of the UK GDPR lets us keep. Never authorises. */
export function erasureObstacles(ctx: Ctx, personId: string, { hasOpenCase }: MembershipHandlers): string[] {
	const people = filesOf(ctx.db, personId);
	const finds = (text: string) => people.some((person) => prepared(ctx.db.sql, text).get(bound(text, person, ctx.today)) !== undefined);
	const unclear = undecided(PERSONAL_TABLES.map(({ table }) => table));
	const open = PERSONAL_TABLES.filter(({ table }) => unclear.includes(table)).filter(({ table, where }) =>
		people.some((person) => ctx.db.sql.prepare(`SELECT 1 FROM "${table}" WHERE ${where}`).get({ person }) !== undefined),
	);
	return [
		...(isMember(membershipStatusOf(ctx, personId).state) ? ['They are a member. The membership has to end first.'] : []),
		...ROWS.filter(([text]) => finds(text)).map(([, said]) => said),
		...(hasOpenCase({ db: ctx.db, ctx }, personId) ? ['A case about them is open.'] : []),
		...open.map(({ title }) => `Nobody has decided yet what erasing means for: ${title.toLowerCase()}.`),
	];
}

function bound(text: string, person: string, today: string): Record<string, string> {
	return text.includes(':today') ? { person, today } : { person };
}
