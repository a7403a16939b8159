import type { Role } from '#core/roles.ts';
import { openDatabase } from '#db/client.ts';
import type { Site } from './site.ts';

/** A browser without a window: keeps its cookies, sends our own origin, follows nothing by itself. */
export type Visitor = {
	get(path: string): Promise<Response>;
	/** Posts a form as a page of ours would. Values may repeat: `[['way', 'a'], ['way', 'b']]`. */
	post(path: string, values?: Record<string, string> | [string, string][] | FormData): Promise<Response>;
	cookies: Map<string, string>;
};

/** Someone whose cookies are empty yet. */
export function visitor(site: Pick<Site, 'origin'>): Visitor {
	const cookies = new Map<string, string>();
	const send = async (path: string, init: RequestInit = {}) => {
		// A connection of its own: on a busy machine the server ends an idle one in the moment in which it is used again, and a post is lost.
		const headers = { ...(init.headers as Record<string, string>), connection: 'close', cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; ') };
		const response = await fetch(new URL(path, site.origin), { ...init, headers, redirect: 'manual' });
		for (const line of response.headers.getSetCookie()) keep(cookies, line);
		return response;
	};
	return {
		cookies,
		get: (path) => send(path),
		post: (path, values = {}) => {
			const body = values instanceof FormData ? values : new URLSearchParams(values);
			return send(path, { method: 'POST', body, headers: { origin: site.origin, 'sec-fetch-site': 'same-origin' } });
		},
	};
}

function keep(cookies: Map<string, string>, line: string): void {
	const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
	const [name = '', value = ''] = pair.split(/=(.*)/s);
	const isGone = attributes.some((a) => /^max-age=0$/i.test(a) || (/^expires=/i.test(a) && Date.parse(a.slice(8)) < Date.parse('2000-01-01')));
	if (isGone || value === '') cookies.delete(name);
	else cookies.set(name, value);
}

/** Signs in as someone through the demonstration's own door. */
export async function become(site: Pick<Site, 'origin'>, personId: string): Promise<Visitor> {
	const someone = visitor(site);
	const answer = await someone.post('/demo/become', { person: personId });
	if (answer.status !== 303 || someone.cookies.size === 0) throw new Error(`Nobody could be become: ${answer.status}`);
	return someone;
}

/** The key of someone who holds a role in the demonstration: a member of good standing for `member`. */
export function personWith(site: Pick<Site, 'dataDir'>, role: Role): string {
	const { sql } = openDatabase(`${site.dataDir}/register.db`, { readonly: true });
	try {
		const granted = sql.prepare('SELECT person_id FROM role_grant WHERE role = ?').pluck().get(role);
		const text = `SELECT m.person_id FROM membership_period m JOIN finder f ON f.person_id = m.person_id WHERE m.ended_on IS NULL AND m.category IN ('basic', 'plus') ORDER BY f.no`;
		const trainee = "SELECT person_id FROM membership_period WHERE category = 'trainee' AND ended_on IS NULL ORDER BY paid_to_on DESC";
		const id =
			granted ??
			sql
				.prepare(role === 'trainee' ? trainee : text)
				.pluck()
				.get();
		if (typeof id !== 'string') throw new Error(`Nobody in the demonstration is ${role}.`);
		return id;
	} finally {
		sql.close();
	}
}

/** Signs in as whoever holds a role. */
export function becomeA(site: Site, role: Role): Promise<Visitor> {
	return become(site, personWith(site, role));
}
