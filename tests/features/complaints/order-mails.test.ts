import { test } from 'vitest';
import { orderCare } from '#features/complaints/index.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const settings = { ...readSettings({}), publicOrigin: 'https://register.example' };
const { orderMails, conditionMails } = orderCare;
const about = { key: 'k', dueOn: '2027-03-01' };

test.each([orderMails.reviewComesUp, orderMails.reviewOverdue, orderMails.publicationDue, conditionMails.somethingDue, conditionMails.evidenceCame])(
	'a message about an order says that there is something, and nothing of it',
	(make) => {
		expectGoldenMail(make(settings, about, 'somebody@office.example'));
	},
);
