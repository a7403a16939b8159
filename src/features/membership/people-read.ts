import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { canReadFiles } from './people-policy.ts';

/** Writes into the audit that the actor has read someone's file: once a reader, person and day. @throws Forbidden */
export function noteFileRead(ctx: Ctx, personId: string): void {
	allow(canReadFiles(ctx.actor));
	const readerId = personOf(ctx).personId;
	const known = 'SELECT 1 FROM file_read WHERE reader_id = ? AND person_id = ? AND day = ?';
	if (prepared(ctx.db.sql, known).get(readerId, personId, ctx.today)) return;
	commit(ctx, { name: 'read a file' }, (tx) => {
		const insert = 'INSERT INTO file_read (reader_id, person_id, day) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
		prepared(tx.db.sql, insert).run(readerId, personId, ctx.today);
		record(tx, 'person.file_read', { type: 'person', id: personId });
	});
}
