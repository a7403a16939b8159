import { sayDay } from '#core/dates.ts';
import type { Db } from '#db/client.ts';
import { share, sum, widthOf } from './report-figures.ts';
import { agreementByRoute, auditResults, draws, reasonsGiven, reviewResults } from './report-queries.ts';
import type { Range } from './report-range.ts';
import type { ReportTable } from './report-tables.ts';
import { agreementOf } from './sheet-agreement.ts';
import { standardVersions } from './standards-drafts.ts';

/** Reasons of refusals and of requests for more, the most frequent first. */
export function reasonsTable(db: Db, range: Range): ReportTable {
	const words = new Map(
		standardVersions(db)
			.toReversed()
			.flatMap(({ standards }) => standards.reasons.map(({ key, text }) => [key, text] as const)),
	);
	const given = reasonsGiven(db, range).map(({ reason, ...counts }) => ({ label: words.get(reason) ?? reason, ...counts }));
	const most = Math.max(0, ...given.map(({ refused, asked }) => refused + asked));
	return {
		key: 'reasons',
		title: 'Reasons',
		note: 'A refusal or a question may have several.',
		columns: ['Reason', 'In refusals', 'In requests for more'],
		rows: given.map(({ label, refused, asked }) => [label, refused, asked]),
		bars: given.slice(0, 8).map(({ label, refused, asked }) => ({
			label,
			words: `${refused} in refusals, ${asked} in requests`,
			width: widthOf(refused + asked, most),
			inner: widthOf(refused, most),
		})),
	};
}

/** How far two assessors who had not seen each other’s sheet agreed. */
export function agreementTable(db: Db, range: Range, titles: ReadonlyMap<string, string>): ReportTable {
	const marked = agreementByRoute(db, range);
	const routes = [...titles].flatMap(([key, label]) => {
		const pairs = marked
			.filter(({ route }) => route === key)
			.flatMap(({ first, second, count }) => Array<{ first: typeof first; second: typeof second }>(count).fill({ first, second }));
		return pairs.length === 0 ? [] : [{ label, ...agreementOf(pairs) }];
	});
	return {
		key: 'agreement',
		title: 'How far assessors agreed',
		note: 'Criteria that two marked without seeing each other’s sheet. Kappa leaves out what chance alone would bring: 1 is always, 0 no more than chance.',
		columns: ['Route', 'Criteria marked twice', 'Alike', 'Share', 'Kappa'],
		rows: routes.map(({ label, pairs, agreed, kappa }) => [label, pairs, agreed, share(agreed, pairs), kappa === null ? '–' : kappa.toFixed(2)]),
		bars: routes.map(({ label, pairs, agreed }) => ({ label, words: share(agreed, pairs), width: widthOf(agreed, pairs) })),
	};
}

const REVIEWS = { upheld: 'It stands', varied: 'Changed', quashed: 'Set aside, to be decided anew' } as const;

/** What reviews came to. */
export function reviewsTable(db: Db, range: Range): ReportTable {
	const results = reviewResults(db, range);
	const rows = (Object.keys(REVIEWS) as (keyof typeof REVIEWS)[]).map(
		(key) => [REVIEWS[key], results.find(({ result }) => result === key)?.count ?? 0] as const,
	);
	return {
		key: 'reviews',
		title: 'Reviews decided',
		note: 'Asked for by applicants, decided by people who had no part before.',
		columns: ['Result', 'How many'],
		rows,
		bars: [],
	};
}

const AUDITS: Record<string, string> = {
	selected: 'Begun',
	satisfied: 'Satisfied',
	action_plan: 'With a plan of what to mend',
	not_satisfied: 'Not satisfied',
	referred: 'Referred to the committee',
	excused: 'Excused',
};

/** What came of audits of CPD. */
export function auditsTable(db: Db, range: Range): ReportTable {
	const results = new Map(auditResults(db, range).map(({ kind, count }) => [kind, count]));
	const rows = Object.entries(AUDITS).map(([kind, label]) => [label, results.get(kind) ?? 0] as const);
	const most = Math.max(...rows.map(([, count]) => count));
	return {
		key: 'audits',
		title: 'CPD audits',
		note: 'What happened in these days; one audit may appear in several lines.',
		columns: ['What', 'How many'],
		rows: sum(rows.map(([, count]) => count)) === 0 ? [] : rows,
		bars: rows.map(([label, count]) => ({ label, words: String(count), width: widthOf(count, most) })),
	};
}

/** The samples drawn, with what anyone needs to see that the share was kept. */
export function drawsTable(db: Db, range: Range): ReportTable {
	const rows = draws(db, range).map(({ reference, purpose, drawnOn, percent, eligible, drawn }) => [
		reference,
		purpose === 'audit' ? 'CPD audit' : 'Re-accreditation',
		sayDay(drawnOn),
		eligible,
		`${percent} %`,
		drawn,
		share(drawn, eligible),
	]);
	return {
		key: 'draws',
		title: 'Samples drawn',
		note: 'Each by a seed that is published with it.',
		columns: ['Draw', 'For', 'On', 'Could be drawn', 'Meant', 'Drawn', 'Share'],
		rows,
		bars: [],
	};
}
