import { holidaysOf } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concern, concernAllegation } from '#db/schema/index.ts';
import { type Promised, promisesOf } from './promises.ts';
import { type ConcernRules, rulesOf } from './rules.ts';
import { type State, type Step, stateOf } from './state.ts';

/** A case as figures know it: days and closed lists, no key, no reference, nobody. */
export type CountedCase = {
	about: (typeof concern.$inferSelect)['about'];
	source: (typeof concern.$inferSelect)['source'];
	categories: readonly (typeof concernAllegation.$inferSelect)['category'][];
	state: State;
	/** What lay behind it, said each time it was closed. */
	roots: readonly { root: string; onDay: string }[];
	promises: readonly Promised[];
};

/**
 * Every case that was ever sent, but those that tie somebody: a side of it, or of a side's own circle, or who stepped back, counts as if there
 * were none, so that no figure is ever the first to tell them. @param without null: for everybody alike. @param until how things stood at the end of that day
 */
export function countedCases(db: Db, { without, until }: { without: string | null; until: string }): CountedCase[] {
	const rows = prepared(db.sql, CASES).all({ me: without ?? '' }) as (Pick<CountedCase, 'about' | 'source'> & {
		id: string;
		version: string;
		categories: string;
	})[];
	const steps = stepsBy(db);
	const holidays = holidaysOf(db);
	const rules = new Map<string, ConcernRules>();
	return rows.flatMap(({ id, version, about, source, categories }) => {
		const known = rules.get(version) ?? rulesOf(db, version);
		rules.set(version, known);
		const own = (steps.get(id) ?? []).filter(({ onDay }) => onDay <= until);
		if (!own.some(({ kind }) => kind === 'sent')) return [];
		const one: CountedCase = {
			about,
			source,
			categories: JSON.parse(categories) as CountedCase['categories'],
			state: stateOf(own),
			roots: own.filter(({ kind }) => kind === 'closed').map(({ data, onDay }) => ({ root: String(data.root), onDay })),
			promises: promisesOf(own, known, holidays),
		};
		return [one];
	});
}

function stepsBy(db: Db): Map<string, Step[]> {
	const by = new Map<string, Step[]>();
	for (const row of prepared(db.sql, STEPS).all() as (Omit<Step, 'data'> & { concernId: string; data: string })[]) {
		const { concernId, data, ...step } = row;
		const own = by.get(concernId) ?? [];
		own.push({ ...step, data: JSON.parse(data) as Step['data'] });
		by.set(concernId, own);
	}
	return by;
}

const CASES = `SELECT c.id, c.about, c.source, c.rules_version AS version,
		(SELECT json_group_array(DISTINCT a.category) FROM concern_allegation a WHERE a.concern_id = c.id) AS categories
	FROM concern c WHERE c.reference IS NOT NULL
		AND c.id NOT IN (SELECT concern_id FROM concern_interest WHERE other_id = :me)
		AND c.id NOT IN (SELECT concern_id FROM concern_access WHERE person_id = :me AND end_reason = 'recused') ORDER BY c.id`;
const STEPS = `SELECT s.concern_id AS concernId, s.no, s.kind, s.at, s.on_day AS onDay, s.by_person AS byPerson, s.by_side AS bySide, s.data
	FROM concern_step s JOIN concern c ON c.id = s.concern_id WHERE c.reference IS NOT NULL ORDER BY s.concern_id, s.no`;
