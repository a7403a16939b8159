import type { Ctx } from '#core/ctx.ts';
import { openTexts } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';

/** A document of a concern, for whoever gave it. `state`: only what is `ready` opens. */
export type CaseFile = { id: string; name: string; bytes: number; type: string; state: 'ready' | 'being_checked' | 'quarantined' };
type Row = { id: string; bytes: number; type: string; scannedAt: number | null; quarantinedAt: number | null };

/** What the complainant gave, oldest first. Never authorises: whoever asks holds the concern open. */
export function filesFor(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): CaseFile[] {
	const rows = prepared(ctx.db.sql, GIVEN).all(concernId) as Row[];
	const names = openTexts(
		ctx,
		concernId,
		rows.map(({ id }) => `file:${id}:name`),
	);
	return rows.map(({ id, bytes, type, scannedAt, quarantinedAt }) => {
		const state = quarantinedAt !== null ? 'quarantined' : scannedAt === null ? 'being_checked' : 'ready';
		return { id, bytes, type, state, name: names.get(`file:${id}:name`) ?? 'A document' };
	});
}

const GIVEN = `SELECT id, bytes, type, scanned_at AS scannedAt, quarantined_at AS quarantinedAt FROM concern_file
	WHERE concern_id = ? AND lane = 'complainant' AND removed_at IS NULL ORDER BY added_at, id`;
