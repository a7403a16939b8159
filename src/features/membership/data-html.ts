import { sayDay, sayInstant } from '#core/dates.ts';
import type { DataExport, DataRow, DataSection } from './data-export.ts';

/** The export as one page to read or print, without anything to fetch. Every value is escaped. */
export function dataAsHtml(data: DataExport): string {
	const rows = data.sections.reduce((sum, section) => sum + section.rows.length, 0);
	const contents = data.sections.map(({ table, title }) => `<li><a href="#${table}">${escaped(title)}</a></li>`).join('');
	return `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>What ${escaped(data.organisation)} holds about you</title>
<style>body{font:16px/1.5 sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}table{border-collapse:collapse;margin:0 0 1.5rem;width:100%}th,td{border:1px solid #888;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{width:14rem}</style></head>
<body><main>
<h1>What ${escaped(data.organisation)} holds about you</h1>
<p>Made on ${escaped(sayInstant(Date.parse(data.madeAt)))}: ${rows} rows in ${data.sections.length} tables. Rules of keeping: version ${escaped(data.retentionVersion)}.</p>
<p>${escaped(data.withheld)}</p>
<nav aria-label="Contents"><ul>${contents}</ul></nav>
${data.sections.map(sectionAsHtml).join('\n')}
</main></body>
</html>
`;
}

function sectionAsHtml({ table, title, kept, keptToOn, rows }: DataSection): string {
	const until = keptToOn ? ` The oldest goes on ${escaped(sayDay(keptToOn))} or later.` : '';
	const tables = rows.map((row, i) => rowAsHtml(row, `${title}${rows.length > 1 ? `, ${i + 1} of ${rows.length}` : ''}`));
	return `<section><h2 id="${table}">${escaped(title)}</h2><p>Kept ${escaped(kept)}.${until}</p>${tables.join('')}</section>`;
}

function rowAsHtml(row: DataRow, caption: string): string {
	const lines = Object.entries(row).filter(([, value]) => value !== null && value !== '');
	const cells = lines.map(([column, value]) => `<tr><th scope="row">${escaped(column.replaceAll('_', ' '))}</th><td>${escaped(String(value))}</td></tr>`);
	return `<table><caption>${escaped(caption)}</caption><tbody>${cells.join('')}</tbody></table>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}
