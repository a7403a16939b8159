import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import type { Moved } from './merge-rows.ts';

/** What has to be settled before two files can be brought together, in words; empty when nothing stands in the way. Never authorises. */
export function mergeObstacles(ctx: Ctx, loserId: string, winnerId: string): string[] {
	const [loser, winner] = [factsFor(ctx, loserId), factsFor(ctx, winnerId)];
	return [
		loser.hasAccount && winner.hasAccount && 'Both have an account that can be used. Close one of them first.',
		loser.hasAccount &&
			winner.hasClosedAccount &&
			'The account of the file that is to stand is closed, the other one is open: bring them together the other way round.',
		loser.hasOrder && 'An order of the register is open on the file that would go. Bring them together the other way round, or have it closed first.',
		loser.diedOn !== winner.diedOn && loser.diedOn !== null && 'One of them is recorded as having died, the other is not, or on another day.',
		loser.isStaff && 'The file that would go belongs to someone who works for the office. End their roles first.',
	].filter((said): said is string => said !== false);
}

/** What is under way in both files: there can be one only. */
const ONE_ONLY: Record<string, string> = {
	membership_application: 'Both have an application for membership that is open.',
	membership_purchase: 'Both have something ordered that is not paid.',
	membership_leave_request: 'Both have asked for leave.',
	change_request: 'Both have asked for the same change.',
};

/** What the schema would not let move, and must not stay. */
export function obstaclesIn({ stayed }: Moved): string[] {
	return stayed.flatMap(({ table }) => (ONE_ONLY[table] ? [`${ONE_ONLY[table]} Settle one of them first.`] : []));
}

type Facts = { hasAccount: boolean; hasClosedAccount: boolean; hasOrder: boolean; isStaff: boolean; diedOn: string | null };

function factsFor({ db, today }: Ctx, personId: string): Facts {
	const has = (text: string, ...values: string[]) =>
		prepared(db.sql, text)
			.pluck()
			.get(...values) !== undefined;
	return {
		hasAccount: has('SELECT 1 FROM account WHERE person_id = ? AND disabled_at IS NULL', personId),
		hasClosedAccount: has('SELECT 1 FROM account WHERE person_id = ? AND disabled_at IS NOT NULL', personId),
		hasOrder: has('SELECT 1 FROM register_order WHERE person_id = ? AND outcome IS NULL AND (to_on IS NULL OR to_on >= ?)', personId, today),
		isStaff: has('SELECT 1 FROM role_grant WHERE person_id = ? AND (to_on IS NULL OR to_on >= ?)', personId, today),
		diedOn: (prepared(db.sql, 'SELECT died_on FROM person WHERE id = ?').pluck().get(personId) as string | null | undefined) ?? null,
	};
}
