import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { prepared } from '#db/prepared.ts';
import { accountOf, giveRole, inviteToClaim } from '#features/accounts/index.ts';
import { putPersonOnFile } from './person-commands.ts';

/**
 * A new installation has nobody who could give roles. The person whose address stands in the setting REGISTRAR_EMAIL becomes registrar,
 * once, as long as nobody holds that role or ever held it; they are put on file if need be and sent a link to claim their account.
 * @returns what happened, for the job's record.
 */
export function appointFirstRegistrar(ctx: Ctx): string {
	const { registrarEmail } = ctx.settings;
	if (registrarEmail === null) return 'nobody is named';
	if (prepared(ctx.db.sql, "SELECT 1 FROM role_grant WHERE role = 'registrar'").get()) return 'there is a registrar';
	commit(ctx, { name: 'appoint the first registrar', reason: 'REGISTRAR_EMAIL' }, (tx) => {
		const personId = onFile(ctx, registrarEmail) ?? putPersonOnFile(tx, NAME, { ...NOTHING, email: registrarEmail });
		giveRole(tx, { personId, role: 'registrar', fromOn: ctx.today, toOn: null, reason: 'First registrar, named in the settings' });
		if (!accountOf(ctx, personId)) inviteToClaim(tx, personId, registrarEmail);
	});
	return 'appointed';
}

/** They give their own name when they first sign in to their record. */
const NAME = { givenNames: 'First', familyName: 'Registrar' };
const NOTHING = { title: null, gender: null, phone: null, diedOn: null, importKey: null };

function onFile(ctx: Ctx, email: string): string | null {
	const rows = prepared(ctx.db.sql, 'SELECT id FROM person WHERE lower(email) = ? AND died_on IS NULL').pluck().all(mailboxKey(email)) as string[];
	return rows.length === 1 ? (rows[0] ?? null) : null;
}
