import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import type { Merge } from './merge-commands.ts';
import { notedRows, takenIn } from './unmerge-rows.ts';

/** Why two files cannot be taken apart again, in words; empty when nothing stands in the way. Never authorises. */
export function unmergeObstacles(ctx: Ctx, { loserId, winnerId }: Merge): string[] {
	const has = (text: string, ...values: string[]) => prepared(ctx.db.sql, text).get(...values) !== undefined;
	if (!has('SELECT 1 FROM person_merge WHERE loser_id = ? AND winner_id = ?', loserId, winnerId)) return ['These two files have not been brought together.'];
	const rows = notedRows(ctx, loserId);
	return [
		takenIn(rows) === null && 'What would be needed was not noted when they were brought together: this cannot be undone by itself.',
		has('SELECT 1 FROM person_merge WHERE loser_id = ?', winnerId) &&
			'The file that stands has since been brought into another one itself. Take those apart first.',
		died(ctx, loserId) !== died(ctx, winnerId) && 'A death was recorded since. Have it taken back first, if it was not theirs.',
		has(NEW_AWARD, winnerId, loserId, loserId) && 'An award was given since under the number that would go back. End it, or correct it, first.',
	].filter((said): said is string => said !== false);
}

function died({ db }: Ctx, personId: string): string | null {
	return (prepared(db.sql, 'SELECT died_on FROM person WHERE id = ?').pluck().get(personId) as string | null | undefined) ?? null;
}

/** An award that did not come with the merge, of somebody whose only number did. */
const NEW_AWARD = `SELECT 1 FROM award a WHERE a.person_id = ?
	AND NOT EXISTS (SELECT 1 FROM person_merge_row m WHERE m.loser_id = ? AND m.table_name = 'award' AND m.what = 'moved' AND json_extract(m.row_before, '$.id') = a.id)
	AND EXISTS (SELECT 1 FROM person_merge_row n JOIN registration r ON r.number = json_extract(n.row_before, '$.number') AND r.person_id = a.person_id
		WHERE n.loser_id = ? AND n.table_name = 'registration' AND n.what = 'changed')`;
