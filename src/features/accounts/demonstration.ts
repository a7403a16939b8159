import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { openAccount } from './account-commands.ts';
import type { Cookies } from './cookies.ts';
import { beginSession } from './session.ts';

/**
 * Demonstration mode only: signs the visitor in as a person, with a second step taken as given. An account is opened where there is none.
 * @throws NotFound outside demonstration mode, whatever page asks.
 */
export async function becomePerson(ctx: Ctx, cookies: Cookies, personId: string): Promise<void> {
	if (!ctx.settings.demo) throw new NotFound('There is no such page.');
	const accountId = commit(ctx, { name: 'become someone in the demonstration' }, (tx) => {
		const person = prepared(tx.db.sql, 'SELECT email FROM person WHERE id = ?').get(personId) as { email: string | null } | undefined;
		if (!person) throw new NotFound('There is no such person in the demonstration.');
		const known = prepared(tx.db.sql, 'SELECT id FROM account WHERE person_id = ?').pluck().get(personId) as string | undefined;
		const id = known ?? openAccount(tx, personId, person.email ?? `${personId}@demo.example`, null);
		record(tx, 'account.signed_in', { type: 'person', id: personId }, { method: 'demonstration' });
		return id;
	});
	await beginSession(ctx, cookies, { accountId, level: 2, method: 'demonstration', deviceId: null, deviceLabel: 'The demonstration' });
}
