import type { Ctx } from '#core/ctx.ts';
import { londonDay, sayDay } from '#core/dates.ts';
import { EVENT_KINDS, type EventKind } from '#core/events.ts';
import { personOf } from '#core/policy.ts';
import { prepared, reading } from '#db/prepared.ts';
import { hindrances, isPublishedOn, ownListing } from '#features/directory/index.ts';
import { type CheckKind, checksOf, nextLine, ownMembership, statusLine } from '#features/membership/index.ts';
import { ownCertificate } from '#features/register/index.ts';
import { paths } from '#paths';
import { type Due, dueOf } from './calendar-due.ts';
import { standingSummary } from './standing-view.ts';

/** `/my` at a glance: on the register and until when, what is due, where CPD stands, what is missing, what changed. Every line leads to where it is done. */
export type Overview = {
	register: { isOn: boolean; line: string; todo: string | null; number: string | null };
	membership: { line: string; next: string | null };
	due: (Due & { said: string; href: string; isPast: boolean })[];
	standing: ReturnType<typeof standingSummary>;
	missing: { words: string; href: string }[];
	changed: { on: string; words: string }[];
};

const DUE_SHOWN = 5;
const CHANGES_SHOWN = 8;
const CHANGES_DAYS = 90;

/** Everything on the first page of the one who is signed in, read in one go. @throws SignInRequired */
export function ownOverview(ctx: Ctx): Overview {
	const { personId } = personOf(ctx);
	return reading(ctx.db.sql, () => {
		const own = ownMembership(ctx);
		return {
			register: registerLine(ctx),
			membership: { line: statusLine(own.status), next: nextLine(own, ctx.today) },
			due: dueOf(ctx.db, personId, ctx.today)
				.slice(0, DUE_SHOWN)
				.map((due) => ({ ...due, said: sayDay(due.day), href: whereDone(due.key), isPast: due.day < ctx.today })),
			standing: standingSummary(ctx, personId),
			missing: missingFor(ctx, personId),
			changed: changesFor(ctx, personId),
		};
	});
}

function registerLine(ctx: Ctx): Overview['register'] {
	const certificate = ownCertificate(ctx);
	if (certificate.kind === 'not') return { isOn: false, line: certificate.why, todo: certificate.todo, number: certificate.number };
	const { number, titles, validToOn } = certificate;
	return { isOn: true, line: `You are on the register until ${sayDay(validToOn)}: ${titles.join('; ')}.`, todo: null, number };
}

const CHECK_WORDS: Record<CheckKind, string> = {
	core_registration: 'We have not seen your core registration yet.',
	insurance: 'We have not seen your indemnity insurance yet.',
	record_check: 'We have no record check of you yet.',
};

function missingFor(ctx: Ctx, personId: string): Overview['missing'] {
	const checks = checksOf(ctx, personId).missing.map((kind) => ({ words: CHECK_WORDS[kind], href: paths.myProfile() }));
	const listing = ownListing(ctx);
	const [why] = isPublishedOn(listing.facts, ctx.today) ? hindrances(ctx, listing) : [];
	return [...checks, ...(why ? [{ words: `Nobody finds your listing just now. ${why}`, href: paths.myListing() }] : [])];
}

/** What only tells that someone was here, or is said elsewhere on the page. */
const NOT_TOLD: ReadonlySet<string> = new Set<EventKind>([
	'account.signed_in',
	'account.signed_out',
	'directory.refreshed',
	'listing.availability_asked',
	'person.file_read',
]);

function changesFor(ctx: Ctx, personId: string): Overview['changed'] {
	const text = `SELECT kind, recorded_at AS at FROM audit_event WHERE subject_type = 'person' AND subject_id = ? AND recorded_at > ?
		ORDER BY seq DESC LIMIT 60`;
	const since = ctx.now - CHANGES_DAYS * 86_400_000;
	const rows = prepared(ctx.db.sql, text).all(personId, since) as { kind: EventKind; at: number }[];
	const told = rows.filter(({ kind }) => !NOT_TOLD.has(kind)).map(({ kind, at }) => ({ on: sayDay(londonDay(at)), words: EVENT_KINDS[kind] }));
	const first = new Map(told.map((change) => [`${change.on} ${change.words}`, change]));
	return [...first.values()].slice(0, CHANGES_SHOWN);
}

const WHERE: Record<string, () => string> = {
	membership: () => paths.myMembership(),
	declare: () => paths.cpdYear(),
	year: () => paths.myCpd(),
	confirm: () => paths.supervisees(),
	ask: () => paths.supervision(),
	insurance: () => paths.myProfile(),
};

function whereDone(key: string): string {
	return (WHERE[key.split(':')[0] ?? ''] ?? paths.my)();
}
