import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import type { Moved } from './merge-rows.ts';
import { mergeTies } from './merge-ties.ts';

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
		...mergeTies(ctx.db, loserId, winnerId),
	].filter((said): said is string => said !== false);
}

/** What is under way in both files: there can be one only. */
const ONE_ONLY: Record<string, string> = {
	membership_application: 'Both have an application for membership that is open.',
	membership_purchase: 'Both have something ordered that is not paid.',
	membership_leave_request: 'Both have asked for leave.',
	change_request: 'Both have asked for the same change.',
	accreditation_application: 'Both have an application for the same accreditation that is open.',
	renewal: 'Both have a re-accreditation that is under way.',
};

/** What two people may do and one may not: it stays as it was done, and somebody has to look at it. */
const DONE_TWICE: Record<string, string> = {
	accreditation_assessor: 'Both were given the same application to assess.',
	vote: 'Both voted on the same item of a meeting.',
	meeting_member: 'Both have a seat in the same meeting.',
	meeting_interest: 'Both said of the same item of a meeting what ties them to it.',
	meeting_advice: 'Both advised the committee on the same application.',
	renewal_support: 'Both were asked to speak for the same member.',
	upkeep_reviewer: 'Both were given the same re-accreditation or audit to look at.',
	decision_undo: 'One of them asked to undo a decision, and the other confirmed it.',
	renewal_extension: 'One of them asked for more time for a member, and the other confirmed it.',
	concern_order: 'One of them wrote an order or checked it, and the other published it.',
	concern_order_end: 'One of them proposed the end of an order, and the other agreed.',
	cpd_audit_ask: 'Both agreed to excuse the same member from an audit.',
};

/** What the schema would not let move, and must not stay. */
export function obstaclesIn({ stayed }: Moved): string[] {
	return stayed.flatMap(({ table }) => {
		if (ONE_ONLY[table]) return [`${ONE_ONLY[table]} Settle one of them first.`];
		return DONE_TWICE[table] ? [`${DONE_TWICE[table]} That takes two people: if they are one, put it right first.`] : [];
	});
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
