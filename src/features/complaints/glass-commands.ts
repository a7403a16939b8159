import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { allow, hasRole, isStaff, personOf, requireProof } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { glassBroken } from './access-mails.ts';
import { putAccess } from './access-put.ts';
import { postTo } from './message-post.ts';
import { rulesOf } from './rules.ts';
import { interestsIn } from './sight.ts';

/** A glass that was broken: nobody is named. `reference` is for whoever reports on them, and for no public page. */
export type GlassLine = { reference: string; at: number; untilAt: number };

/** May the actor break a glass at all? */
export function canBreakGlass(ctx: Pick<Ctx, 'actor'>): boolean {
	return isStaff(ctx.actor) && hasRole(ctx.actor, 'administrator');
}

/**
 * Opens a case to an administrator in an emergency: for two hours, to read and no more. Its owner is told at once, and it stands in the report
 * of the year. @throws Forbidden, SignInRequired (recent proof); Invalid for no such case, which is also said of one that ties them
 */
export function breakGlass(ctx: Ctx, { reference, reason }: { reference: string; reason: string }): void {
	allow(canBreakGlass(ctx));
	requireProof(ctx, true);
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'break the glass' }, (tx) => {
		const find = prepared(tx.db.sql, 'SELECT id, rules_version AS version, owner_id AS ownerId FROM concern WHERE reference = ?');
		const found = find.get(reference) as { id: string; version: string; ownerId: string | null } | undefined;
		const isShut = interestsIn(tx.db, found?.id ?? '', personId).length > 0 || prepared(tx.db.sql, RECUSED).get(found?.id ?? '', personId) !== undefined;
		if (!found || isShut) throw new Invalid('reference', 'There is no such case.');
		const { id, ownerId } = found;
		const untilAt = ctx.now + Math.min(2, rulesOf(tx.db, found.version).breakGlassHours) * 3_600_000;
		const accessId = putAccess(tx, { concernId: id, personId, capacity: 'break_glass', untilAt, grantedBy: personId, declared: 'none' });
		sealText(tx, id, `glass:${accessId}`, reason);
		record(tx, 'concern.glass_broken', { type: 'concern', id }, {});
		if (ownerId !== null) postTo(tx, ownerId, (to) => glassBroken(ctx.settings, { key: accessId }, to));
	});
}

/** The glasses broken in a year, for its report. Never authorises. @param year such as 2026 */
export function glassesIn({ db }: Pick<Ctx, 'db'>, year: number): GlassLine[] {
	const text = `SELECT c.reference, a.from_at AS at, a.until_at AS untilAt FROM concern_access a JOIN concern c ON c.id = a.concern_id
		WHERE a.capacity = 'break_glass' AND a.from_at >= ? AND a.from_at < ? ORDER BY a.from_at`;
	return prepared(db.sql, text).all(Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)) as GlassLine[];
}

const RECUSED = "SELECT 1 FROM concern_access WHERE concern_id = ? AND person_id = ? AND end_reason = 'recused'";
