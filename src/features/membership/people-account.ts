import { z } from 'zod';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { isFilled, line } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';
import { allow } from '#core/policy.ts';
import { changeEmailByStaff, disableAccount, enableAccount, inviteToClaim } from '#features/accounts/index.ts';
import { mailAddressOf } from './contact.ts';
import type { PersonFile } from './people-file.ts';
import { canKeepAccount } from './people-policy.ts';

const reason = line(300, 'Use 300 characters or fewer.').refine(isFilled, 'Say why, and how you made sure who asked.');

/** What the office may do about someone's account. */
export const accountActForm = z.discriminatedUnion('act', [
	z.object({ act: z.literal('invite') }),
	z.object({
		act: z.literal('address'),
		newEmail: line(254, 'This address is too long.').refine(isMailAddress, 'Enter one e-mail address, such as name@example.org.'),
		reason,
	}),
	z.object({ act: z.literal('close'), reason }),
	z.object({ act: z.literal('open'), reason }),
]);

/** A second member of staff confirms a change of address, or turns it down. */
export const secondAddressForm = z.discriminatedUnion('act', [
	z.object({ act: z.literal('confirm'), id: z.string().max(60) }),
	z.object({ act: z.literal('turn_down'), id: z.string().max(60), reason: line(300, 'Use 300 characters or fewer.').refine(isFilled, 'Say why.') }),
]);

/**
 * Invites someone to their account, asks to change its address (a second person confirms it, then it takes effect in a day), closes it or opens it again.
 * @returns the word by which the file says what was done. @throws Forbidden, SignInRequired (recent proof), Invalid, Conflict, NotFound
 */
export function actOnAccount(ctx: Ctx, file: Pick<PersonFile, 'personId' | 'account'>, input: z.output<typeof accountActForm>): string {
	allow(canKeepAccount(ctx.actor, file.personId));
	const { personId } = file;
	if (input.act === 'invite') return invite(ctx, file);
	if (input.act === 'close') disableAccount(ctx, personId, input.reason);
	else if (input.act === 'open') enableAccount(ctx, personId, input.reason);
	else changeEmailByStaff(ctx, { personId, newEmail: input.newEmail, reason: input.reason });
	return { close: 'closed', open: 'opened', address: 'address' }[input.act];
}

function invite(ctx: Ctx, { personId, account }: Pick<PersonFile, 'personId' | 'account'>): string {
	if (account) throw new Conflict('They have an account already.');
	const email = mailAddressOf(ctx.db, personId);
	if (!email) throw new Invalid('act', 'There is no e-mail address on file for them.');
	commit(ctx, { name: 'invite to an account' }, (tx) => inviteToClaim(tx, personId, email));
	return 'invited';
}
