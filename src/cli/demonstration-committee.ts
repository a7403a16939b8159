import { bookkeep } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import {
	addToAgenda,
	callMeeting,
	castVote,
	closeMeeting,
	declareForItem,
	openItem,
	openMeeting,
	requestReview,
	resolveItem,
	sendPapers,
	standingByReference,
} from '#features/accreditation/index.ts';

const DAY_MS = 86_400_000;
type Seated = { chair: string; members: string[]; lay: string[]; secretary: string };

/**
 * The committee of the demonstration: a meeting of some weeks ago that refused an application, of which a review is asked for, and one to come
 * with an application on its agenda. By the commands that the pages use; nobody is written to about what never happened.
 */
export function fillCommittee(ctx: Ctx): void {
	const text = "SELECT reference FROM accreditation_application WHERE phase = 'panel' ORDER BY begun_at";
	const [refused, waiting] = prepared(ctx.db.sql, text).pluck().all() as string[];
	const seats = seatsIn(ctx);
	if (refused === undefined || waiting === undefined || seats.members.length < 2 || seats.lay.length === 0) return;
	refuse(ctx, seats, refused);
	const applicant = standingByReference(ctx.db, refused).application.personId;
	const words = 'My fourth case was signed two days before the meeting, and the papers did not show it.';
	const review = { seen: standingByReference(ctx.db, refused).seen, grounds: ['new_evidence' as const], words, files: [] };
	requestReview(as(ctx, applicant, 'trainee', 9), refused, review);
	call(ctx, seats, { heldOn: addDays(ctx.today, 17), daysAgo: 4, applications: [waiting] });
	bookkeep(ctx.db, () => prepared(ctx.db.sql, "DELETE FROM outbox WHERE kind LIKE 'accreditation.%' OR kind LIKE 'meeting.%'").run());
}

/** The first three of the committee and the first lay member: the others are left for a review. */
function seatsIn(ctx: Ctx): Seated {
	const holders = (role: Role) => prepared(ctx.db.sql, 'SELECT person_id FROM role_grant WHERE role = ? ORDER BY rowid').pluck().all(role) as string[];
	const [chair = '', ...others] = holders('committee');
	return { chair, members: others.slice(0, 2), lay: holders('lay_panel_member').slice(0, 1), secretary: holders('membership_officer')[0] ?? '' };
}

function call(ctx: Ctx, seats: Seated, { heldOn, daysAgo, applications }: { heldOn: string; daysAgo: number; applications: string[] }): string {
	const officer = as(ctx, seats.secretary, 'membership_officer', daysAgo);
	const id = `0190f0f0-0000-7000-8000-${heldOn.replaceAll('-', '').padStart(12, '0')}`;
	const reference = callMeeting(officer, { id, kind: 'ordinary', heldOn, place: 'By video', shortNotice: 'The day was agreed on late.', ...seats });
	addToAgenda(officer, reference, {
		version: versionOf(ctx, reference),
		applications,
		business: 'Dates of the next year',
		lateBecause: 'The day was agreed on late.',
	});
	sendPapers(officer, reference, { version: versionOf(ctx, reference), shortNotice: 'The day was agreed on late.' });
	return reference;
}

function refuse(ctx: Ctx, seats: Seated, application: string): void {
	const daysAgo = 20;
	const reference = call(ctx, seats, { heldOn: addDays(ctx.today, -daysAgo), daysAgo: daysAgo + 20, applications: [application] });
	const secretary = as(ctx, seats.secretary, 'membership_officer', daysAgo);
	const chair = as(ctx, seats.chair, 'committee', daysAgo);
	const voters = [
		chair,
		...seats.members.map((who) => as(ctx, who, 'committee', daysAgo)),
		...seats.lay.map((who) => as(ctx, who, 'lay_panel_member', daysAgo)),
	];
	const place = { reference, no: 1 };
	openMeeting(secretary, reference, { version: versionOf(ctx, reference), present: [seats.chair, ...seats.members, ...seats.lay, seats.secretary] });
	for (const who of [secretary, ...voters]) declareForItem(who, { ...place, declared: 'none', words: '' });
	openItem(secretary, place, { version: itemVersion(ctx, reference, 1) });
	for (const who of voters) castVote(who, place, { choice: 'decline', reasons: ['too_few_cases'], words: '' });
	const words = 'Three cases are signed, and the route asks for four. Your work on them is sound: please apply again when the fourth is done.';
	const resolution = { reasons: ['too_few_cases'], words, variedTo: null, conditions: [] };
	resolveItem(chair, place, { version: itemVersion(ctx, reference, 1), steps: standingByReference(ctx.db, application).seen, ...resolution });
	const business = { reasons: [], words: 'The first Thursday of every second month.', variedTo: null, conditions: [] };
	resolveItem(secretary, { reference, no: 2 }, { version: itemVersion(ctx, reference, 2), steps: 0, ...business });
	closeMeeting(secretary, reference, { version: versionOf(ctx, reference) });
}

function versionOf(ctx: Ctx, reference: string): number {
	return prepared(ctx.db.sql, 'SELECT version FROM meeting WHERE reference = ?').pluck().get(reference) as number;
}

function itemVersion(ctx: Ctx, reference: string, no: number): number {
	const text = 'SELECT i.version FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.position = ?';
	return prepared(ctx.db.sql, text).pluck().get(reference, no) as number;
}

/** Somebody acting so many days ago. */
function as(ctx: Ctx, personId: string, role: Role, daysAgo: number): Ctx {
	const now = ctx.now - daysAgo * DAY_MS;
	return ctxFor(ctx, { kind: 'person', personId, accountId: personId, roles: [role], level: 2, provedAt: now }, now);
}
