import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import { giveRole, openAccount } from '#features/accounts/index.ts';
import {
	addToAgenda,
	callMeeting,
	castVote,
	declareForItem,
	insertApplication,
	openItem,
	openMeeting,
	resolveItem,
	routeOf,
	type StepKind,
	sendPapers,
	standardsOn,
	standingByReference,
	standingOf,
	takeStep,
} from '#features/accreditation/index.ts';
import { aPerson, onDay, type Someone } from './application.ts';

type Committee = { officer: Someone; chair: Someone; members: Someone[]; lay: Someone; secretary: Someone };

/** Somebody who holds a role by a grant, as the seats of a meeting ask for. */
export function staff(ctx: Ctx, name: string, role: Exclude<Role, 'member' | 'trainee'>): Someone {
	const someone = aPerson(ctx, name, { roles: [role] });
	commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => {
		openAccount(tx, someone.id, `${name.toLowerCase()}.${someone.id}@office.example`, null);
		giveRole(tx, { personId: someone.id, role, fromOn: '2020-01-01', toOn: null, reason: 'test' });
	});
	return someone;
}

/** A chair, two members, a lay member, a secretary and an officer. */
export function aCommittee(ctx: Ctx): Committee {
	const members = ['Mary', 'Max'].map((name) => staff(ctx, name, 'committee'));
	const seats = { chair: staff(ctx, 'Cora', 'committee'), members, lay: staff(ctx, 'Lars', 'lay_panel_member') };
	return { ...seats, secretary: staff(ctx, 'Sella', 'membership_officer'), officer: staff(ctx, 'Olga', 'registrar') };
}

let count = 0;

/** An application that waits for the committee, assessed by two: its reference. */
export function inPanel(ctx: Ctx, applicant: Someone, { route = 'practitioner', awardId = null as string | null, assessors = [] as Someone[] } = {}): string {
	const [first = staff(ctx, 'Ada', 'assessor'), second = staff(ctx, 'Abe', 'assessor')] = assessors;
	const { standards, version } = standardsOn(ctx.db, ctx.today);
	const reference = freeReference(ctx);
	commit({ ...ctx, actor: { kind: 'system', name: 'test' } }, { name: 'test' }, (tx) => {
		const begun = insertApplication(tx, { personId: applicant.id, route: routeOf(standards, route), version, awardId, answers: {} });
		const { id } = begun.application;
		tx.db.sql.prepare('UPDATE accreditation_application SET reference = ? WHERE id = ?').run(reference, id);
		const step = (kind: StepKind, data = {}) => takeStep(tx, standingOf(tx.db, id), kind, data);
		step('submitted');
		step('accepted');
		for (const [index, { id: person }] of [first, second].entries()) {
			if (index >= begun.route.assessors) continue;
			const text = `INSERT INTO accreditation_assessor (id, application_id, person_id, place, assigned_by, assigned_at, declared_at, declared, recommendation, summary, sealed_at)
				VALUES (?, ?, ?, ?, 'test', 0, 0, 'none', 'award', 'It is enough.', 0)`;
			tx.db.sql.prepare(text).run(newId(), id, person, index + 1);
			step('assigned', { person, place: index + 1 });
		}
		for (const { personId } of standingOf(tx.db, id).state.assessors) step('sheet_sealed', { person: personId });
		step('reconciled', { recommendation: 'award' });
	});
	return reference;
}

/** One that no application has: those that are sent on a site count on from it. */
function freeReference(ctx: Ctx): string {
	count += 1;
	const reference = `ACC-2026-${String(9000 + count)}`;
	const isTaken = ctx.db.sql.prepare('SELECT 1 FROM accreditation_application WHERE reference = ?').get(reference) !== undefined;
	return isTaken ? freeReference(ctx) : reference;
}

/** The day on which meetings of tests are held: eleven working days after 2026-11-02. */
export const HELD_ON = '2026-11-20';

/** Calls a meeting, puts applications on its agenda and sends the papers. @returns its reference */
export function aMeeting(seats: Committee, references: readonly string[], kind: 'ordinary' | 'between' | 'review' = 'ordinary', heldOn = HELD_ON): string {
	const { officer, chair, members, lay, secretary } = seats;
	const call = { id: newId(), kind, heldOn, place: 'By video', shortNotice: 'The day is near.' };
	const seated = { chair: chair.id, members: members.map(({ id }) => id), lay: [lay.id], secretary: secretary.id };
	const reference = callMeeting(officer.ctx, { ...call, ...seated });
	const version = () => officer.ctx.db.sql.prepare('SELECT version FROM meeting WHERE reference = ?').pluck().get(reference) as number;
	if (references.length > 0) addToAgenda(officer.ctx, reference, { version: version(), applications: [...references], business: '', lateBecause: 'Late' });
	sendPapers(officer.ctx, reference, { version: version(), shortNotice: 'Late' });
	return reference;
}

/** The room on the day of a meeting, with shorthands for what is done in it. */
export function roomOn(seats: Committee, reference: string, day = HELD_ON) {
	const { db } = seats.chair.ctx;
	const on = ({ ctx }: Someone) => onDay(ctx, day);
	const read = (text: string, ...values: unknown[]) =>
		db.sql
			.prepare(text)
			.pluck()
			.get(...values) as number;
	const version = () => read('SELECT version FROM meeting WHERE reference = ?', reference);
	const itemVersion = (no: number) =>
		read('SELECT i.version FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.position = ?', reference, no);
	const all = [seats.chair, ...seats.members, seats.lay];
	const place = (no: number) => ({ reference, no });
	return {
		version,
		itemVersion,
		place,
		on,
		open: (present: readonly Someone[] = [...all, seats.secretary]) =>
			openMeeting(on(seats.secretary), reference, { version: version(), present: present.map(({ id }) => id) }),
		openItem: (no: number) => openItem(on(seats.secretary), place(no), { version: itemVersion(no) }),
		declare: (who: Someone, no: number, declared: 'none' | 'minor' | 'recuse' = 'none') =>
			declareForItem(on(who), { reference, no, declared, words: declared === 'minor' ? 'We met once.' : '' }),
		vote: (who: Someone, no: number, choice: Parameters<typeof castVote>[2]['choice']) => castVote(on(who), place(no), { choice, reasons: [], words: '' }),
		resolve: (no: number, application: string, more: Partial<Parameters<typeof resolveItem>[2]> = {}, who: Someone = seats.chair) =>
			resolveItem(on(who), place(no), {
				version: itemVersion(no),
				steps: seenOf(seats.chair.ctx, application),
				reasons: [],
				words: '',
				variedTo: null,
				conditions: [],
				...more,
			}),
		/** Everyone declares no interest, the item is opened and all vote the same. */
		allVote(no: number, choice: Parameters<typeof castVote>[2]['choice'], voters: readonly Someone[] = all) {
			for (const who of [seats.secretary, ...voters]) declareForItem(on(who), { reference, no, declared: 'none', words: '' });
			openItem(on(seats.secretary), place(no), { version: itemVersion(no) });
			for (const who of voters) castVote(on(who), place(no), { choice, reasons: [], words: '' });
		},
	};
}

/** How many steps an application has. */
export function seenOf(ctx: Ctx, reference: string): number {
	return reference === '' ? 0 : standingByReference(ctx.db, reference).seen;
}
