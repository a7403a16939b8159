import { test } from 'vitest';
import { casework } from '#features/complaints/index.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const settings = { ...readSettings({}), publicOrigin: 'https://register.example' };
const { accessGiven, glassBroken, wordsWaiting } = casework.accessMails;

test.each([accessGiven, glassBroken, wordsWaiting])('a message about a case says neither which, nor that it is one', (make) => {
	expectGoldenMail(make(settings, { key: 'k' }, 'somebody@office.example'));
});
