import { test } from 'vitest';
import { assignMails, checkMails, holdMails, roundMails, sheetMails } from '#features/accreditation/index.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const settings = { ...readSettings({}), publicOrigin: 'https://register.example' };
const about = { key: 'a1', reference: 'ACC-2026-0007' };
const TO = 'somebody@member.example';

test('messages about the completeness check read as they should', () => {
	const { foundComplete, sentBack } = checkMails;
	expectGoldenMail(foundComplete(settings, { ...about, dueOn: '2026-12-21' }, TO));
	expectGoldenMail(sentBack(settings, { ...about, dueOn: '2026-12-18' }, TO));
});

test('messages to assessors read as they should, and name no applicant', () => {
	const { askedToAssess, noLongerNeeded } = assignMails;
	const { lookAgain, sheetsAgreeToMend, sheetsOpen } = sheetMails;
	expectGoldenMail(askedToAssess(settings, { ...about, dueOn: '2026-12-21' }, TO));
	expectGoldenMail(noLongerNeeded(settings, about, TO));
	expectGoldenMail(lookAgain(settings, about, TO));
	expectGoldenMail(sheetsOpen(settings, about, TO));
	expectGoldenMail(sheetsAgreeToMend(settings, { ...about, criteria: 2 }, TO));
});

test('messages about what is asked for read as they should', () => {
	const { moreAsked, moreAskedReminder, answerOverdue, moreTimeGiven } = roundMails;
	const round = { ...about, dueOn: '2027-01-04' };
	expectGoldenMail(moreAsked(settings, { ...round, items: 2, round: 1 }, TO));
	expectGoldenMail(moreAskedReminder(settings, round, TO));
	expectGoldenMail(answerOverdue(settings, about, TO));
	expectGoldenMail(moreTimeGiven(settings, round, TO));
});

test('messages about holds read as they should', () => {
	const { putOnHold, takenOffHold } = holdMails;
	expectGoldenMail(putOnHold(settings, { ...about, untilOn: '2027-02-01' }, TO));
	expectGoldenMail(takenOffHold(settings, about, TO));
});
