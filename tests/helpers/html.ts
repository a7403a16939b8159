/** A page as a test sees it: status, headers, final address and text. Redirects are not followed. */
export type Answer = { status: number; headers: Headers; location: string | null; text: string };

/** One request without a browser. Redirects stay visible. */
export async function get(url: string, init: RequestInit = {}): Promise<Answer> {
	const response = await fetchAgain(url, { redirect: 'manual', ...init });
	return { status: response.status, headers: response.headers, location: response.headers.get('location'), text: await response.text() };
}

/** A kept connection that the server has just closed is no answer of the site: as a browser does, the request is sent on a new one. */
async function fetchAgain(url: string, init: RequestInit): Promise<Response> {
	try {
		return await fetch(url, init);
	} catch (error) {
		const { code } = ((error as Error).cause ?? {}) as { code?: string };
		if (code !== 'UND_ERR_SOCKET' && code !== 'ECONNRESET') throw error;
		return fetch(url, init);
	}
}

/**
 * Fills the form that the page really holds and posts it as a browser would: hidden fields come along, and a field that the page lacks fails.
 * @param which a fragment of the form's opening tag, such as `action="/find"`, when the page has several.
 */
export async function postForm(pageUrl: string, fields: Record<string, string | string[]>, which = 'method="post"'): Promise<Answer> {
	const page = await get(pageUrl);
	const form = formIn(page.text, which);
	const body = new URLSearchParams(hiddenFields(form));
	for (const [name, value] of Object.entries(fields)) {
		if (!form.includes(`name="${name}"`)) throw new Error(`The form on ${new URL(pageUrl).pathname} has no field ${name}.`);
		body.delete(name);
		for (const one of [value].flat()) body.append(name, one);
	}
	const action = /action="([^"]*)"/.exec(form)?.[1];
	const target = action ? new URL(action.replaceAll('&amp;', '&'), pageUrl).href : pageUrl;
	return get(target, { method: 'POST', body, headers: { origin: new URL(pageUrl).origin, 'sec-fetch-site': 'same-origin' } });
}

/** The text people read: no tags, entities resolved, single spaces. */
export function textOf(html: string): string {
	const visible = html.replace(/<(script|style|svg)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, ' ');
	return resolved(visible).replace(/\s+/g, ' ').trim();
}

/** The addresses of all links on a page that stay on the site, each once. */
export function linksIn(html: string): string[] {
	return [...new Set([...html.matchAll(/<a\s[^>]*href="(\/[^"]*)"/g)].map((m) => resolved(m[1] ?? '')))];
}

function formIn(html: string, which: string): string {
	const forms = html.match(/<form\b[\s\S]*?<\/form>/gi) ?? [];
	const form = forms.find((f) => f.slice(0, f.indexOf('>')).toLowerCase().includes(which.toLowerCase()));
	if (!form) throw new Error(`No form with ${which} on this page.`);
	return form;
}

function hiddenFields(form: string): [string, string][] {
	const inputs = form.match(/<input\b[^>]*>/g) ?? [];
	return inputs.filter((i) => /type="hidden"/.test(i)).map((i) => [attribute(i, 'name'), attribute(i, 'value')]);
}

function attribute(tag: string, name: string): string {
	return resolved(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
}

function resolved(text: string): string {
	return text
		.replace(/&#(?:x([0-9a-f]+)|(\d+));/gi, (_, hex, dec) => String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(dec)))
		.replaceAll('&quot;', '"')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&nbsp;', ' ')
		.replaceAll('&amp;', '&');
}
