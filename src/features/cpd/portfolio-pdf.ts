import { sayDay, sayInstant } from '#core/dates.ts';
import type { Block, PdfText } from '#core/pdf.ts';
import { hoursOf, sayMinutes } from '#core/read-duration.ts';
import type { Settings } from '#settings';
import { CATEGORY_WORDS } from './kinds.ts';
import type { Portfolio, PortfolioEntry } from './portfolio-content.ts';
import { SESSION_STATE_WORDS, type SupervisionSession } from './supervision-entry.ts';
import { sayLength } from './supervision-view.ts';
import { KIND_OF_SUPERVISION } from './supervision-words.ts';

/** A portfolio as the text of a document. @param now milliseconds UTC, when it is made */
export function portfolioText(settings: Settings, portfolio: Portfolio, now: number): PdfText {
	const { name, number, year, entries, sessions } = portfolio;
	return {
		title: `CPD portfolio of ${name}, ${year.words}`,
		author: settings.organisation.name,
		footer: `CPD portfolio, ${year.words}. Made on ${sayInstant(now)}.`,
		blocks: [
			{ kind: 'heading', text: 'CPD portfolio', level: 1 },
			{ kind: 'facts', caption: 'Whose it is', rows: headRows(name, number, portfolio) },
			{ kind: 'heading', text: 'The rules of the year', level: 2 },
			{ kind: 'paragraph', text: year.verdict },
			...ruleTable(portfolio),
			{ kind: 'heading', text: 'Activities', level: 2 },
			...(entries.length === 0 ? [nothing('No activity is logged for this year.')] : [entryTable(entries), ...reflections(entries)]),
			{ kind: 'heading', text: 'Supervision received', level: 2 },
			...(sessions.length === 0 ? [nothing('No supervision is logged for this year.')] : [sessionTable(sessions)]),
		],
	};
}

function headRows(name: string, number: string | null, { year }: Portfolio): [string, string][] {
	const declared = year.declared ? `On ${sayInstant(year.declared.declaredAt)}; digest ${year.declared.digest}` : 'Not declared';
	return [
		['Name', name],
		['Register number', number ?? 'None'],
		['CPD year', year.words],
		['Rules', `Version ${year.standing.version}`],
		['Declared', declared],
		...(year.declared?.explanation ? [['What the member said', year.declared.explanation] as [string, string]] : []),
	];
}

function ruleTable({ year }: Portfolio): Block[] {
	if (year.figures.length === 0) return [];
	const rows = year.figures.map(({ title, needed, have, missing }) => [title, needed, have, missing === '0' ? 'Met' : `${missing} missing`]);
	const columns = [
		{ label: 'Rule', share: 4 },
		{ label: 'Needed', share: 1.3, isNumber: true },
		{ label: 'Have', share: 1.3, isNumber: true },
		{ label: '', share: 2 },
	];
	return [{ kind: 'table', caption: 'Each rule and where it stands', columns, rows }];
}

function entryTable(entries: readonly PortfolioEntry[]): Block {
	const total = entries.reduce((sum, e) => sum + (e.minutes ?? 0), 0);
	return {
		kind: 'table',
		caption: 'Activities of the year',
		columns: [
			{ label: 'Day', share: 2.2 },
			{ label: 'What', share: 4.4 },
			{ label: 'Kind', share: 3 },
			{ label: 'IPT', share: 0.8 },
			{ label: 'Hours', share: 1.1, isNumber: true },
		],
		rows: entries.map((e) => [
			e.doneOn ? sayDay(e.doneOn) : '',
			[e.title, e.provider].filter(Boolean).join('; '),
			e.category === null ? 'Brought forward' : CATEGORY_WORDS[e.category].label,
			e.isIpt || (e.iptMinutes ?? 0) > 0 ? 'Yes' : 'No',
			hoursOf(e.minutes ?? 0),
		]),
		foot: ['Together', '', '', '', hoursOf(total)],
	};
}

/** What was written about the activities, under each its title. */
function reflections(entries: readonly PortfolioEntry[]): Block[] {
	const written = entries.filter((e) => e.learned !== '' || e.changed !== '' || e.effect !== '');
	if (written.length === 0) return [];
	const parts = (e: PortfolioEntry): Block[] => [
		{ kind: 'heading', text: `${e.title}${e.doneOn ? `, ${sayDay(e.doneOn)}` : ''}`, level: 3 },
		...[
			['What I learned', e.learned],
			['What I do differently', e.changed],
			['What it means for my clients', e.effect],
		].flatMap(([label, said]): Block[] => (said ? [{ kind: 'paragraph', text: `${label}: ${said}` }] : [])),
	];
	return [{ kind: 'heading', text: 'Reflections', level: 2 }, ...written.flatMap(parts)];
}

function sessionTable(sessions: readonly SupervisionSession[]): Block {
	const counted = sessions.filter((s) => s.state !== 'replaced').reduce((sum, s) => sum + (s.ownMinutes ?? 0), 0);
	return {
		kind: 'table',
		caption: 'Sessions of the year',
		columns: [
			{ label: 'Day', share: 2.2 },
			{ label: 'Supervisor', share: 2.8 },
			{ label: 'Kind', share: 1.6 },
			{ label: 'Length', share: 2 },
			{ label: 'Own share', share: 2 },
			{ label: '', share: 2.2 },
		],
		rows: sessions.map((s) => [
			s.heldOn ? sayDay(s.heldOn) : '',
			s.supervisor ?? '',
			KIND_OF_SUPERVISION[s.kind],
			sayLength(s.minutes),
			s.ownMinutes === null ? '' : sayMinutes(s.ownMinutes),
			SESSION_STATE_WORDS[s.state].label,
		]),
		foot: ['Own share together', '', '', '', sayMinutes(counted), ''],
	};
}

function nothing(text: string): Block {
	return { kind: 'paragraph', text };
}
