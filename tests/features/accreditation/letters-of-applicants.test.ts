import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storeUpload } from '#core/files.ts';
import {
	actsOf,
	askForMore,
	closeMeeting,
	itemsOf,
	type LetterInput,
	letterForm,
	lettersPossible,
	readOwnFile,
	recordLetter,
	reviewOf,
	sightOf,
	standingByReference,
	trackerOf,
} from '#features/accreditation/index.ts';
import { pdf } from '#tests/core/files/corpus.ts';
import { aPerson, onDay, type Someone } from '#tests/helpers/application.ts';
import { type Assessing, castOf, inAssessment, seen, stateNow } from '#tests/helpers/assessing.ts';
import { aCommittee, aMeeting, HELD_ON, inPanel, roomOn } from '#tests/helpers/committee.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let place: TestRegister;
beforeEach(() => {
	place = registerIn('2026-11-02');
});
afterEach(() => place.close());

const error = (status: number, more = {}) => expect.objectContaining({ status, ...more });
const mails = (kind: string) => place.ctx.db.sql.prepare('SELECT count(*) FROM outbox WHERE kind = ?').pluck().get(kind);
const letter = (reference: string, more: Partial<LetterInput>): LetterInput => ({
	seen: seen(place.ctx, reference),
	kind: 'withdraw',
	receivedOn: '2026-11-02',
	words: '',
	answers: [],
	grounds: [],
	files: [],
	...more,
});

describe('a letter of somebody whose application is under way', () => {
	let cast: Assessing;
	let reference: string;
	beforeEach(() => {
		cast = castOf(place.ctx);
		reference = inAssessment(cast);
	});
	const may = (who: Someone) => lettersPossible(who.ctx, sightOf(who.ctx, reference));

	test('brings the answers to what was asked, with what was enclosed, which is theirs', async () => {
		const ask = (question: string) => ({ section: 'course', criterion: 'enough', reason: 'evidence_missing', question });
		askForMore(cast.lead.ctx, reference, { seen: seen(place.ctx, reference), items: [ask('The certificate?'), ask('Who led it?')] });
		expect([may(cast.officer), may(cast.lead)]).toEqual([['answers', 'withdraw'], []]);
		const { application } = standingByReference(place.ctx.db, reference);
		const file = new File([new Uint8Array(pdf({ text: 'x' }))], 'certificate.pdf');
		const { id } = await storeUpload(cast.officer.ctx, file, { purpose: 'application_evidence', ownerPersonId: application.personId, field: 'files' });
		recordLetter(cast.officer.ctx, reference, letter(reference, { kind: 'answers', answers: ['Enclosed.', 'Rob.'], files: [id] }));
		expect(itemsOf(place.ctx.db, application.id).map(({ answer, fileId, answeredAt }) => [answer, fileId, answeredAt !== null])).toEqual([
			['Enclosed.', id, true],
			['Rob.', null, true],
		]);
		expect([stateNow(place.ctx, reference).phase, mails('accreditation.answers-received')]).toEqual(['assessment', 1]);
		expect((await readOwnFile(cast.applicant.ctx, reference, id)).name).toBe('certificate.pdf');
		const [last] = trackerOf(cast.applicant.ctx, standingByReference(place.ctx.db, reference)).history;
		expect(last?.words).toContain('Your letter said so; the office typed it in.');
	});

	test('takes it back; the applicant is told; nobody but an officer outside their circle types it in', () => {
		for (const who of [cast.lead, cast.applicant, aPerson(place.ctx, 'Cora', { roles: ['committee'] })])
			expect(() => recordLetter(who.ctx, reference, letter(reference, {}))).toThrow(error(404));
		expect(actsOf(cast.officer.ctx, sightOf(cast.officer.ctx, reference)).map(({ act }) => act)).toContain('letter');
		expect(() => recordLetter(cast.officer.ctx, reference, letter(reference, { receivedOn: '2026-11-03' }))).toThrow(error(422, { field: 'receivedOn' }));
		expect(() => recordLetter(cast.officer.ctx, reference, letter(reference, { kind: 'review' }))).toThrow(error(409));
		const typed = letter(reference, { words: 'I am moving abroad.' });
		recordLetter(cast.officer.ctx, reference, typed);
		expect([stateNow(place.ctx, reference).phase, mails('accreditation.withdrawn')]).toEqual(['withdrawn', 1]);
		expect(() => recordLetter(cast.officer.ctx, reference, typed)).toThrow(error(409));
	});
});

test('a review that was asked for in time by post counts from the day the letter came, also when it is typed in later', () => {
	const [seats, applicant] = [aCommittee(place.ctx), aPerson(place.ctx, 'Ann')];
	const reference = inPanel(place.ctx, applicant);
	const meeting = aMeeting(seats, [reference]);
	const room = roomOn(seats, meeting);
	room.open();
	room.allVote(1, 'decline');
	room.resolve(1, reference, { reasons: ['standard_not_met'], words: 'Two cases are missing.' }, seats.chair);
	closeMeeting(room.on(seats.secretary), meeting, { version: room.version() });
	const officer = onDay(seats.officer.ctx, '2026-12-21');
	const review = (receivedOn: string) => letter(reference, { kind: 'review', receivedOn, grounds: ['procedure'], words: 'Nobody looked at case 4.' });
	expect(HELD_ON).toBe('2026-11-20');
	expect(() => recordLetter(officer, reference, review('2026-12-19'))).toThrow(error(409));
	recordLetter(officer, reference, review('2026-12-18'));
	const { state } = standingByReference(place.ctx.db, reference);
	expect([state.phase, reviewOf(place.ctx.db, state.decisionId)?.words]).toEqual(['review', 'Nobody looked at case 4.']);
	expect(mails('accreditation.review-asked')).toBe(1);
});

test('the form says beside the field what is missing', () => {
	const day = { 'receivedOn-day': '2', 'receivedOn-month': '11', 'receivedOn-year': '2026' };
	const fields = (typed: object) =>
		letterForm(2)
			.safeParse({ seen: '3', ...day, ...typed })
			.error?.issues.map(({ path }) => path[0]);
	expect(fields({})).toEqual(['kind']);
	expect(fields({ kind: 'answers', 'answer-1': 'x' })).toEqual(['answer-2']);
	expect(fields({ kind: 'review' })).toEqual(['grounds', 'words']);
	expect(fields({ kind: 'withdraw', 'receivedOn-day': '' })).toEqual(['receivedOn']);
	expect(fields({ kind: 'withdraw' })).toBeUndefined();
});
