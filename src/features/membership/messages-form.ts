import { z } from 'zod';
import { isFilled, line } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';

const address = line(254, 'The address is too long').pipe(z.string().refine(isMailAddress, 'Type one e-mail address, such as name@example.org'));
const reason = line(500, 'Say it in 500 characters').pipe(z.string().refine(isFilled, 'Say why'));

/** Sends a message again, or sets it aside. */
export const againForm = z.discriminatedUnion('act', [
	z.object({ act: z.literal('send'), to: address, reason }),
	z.object({ act: z.literal('set_aside'), to: z.unknown().optional(), reason }),
]);

/** Looks for the messages to one address. */
export const messagesToForm = z.object({ address });
