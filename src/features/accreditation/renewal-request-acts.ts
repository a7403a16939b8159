import type { Ctx } from '#core/ctx.ts';
import { SUPPORT_CHOICES } from './renewal-forms.ts';
import { letterForm, rightAddressForm } from './renewal-request-forms.ts';
import { takesWords } from './renewal-request-link.ts';
import { typeLetter, writeAgain } from './renewal-request-office.ts';
import { wordRequestsOn } from './renewal-request-queries.ts';
import type { RenewalSight } from './renewal-sight.ts';
import { type ActFile, type ActRow, area, choice } from './upkeep-act-parts.ts';

/** What the office does about the words that a re-accreditation asks for. */
export const WORD_ACTS: readonly ActRow<RenewalSight>[] = [
	{
		key: 'letter',
		who: 'officer',
		when: takesWords,
		title: 'Type in a letter about them',
		says: 'A supervisor or referee wrote on paper. If they were asked by a link, use the same name: the link ends.',
		button: 'Type it in',
		fields: [
			{ name: 'name', label: 'Who wrote it?', kind: 'text' },
			choice('answer', 'What do they say?', ...SUPPORT_CHOICES.map(({ value, label }) => [value, label] as [string, string])),
			area('What the letter says'),
		],
		schema: letterForm,
		run: typeLetter,
	},
	{
		key: 'address',
		who: 'officer',
		when: takesWords,
		title: 'Write again to somebody who was asked',
		says: 'At a corrected address. The earlier link ends.',
		button: 'Write to them',
		fields: (ctx: Ctx, { subject }: ActFile) => [
			{
				name: 'request',
				label: 'To whom?',
				kind: 'select',
				options: wordRequestsOn(ctx.db, subject.id)
					.filter(({ endedAt, sentAt }) => endedAt === null && sentAt !== null)
					.map(({ id, toName }) => ({ value: id, label: toName })),
			},
			{ name: 'email', label: 'Address', kind: 'text' },
		],
		schema: rightAddressForm,
		run: writeAgain,
	},
];
