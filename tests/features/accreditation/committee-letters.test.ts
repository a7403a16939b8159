import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
	mailCertificateReady,
	mailConditionDue,
	mailConditionJudged,
	mailCorrected,
	mailDecided,
	mailDeferred,
	mailReviewAsked,
} from '#features/accreditation/decision-mails.ts';
import { decisionLetterPdf, ownLetters, standingByReference } from '#features/accreditation/index.ts';
import { mailCalledOff, mailMeetingCalled, mailPapersReady, mailVotesAsked } from '#features/accreditation/meeting-mails.ts';
import { ownCertificate } from '#features/register/index.ts';
import { aPerson, onDay, type Someone } from '#tests/helpers/application.ts';
import { aCommittee, aMeeting, HELD_ON, inPanel, roomOn } from '#tests/helpers/committee.ts';
import { expectGolden, expectGoldenMail } from '#tests/helpers/golden.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let place: TestRegister;
let applicant: Someone;
beforeEach(() => {
	place = registerIn('2026-11-02');
	applicant = aPerson(place.ctx, 'Ann');
});
afterEach(() => place.close());

describe('messages', () => {
	const about = { key: 'k', reference: 'ACC-2026-0142' };
	test('to applicants say that there is something to read, and never what', () => {
		const { settings } = place.ctx;
		expectGoldenMail(mailDecided(settings, about, 'a@b.example'));
		expectGoldenMail(mailCertificateReady(settings, about, 'a@b.example'));
		expectGoldenMail(mailDeferred(settings, about, 'a@b.example'));
		expectGoldenMail(mailCorrected(settings, about, 'a@b.example'));
		expectGoldenMail(mailConditionDue(settings, { ...about, dueOn: '2027-02-01' }, 'a@b.example'));
		expectGoldenMail(mailConditionJudged(settings, { ...about, isMet: true }, 'a@b.example'));
		expectGoldenMail(mailConditionJudged(settings, { ...about, isMet: false }, 'a@b.example'));
		expectGoldenMail(mailReviewAsked(settings, { ...about, dueOn: '2027-01-07' }, 'a@b.example'));
	});

	test('to those at the table name nobody', () => {
		const meeting = { id: 'm', reference: 'MTG-2026-03', heldOn: '2026-12-10', place: 'By video' };
		const facts = { settings: place.ctx.settings, to: 'a@b.example', personId: 'p', meeting };
		expectGoldenMail(mailMeetingCalled({ ...facts, papersOn: '2026-11-26' }));
		expectGoldenMail(mailPapersReady(facts));
		expectGoldenMail(mailVotesAsked(facts));
		expectGoldenMail(mailCalledOff(facts));
	});
});

describe('the letter of a decision', () => {
	const decided = (choice: 'award' | 'award_with_conditions' | 'decline', more = {}) => {
		const seats = aCommittee(place.ctx);
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		room.open();
		room.allVote(1, choice);
		room.resolve(1, reference, more);
		return reference;
	};
	const textOf = (reference: string, day = HELD_ON) =>
		ownLetters(onDay(applicant.ctx, day), reference)
			.letters.map(({ title, blocks }) => `${title}\n\n${blocks.map((block) => JSON.stringify(block)).join('\n')}`)
			.join('\n\n')
			.replaceAll(reference, 'ACC-2026-0142');

	test('says what was decided, why, from when one may apply again and how a review is asked for, the same on every later day', () => {
		const reference = decided('decline', { reasons: ['standard_not_met', 'evidence_missing'], words: 'Two cases are missing.\n\nPlease do not lose heart.' });
		const letter = textOf(reference);
		expectGolden('letters/declined', `${letter}\n`);
		expect(textOf(reference, '2028-01-01')).toBe(letter);
	});

	test('with conditions lists each with its day', () => {
		const conditions = [{ words: 'Have one recording rated again.', dueOn: '2027-02-01' }];
		const reference = decided('award_with_conditions', { reasons: ['evidence_unclear'], words: 'Nearly all is there.', conditions });
		expectGolden('letters/conditional', `${textOf(reference)}\n`);
	});

	test('of an award is a tagged PDF, is nobody else’s, and the certificate can be printed at once', async () => {
		const reference = decided('award');
		const [letter] = ownLetters(onDay(applicant.ctx, HELD_ON), reference).letters;
		const pdf = await decisionLetterPdf(onDay(applicant.ctx, HELD_ON), letter as NonNullable<typeof letter>);
		expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
		expect(ownCertificate(onDay(applicant.ctx, HELD_ON))).toMatchObject({ kind: 'ready', accreditedSinceOn: HELD_ON });
		expect(() => ownLetters(aPerson(place.ctx, 'Eve').ctx, reference)).toThrow('There is no such application');
		expect(standingByReference(place.ctx.db, reference).state.outcome).toBe('awarded');
	});
});
