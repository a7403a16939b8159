import { stringify } from 'csv-stringify/sync';
import { hoursOf } from '#core/read-duration.ts';
import { CATEGORY_WORDS, MODE_OPTIONS } from './kinds.ts';
import type { Portfolio, PortfolioEntry } from './portfolio-content.ts';
import { SESSION_STATE_WORDS, type SupervisionSession } from './supervision-entry.ts';
import { KIND_OF_SUPERVISION, MATERIAL_OF_SUPERVISION, MODE_OF_SUPERVISION } from './supervision-words.ts';

const COLUMNS = ['log', 'day', 'first day', 'what', 'kind', 'hours', 'hours on IPT', 'skills', 'provider or supervisor', 'how', 'state'];
const TEXTS = ['learned', 'changed', 'effect for clients', 'note', 'files'];

/**
 * A portfolio as CSV: one line an entry or session, days as `2026-11-22`, hours in figures. A cell that a spreadsheet would take for a
 * formula is made text; a byte order mark tells it the letters.
 */
export function portfolioCsv({ entries, sessions }: Portfolio): string {
	const rows = [[...COLUMNS, ...TEXTS], ...entries.map(entryRow), ...sessions.map(sessionRow)];
	return stringify(rows, { escape_formulas: true, bom: true });
}

function entryRow(e: PortfolioEntry): string[] {
	const mode = MODE_OPTIONS.find(({ value }) => value === e.mode)?.label ?? '';
	const kind = e.category === null ? 'Brought forward' : CATEGORY_WORDS[e.category].label;
	const iptMinutes = e.iptMinutes ?? (e.isIpt ? (e.minutes ?? 0) : 0);
	const facts = [e.doneOn ?? '', e.beganOn ?? '', e.title, kind, hours(e.minutes), hours(iptMinutes), e.isSkills ? 'yes' : 'no', e.provider, mode];
	return ['CPD', ...facts, e.frozenAt === null ? 'logged' : 'declared', e.learned, e.changed, e.effect, e.source ?? '', String(e.files)];
}

function sessionRow(s: SupervisionSession): string[] {
	const what = s.size === null ? 'Supervision' : `Supervision, ${s.size} people, ${hours(s.minutes)} hours in all`;
	const how = s.material === 'none' ? MODE_OF_SUPERVISION[s.mode] : `${MODE_OF_SUPERVISION[s.mode]}; own work used: ${MATERIAL_OF_SUPERVISION[s.material]}`;
	const facts = [s.heldOn ?? '', '', what, KIND_OF_SUPERVISION[s.kind], hours(s.ownMinutes), '', '', s.supervisor ?? '', how];
	return ['Supervision', ...facts, SESSION_STATE_WORDS[s.state].label, '', '', '', s.note, ''];
}

function hours(minutes: number | null): string {
	return minutes === null ? '' : hoursOf(minutes).replace(/,/g, '');
}
