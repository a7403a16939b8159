import { addDays } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { accreditationItem } from '#db/schema/index.ts';
import type { NewItem } from './round-form.ts';
import type { Sheet } from './sheet-queries.ts';
import type { Standing } from './step.ts';

export type AskedItem = typeof accreditationItem.$inferSelect;

/** Everything an applicant was asked for, round by round. Never authorises. */
export function itemsOf(db: Db, applicationId: string): AskedItem[] {
	const text = `SELECT id, application_id AS applicationId, round, section, criterion, reason, question, asked_by AS askedBy, asked_at AS askedAt, due_on AS dueOn,
		answer, file_id AS fileId, answered_at AS answeredAt, version FROM accreditation_item WHERE application_id = ? ORDER BY round, asked_at, id`;
	return prepared(db.sql, text).all(applicationId) as AskedItem[];
}

/** The last day to answer a round that is asked today; null when three were asked. */
export function nextRoundDueOn({ state, standards }: Standing, today: string): string | null {
	const days = standards.limits.roundDays[state.rounds];
	return days === undefined ? null : addDays(today, days);
}

/** Questions that follow from what was marked as still to be mended, each place once. */
export function suggestedItems(sheets: readonly Sheet[]): NewItem[] {
	const fixable = sheets.flatMap(({ marks }) => marks.filter(({ mark }) => mark === 'fixable'));
	const byPlace = Map.groupBy(fixable, ({ section, criterion }) => `${section}.${criterion}`);
	return [...byPlace.values()].flatMap((marks) => {
		const [first] = marks;
		if (!first) return [];
		const question = [...new Set(marks.map(({ words }) => words))].filter(Boolean).join('\n');
		return [{ section: first.section, criterion: first.criterion, reason: first.reason ?? '', question }];
	});
}
