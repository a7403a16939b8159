import { inRegister } from '#tests/helpers/account-site.ts';
import type { Site } from '#tests/helpers/site.ts';
import { hiddenOf } from '../membership/acting.ts';

export type Device = ReturnType<typeof deviceOn>;
/** Begins one in a browser. @returns its key */
export async function begin(browser: Device, about: 'therapist' | 'organisation'): Promise<string> {
	const offered = hiddenOf((await browser.get('/concerns/begin')).text);
	const answer = await browser.post('/concerns/begin', { ...offered, about, passphrase: PASSPHRASE, kept: 'yes' });
	if (answer.location !== '/concerns/mine') throw new Error(`Not begun: ${answer.status}`);
	return offered.caseKey ?? '';
}

/** Half an hour without a page has gone by, for everybody. */
export function shut(site: Site): void {
	inRegister(site, (sql) => sql.prepare('UPDATE concern_visit SET seen_at = seen_at - 3600000').run());
}

export const PASSPHRASE = 'marble otter kettle sunrise';

type Answer = { status: number; location: string | null; text: string; headers: Headers };

/** A browser of its own: it keeps cookies and sends the hidden fields of a page's last form. */
export function deviceOn(site: Site) {
	const jar = new Map<string, string>();
	const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
		const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
		const answer = await fetch(site.origin + path, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } });
		for (const line of answer.headers.getSetCookie()) {
			const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
			jar.set(name, value);
		}
		return { status: answer.status, location: answer.headers.get('location'), text: await answer.text(), headers: answer.headers };
	};
	const post = (path: string, fields: Record<string, string>) =>
		ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: site.origin, 'sec-fetch-site': 'same-origin' } });
	return {
		cookies: jar,
		get: ask,
		post,
		send: async (path: string, fields: Record<string, string>) => post(path, { ...hiddenOf((await ask(path)).text), ...fields }),
	};
}
