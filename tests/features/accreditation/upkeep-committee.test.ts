import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import { assignAudit, declareOnAudit, findShort, referAudit, referAuditAgain, resolveAudit, secondAudit } from '#features/accreditation/audit-commands.ts';
import { notifyChosen, targetAudit } from '#features/accreditation/audit-draw-commands.ts';
import { answerAudit, sayInAudit } from '#features/accreditation/audit-own-commands.ts';
import { auditByReference } from '#features/accreditation/audit-step.ts';
import { tellAudit } from '#features/accreditation/audit-words.ts';
import { callMeeting, itemView, putOver, sendPapers } from '#features/accreditation/index.ts';
import { assignRenewal, declareOnRenewal, putRenewalToCommittee, referRenewal, resolveRenewal } from '#features/accreditation/renewal-assess-commands.ts';
import { submitRenewal } from '#features/accreditation/renewal-own-commands.ts';
import { renewalRules } from '#features/accreditation/renewal-rules.ts';
import { renewalOf } from '#features/accreditation/renewal-step.ts';
import { tendRenewals } from '#features/accreditation/renewal-tend-commands.ts';
import { openReferredPaper } from '#features/accreditation/upkeep-paper.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { aCommittee, HELD_ON, roomOn } from '#tests/helpers/committee.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { accreditedMember, as, colleague, supervises } from '#tests/helpers/upkeep.ts';

const TODAY = '2026-11-02';
const FOUND_ON = '2026-10-05';
let place: TestRegister;
let seats: ReturnType<typeof aCommittee>;
let person: string;
beforeEach(() => {
	place = registerIn(TODAY);
	seats = aCommittee(place.ctx);
	person = accreditedMember(place.ctx.db, 'Mary', [{ fromOn: '2022-03-01', toOn: '2027-02-28' }], TODAY);
});
afterEach(() => place.close());

const who = (id: string, role: Role, day = TODAY) => as(place.ctx, id, [role], day);
const me = (day = TODAY) => who(person, 'member', day);
const office = (day = TODAY) => who(seats.officer.id, 'registrar', day);
const find = (reference: string) => auditByReference(place.ctx, reference);
const seen = (reference: string) => ({ seen: find(reference).seen });
const told = (day: string) => {
	const number = place.ctx.db.sql.prepare('SELECT number FROM registration').pluck().get() as string;
	const reference = targetAudit(office(day), { number, because: 'A concern was raised.' });
	notifyChosen(office(day));
	return reference;
};
/** An audit that two auditors found not satisfied, and whose second one sits on the committee too. */
function short(): string {
	const reference = told('2026-09-01');
	answerAudit(me('2026-09-20'), reference, { act: 'send', version: 0, words: '', files: [] });
	const bob = seats.members[1] as Someone;
	place.ctx.db.sql
		.prepare("INSERT INTO role_grant (id, person_id, role, from_on, granted_by, reason) VALUES ('b', ?, 'auditor', '2000-01-01', 'test', 'test')")
		.run(bob.id);
	for (const [index, id] of [colleague(place.ctx.db, 'Ada', 'auditor'), bob.id].entries()) {
		assignAudit(office(FOUND_ON), reference, { ...seen(reference), person: id });
		const auditor = who(id, 'auditor', FOUND_ON);
		declareOnAudit(auditor, reference, { declared: 'none', words: '' });
		if (index === 0) findShort(auditor, reference, { ...seen(reference), words: 'Half of the hours are missing.' });
		else secondAudit(auditor, reference, { ...seen(reference), words: 'I see it so too.', agrees: 'yes' });
	}
	return reference;
}
/** A meeting that is called, with nothing on its agenda yet. */
function called(heldOn = HELD_ON): string {
	const { officer, chair, members, lay, secretary } = seats;
	const seated = { chair: chair.id, members: members.map(({ id }) => id), lay: [lay.id], secretary: secretary.id };
	return callMeeting(officer.ctx, { id: newId(), kind: 'ordinary', heldOn, place: 'By video', shortNotice: 'The day is near.', ...seated });
}
/** The room of a meeting whose papers went out, on its day. */
function room(meeting: string, day = HELD_ON) {
	const there = roomOn(seats, meeting, day);
	sendPapers(seats.officer.ctx, meeting, { version: there.version(), shortNotice: 'Late' });
	there.open();
	return there;
}
const refer = (reference: string, meeting: string, day = TODAY) =>
	referAudit(office(day), reference, { ...seen(reference), meeting, words: 'Two auditors found it short.' });

describe('an audit before the committee', () => {
	test('keeps out of the vote whom the record ties to the member or who looked at it, without their saying so', () => {
		const [mary, max] = seats.members as [Someone, Someone];
		supervises(place.ctx.db, mary.id, person);
		const reference = short();
		const meeting = called();
		refer(reference, meeting);
		const found = place.ctx.db.sql.prepare('SELECT person_id FROM meeting_interest WHERE is_found = 1').pluck().all();
		expect(found.sort()).toEqual([mary.id, max.id].sort());
		const table = room(meeting);
		for (const one of [mary, max]) {
			expect(itemView(table.on(one), table.place(1))).toMatchObject({ isHidden: true, part: 'recused', applicant: '' });
			expect(openReferredPaper(table.on(one), table.place(1))).toBeNull();
			expect(() => table.declare(one, 1)).toThrow('no part');
		}
		const item = place.ctx.db.sql.prepare('SELECT id FROM meeting_item').pluck().get();
		for (const { id } of [mary, max])
			expect(() => place.ctx.db.sql.prepare("INSERT INTO vote (item_id, person_id, choice, cast_at) VALUES (?, ?, 'agree', 0)").run(item, id)).toThrow(
				/interests|room/,
			);
	});

	test('is voted on with its paper open, and what was resolved takes effect: it stays, and can still be carried out once only', () => {
		const reference = short();
		sayInAudit(me('2026-10-20'), reference, { version: 0, words: 'I was ill from May to August.' });
		const meeting = called();
		refer(reference, meeting);
		const table = room(meeting);
		expect(openReferredPaper(table.on(seats.chair), table.place(1))).toBeNull();
		expect(() => resolveAudit(office(HELD_ON), reference, { ...seen(reference), words: 'x' })).toThrow('not resolved this yet');
		const voters = [seats.chair, seats.members[0] as Someone, seats.lay];
		for (const one of voters) table.declare(one, 1);
		const paper = openReferredPaper(table.on(seats.chair), table.place(1));
		expect(paper).toMatchObject({ member: 'Mary Member', reference, found: ['Half of the hours are missing.', 'I see it so too.'] });
		expect(paper?.said.map(({ words }) => words)).toEqual(['I was ill from May to August.']);
		table.declare(seats.secretary, 1);
		table.openItem(1);
		for (const one of voters) table.vote(one, 1, 'agree');
		table.resolve(1, '', { words: 'The view of the auditors stands.' });
		const resolution = place.ctx.db.sql.prepare("SELECT resolution FROM meeting_item WHERE kind = 'audit'").pluck().get();
		expect(resolution).toContain('The view of the auditors stands.');
		const carry = { ...seen(reference), words: 'As resolved.' };
		resolveAudit(office(HELD_ON), reference, carry);
		expect(find(reference).state).toMatchObject({ phase: 'not_satisfied', isFinal: true });
		expect(tellAudit(find(reference).state)).toContain('The committee has decided');
		expect(() => resolveAudit(office(HELD_ON), reference, carry)).toThrow('just done something');
		expect(() => sayInAudit(me(HELD_ON), reference, { version: 1, words: 'Too late.' })).toThrow('nothing to say');
	});

	test('is set aside when the committee does not agree', () => {
		const reference = short();
		const meeting = called();
		refer(reference, meeting);
		const table = room(meeting);
		table.allVote(1, 'disagree', [seats.chair, seats.members[0] as Someone, seats.lay]);
		table.resolve(1, '', { words: 'The log shows enough.' });
		resolveAudit(office(HELD_ON), reference, { ...seen(reference), words: 'As resolved.' });
		expect(find(reference).state).toMatchObject({ phase: 'satisfied', isFinal: true });
	});

	test('waits for the member’s 28 days, unless they have spoken; and goes to the next meeting when one did not come to it', () => {
		const reference = told('2026-08-17');
		const late = addDays('2026-08-17', 42 + 15);
		const early = called('2026-11-19');
		const far = called('2026-12-10');
		expect(late < TODAY).toBe(true);
		expect(() => refer(reference, early)).toThrow('may say something until 30 November 2026');
		refer(reference, far);
		expect(find(reference).state).toMatchObject({ phase: 'referred', sayFromOn: TODAY });
		expect(() => referAuditAgain(office(), reference, { ...seen(reference), meeting: far })).toThrow('on an agenda already');
		const table = room(far, '2026-12-10');
		putOver(table.on(seats.chair), table.place(1), { version: table.itemVersion(1), reason: 'No time was left.' });
		expect(() => referAuditAgain(office(), reference, { ...seen(reference), meeting: early })).toThrow('may say something');
		sayInAudit(me(), reference, { version: 0, words: 'My post went to an old address.' });
		referAuditAgain(office(), reference, { ...seen(reference), meeting: early });
		expect(() => referAuditAgain(office(), reference, { ...seen(reference), meeting: early })).toThrow('on an agenda already');
	});
});

test('a re-accreditation is refused by a vote only, without whoever assessed it', async () => {
	const { db } = place.ctx;
	await tendRenewals(place.ctx);
	const standing = () => {
		const found = renewalOf(place.ctx, person);
		if (!found) throw new Error('Their window is not open.');
		return found;
	};
	const { reference } = standing().renewal;
	const see = () => ({ seen: standing().seen });
	submitRenewal(me(), { ...see(), practises: 'yes', practice: 'Two days a week.', declare: renewalRules(db, TODAY).declaration });
	const mary = seats.members[0] as Someone;
	db.sql
		.prepare("INSERT INTO role_grant (id, person_id, role, from_on, granted_by, reason) VALUES ('r', ?, 'assessor', '2000-01-01', 'test', 'test')")
		.run(mary.id);
	assignRenewal(office(), reference, { ...see(), person: mary.id });
	declareOnRenewal(who(mary.id, 'assessor'), reference, { declared: 'none', words: '' });
	putRenewalToCommittee(who(mary.id, 'assessor'), reference, { ...see(), words: 'No supervision in five years.' });
	const meeting = called();
	referRenewal(office(), reference, { ...see(), meeting });
	const table = room(meeting);
	expect(itemView(table.on(mary), table.place(1))).toMatchObject({ part: 'recused', isHidden: true });
	const voters = [seats.chair, seats.members[1] as Someone, seats.lay];
	for (const one of [...voters, seats.secretary]) table.declare(one, 1);
	expect(openReferredPaper(table.on(seats.chair), table.place(1))).toMatchObject({ reference, found: ['No supervision in five years.'], said: [] });
	expect(itemView(table.on(seats.chair), table.place(1)).applicant).toBe('Mary Member');
	table.openItem(1);
	for (const one of voters) table.vote(one, 1, 'agree');
	table.resolve(1, '', { words: 'It is refused.' });
	resolveRenewal(office(HELD_ON), reference, { ...see(), words: 'No supervision was shown.' });
	expect(standing().phase).toBe('refused');
});
