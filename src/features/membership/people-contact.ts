import { z } from 'zod';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { isFilled, isTelephone, line } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { PersonFile } from './people-file.ts';
import { canKeepFile } from './people-policy.ts';
import { changePerson, type PersonDetails } from './person-commands.ts';

const orNull = (typed: string) => typed || null;

/** How to reach someone, corrected by the office. `version` is that of the file as it was read. */
export const contactForm = z.object({
	title: line(30, 'Use 30 characters or fewer.').transform(orNull),
	email: line(254, 'This address is too long.')
		.refine((typed) => typed === '' || isMailAddress(typed), 'Enter one e-mail address, such as name@example.org.')
		.transform((typed) => orNull(typed.toLowerCase())),
	phone: line(40, 'Use 40 characters or fewer.')
		.refine((typed) => typed === '' || isTelephone(typed), 'Enter a telephone number, such as 020 7946 0123.')
		.transform(orNull),
	reason: line(300, 'Use 300 characters or fewer.').refine(isFilled, 'Say why, and how you made sure who asked.'),
	version: z.coerce.number().int(),
});

/**
 * Corrects how to reach someone. The address of someone with an account is how they sign in: that changes by way of the account only.
 * @throws Forbidden, Invalid, Conflict when somebody else changed the file meanwhile
 */
export function correctContact(ctx: Ctx, file: Pick<PersonFile, 'personId' | 'account' | 'email'>, input: z.output<typeof contactForm>): void {
	allow(canKeepFile(ctx.actor, file.personId));
	const { title, email, phone } = input;
	if (file.account && email !== file.email)
		throw new Invalid('email', 'They sign in with this address: change it under “account”, where its owner is told and can object.');
	commit(ctx, { name: 'correct contact', reason: input.reason }, (tx) => {
		const read = 'SELECT title, email, phone, version FROM person WHERE id = ?';
		const now = prepared(tx.db.sql, read).get(file.personId) as Pick<PersonDetails, 'title' | 'email' | 'phone'> & { version: number };
		if (now.version !== input.version) throw new Conflict('Somebody else has changed this file meanwhile. Look at it again: what you typed is still here.');
		changePerson(tx, file.personId, { title, email, phone });
	});
}
