import type { Organisation } from '#settings';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Makes the HTML of one of our own texts ready to be sent: says whose site it is, and lets wide tables scroll.
 * @param html rendered from Markdown of this repository when the site was built, never from what anyone typed
 * @param organisation values from the settings; they are escaped
 */
export function finishText(html: string, organisation: Organisation): string {
	return boxTables(nameOrganisation(html, organisation));
}

/** Fills `{{organisation.…}}` in text. Tags are passed over, so that nothing is ever written into an attribute. */
function nameOrganisation(html: string, organisation: Organisation): string {
	return html.replace(/<[^>]*>|\{\{\s*organisation\.(\w+)\s*\}\}/g, (found, key?: string) => (key === undefined ? found : settingFor(key, organisation)));
}

function settingFor(key: string, organisation: Organisation): string {
	const value = escapeHtml((organisation as Record<string, string>)[key] ?? '');
	return key === 'email' && value !== '' ? `<a href="mailto:${value}">${value}</a>` : value;
}

/** A table wider than the screen scrolls inside its own box, which the keyboard can reach and which is named by its columns. */
function boxTables(html: string): string {
	return html.replace(/<table>([\s\S]*?)<\/table>/g, (_, inside: string) => {
		const columns = [...inside.matchAll(/<th[^>]*>([\s\S]*?)<\/th>/g)].map((column) => (column[1] ?? '').replace(/<[^>]*>/g, '').trim());
		const table = inside.replace(/<th>/g, '<th scope="col">');
		return `<div class="table-box" role="region" aria-label="Table: ${columns.filter(Boolean).join(', ').replaceAll('"', '&quot;')}" tabindex="0"><table>${table}</table></div>`;
	});
}

/** Text for use between tags or in an attribute. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
