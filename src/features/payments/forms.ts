import { z } from 'zod';
import { isFilled, last, line } from '#core/fields.ts';
import { newToken } from '#core/ids.ts';
import { penceFrom } from '#core/money.ts';
import { readDay } from '#core/read-day.ts';

/** `75`, `75.50`, `£1,075.50` → pence. */
const money = line(20, 'Enter an amount, such as 75.00.')
	.transform((typed) => penceFrom(typed))
	.refine((pence): pence is number => pence !== null && pence > 0, 'Enter an amount in pounds and pence, such as 75.00.')
	.transform(Number);

const day = (message: string) =>
	line(40, message).transform((typed, check) => {
		const read = readDay(typed);
		if ('day' in read) return read.day;
		check.addIssue({ code: 'custom', message });
		return z.NEVER;
	});

/** Made with the form, so that sending it twice counts once. */
const repeatKey = z.preprocess(
	last,
	z
		.string()
		.regex(/^[\w-]{8,100}$/)
		.catch(() => newToken()),
);

const reason = (missing: string) => line(500, 'Shorten it to 500 characters.').refine(isFilled, missing);
const reference = line(100, 'Shorten the reference to 100 characters.');
const version = z.preprocess(last, z.coerce.number().int().catch(0));

/** Money that came outside the website. */
export const recordForm = z.object({
	amount: money,
	receivedOn: day('Enter the day the money came, such as 20/11/2026.'),
	way: z.preprocess(last, z.enum(['bank_transfer', 'cheque'], 'Choose how it was paid.')),
	reference: reference.refine(isFilled, 'Enter what the bank statement says, or the number of the cheque.'),
	repeatKey,
});

export const refundForm = z.object({
	amount: money,
	reason: reason('Say why it is given back.'),
	reference,
	repeatKey,
	/** Null where it was left open. */
	membership: z.preprocess(last, z.enum(['stays', 'ends']).nullable().catch(null)),
});

export const voidForm = z.object({ reason: reason('Say why the invoice is taken back.'), version });

export const transferForm = z.object({
	amount: money,
	receivedOn: day('Enter the day the money came, such as 20/11/2026.'),
	reference: reference.refine(isFilled, 'Enter what the bank statement says.'),
	repeatKey,
});

export const lookForm = z.object({ note: reason('Say what you found and what was done.') });

export const concessionForm = z.object({
	who: line(254, 'Shorten it.').refine(isFilled, 'Enter their register number, or the e-mail address of their account.'),
	fromOn: day('Enter the first day, such as 01/01/2027.'),
	toOn: day('Enter the last day, such as 31/12/2027.'),
	reason: reason('Say why: it is kept with the grant.'),
});

export const endConcessionForm = z.object({ version });

export const exportForm = z.object({ fromOn: day('Enter the first day, such as 01/01/2026.'), toOn: day('Enter the last day, such as 31/12/2026.') });
