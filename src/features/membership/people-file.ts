import type { Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared, reading } from '#db/prepared.ts';
import { membershipStatusOf, type Period, periodsOf } from './facts-queries.ts';
import { type FileKey, fileKeyOf } from './people-key.ts';
import { canReadFiles, seesPersonal } from './people-policy.ts';
import type { MembershipStatus } from './status.ts';

export type NameView = { name: string; fromOn: string | null; toOn: string | null; isShown: boolean };
export type AccountState = {
	accountId: string;
	email: string | null;
	openedOn: string;
	lastSeenOn: string | null;
	hasSecondStep: boolean;
	closedOn: string | null;
	closedWhy: string | null;
};

/** Who somebody is, as the office keeps it. What is personal is null for a reviewer from outside (`isRedacted`). Days `YYYY-MM-DD`. */
export type PersonFile = FileKey & {
	isRedacted: boolean;
	name: string;
	title: string | null;
	names: NameView[];
	number: string | null;
	formerNumbers: string[];
	memberId: string | null;
	bornOn: string | null;
	diedOn: string | null;
	email: string | null;
	phone: string | null;
	onFileSince: string;
	/** Counts up with every change of the facts above. */
	version: number;
	membership: MembershipStatus;
	periods: Period[];
	leaves: { fromOn: string; toOn: string }[];
	account: AccountState | null;
	/** The day of the newest invitation to take over the account, when there is no account yet. */
	invitedOn: string | null;
};

/** Someone's file, by register number or id. @throws Forbidden, NotFound */
export function personFile(ctx: Ctx, typed: string): PersonFile {
	allow(canReadFiles(ctx.actor));
	return reading(ctx.db.sql, () => {
		const { db } = ctx;
		const named = fileKeyOf(db, typed);
		const person = prepared(db.sql, PERSON).get(named.personId) as Stored | undefined;
		const names = namesOf(db, named.personId);
		const current = names.find((n) => n.toOn === null);
		if (!person || !current) throw new NotFound('There is no such file.');
		const isRedacted = !seesPersonal(ctx.actor);
		const contact = isRedacted ? { bornOn: null, email: null, phone: null } : { bornOn: person.bornOn, email: person.email, phone: person.phone };
		const { title, memberId, diedOn, number, createdAt, version } = person;
		const said = { title, memberId, diedOn, number, version, onFileSince: londonDay(createdAt) };
		return {
			...named,
			...said,
			...contact,
			isRedacted,
			name: current.name,
			names,
			...standingOf(ctx, named.personId),
			...accountOf(db, named.personId, isRedacted),
		};
	});
}

type Stored = {
	title: string | null;
	memberId: string | null;
	bornOn: string | null;
	diedOn: string | null;
	email: string | null;
	phone: string | null;
	number: string | null;
	createdAt: number;
	version: number;
};
const PERSON = `SELECT p.title, p.import_key AS memberId, p.born_on AS bornOn, p.died_on AS diedOn, p.email, p.phone, r.number, p.created_at AS createdAt, p.version
	FROM person p LEFT JOIN registration r ON r.person_id = p.id WHERE p.id = ?`;

/** Every name of a person, the present one first. */
export function namesOf(db: Db, personId: string): NameView[] {
	const text = `SELECT given_names || ' ' || family_name AS name, from_on AS fromOn, to_on AS toOn, shown_when_former AS isShown
		FROM person_name WHERE person_id = ? ORDER BY to_on IS NOT NULL, to_on DESC`;
	return (prepared(db.sql, text).all(personId) as (Omit<NameView, 'isShown'> & { isShown: 0 | 1 })[]).map((n) => ({ ...n, isShown: n.isShown === 1 }));
}

function standingOf(ctx: Ctx, personId: string): Pick<PersonFile, 'membership' | 'periods' | 'leaves' | 'formerNumbers'> {
	const { sql } = ctx.db;
	const leaves = prepared(sql, 'SELECT from_on AS fromOn, to_on AS toOn FROM membership_leave WHERE person_id = ? ORDER BY from_on DESC').all(personId);
	const formerNumbers = prepared(sql, 'SELECT number FROM registration_former WHERE person_id = ? ORDER BY number').pluck().all(personId);
	return {
		membership: membershipStatusOf(ctx, personId),
		periods: periodsOf(ctx.db, personId).reverse(),
		leaves: leaves as PersonFile['leaves'],
		formerNumbers: formerNumbers as string[],
	};
}

const ACCOUNT = `SELECT a.id AS accountId, a.email, a.created_at AS createdAt, a.disabled_at AS disabledAt, a.disabled_reason AS closedWhy,
	a.totp_sealed IS NOT NULL OR EXISTS (SELECT 1 FROM passkey k WHERE k.account_id = a.id) AS hasSecondStep,
	(SELECT max(last_seen_at) FROM session s WHERE s.account_id = a.id) AS lastSeenAt FROM account a WHERE a.person_id = ?`;
const INVITED = "SELECT max(created_at) FROM account_link WHERE person_id = ? AND purpose = 'claim'";

function accountOf(db: Db, personId: string, isRedacted: boolean): Pick<PersonFile, 'account' | 'invitedOn'> {
	const row = prepared(db.sql, ACCOUNT).get(personId) as AccountRow | undefined;
	const invitedAt = row ? null : (prepared(db.sql, INVITED).pluck().get(personId) as number | null);
	const day = (instant: number | null) => (instant === null ? null : londonDay(instant));
	if (!row) return { account: null, invitedOn: day(invitedAt) };
	const { accountId, closedWhy } = row;
	const account = { accountId, closedWhy, email: isRedacted ? null : row.email, hasSecondStep: row.hasSecondStep === 1, openedOn: londonDay(row.createdAt) };
	return { account: { ...account, lastSeenOn: day(row.lastSeenAt), closedOn: day(row.disabledAt) }, invitedOn: null };
}

type AccountRow = {
	accountId: string;
	email: string;
	createdAt: number;
	disabledAt: number | null;
	closedWhy: string | null;
	hasSecondStep: 0 | 1;
	lastSeenAt: number | null;
};
