import { request } from 'node:http';
import { loadKeys } from '#core/keys.ts';
import { type Db, openDatabase } from '#db/client.ts';
import { hashPassword } from '#features/accounts/index.ts';
import type { Site } from './site.ts';

type Place = Pick<Site, 'dataDir'>;

/** Does something with the register of a running site. */
export function inRegister<T>(site: Place, work: (sql: Db['sql']) => T): T {
	const { sql } = openDatabase(`${site.dataDir}/register.db`);
	try {
		return work(sql);
	} finally {
		sql.close();
	}
}

/** Gives the accounts of some people (all who have one, when left out) a password, as if they had chosen it. @returns their addresses. */
export async function givePassword(site: Place, password: string, personIds?: readonly string[]): Promise<string[]> {
	const hash = await hashPassword(loadKeys({ dataDir: site.dataDir, auditKey: null, secretKey: null }), password);
	return inRegister(site, (sql) => {
		const all = sql.prepare('SELECT person_id AS personId, email FROM account').all() as { personId: string; email: string }[];
		const chosen = all.filter(({ personId }) => !personIds || personIds.includes(personId));
		for (const { personId } of chosen) sql.prepare('UPDATE account SET password_hash = ?, password_set_at = 0 WHERE person_id = ?').run(hash, personId);
		return chosen.map(({ email }) => email);
	});
}

/** The newest message of a kind to an address, as it waits or was sent. */
export function outboxMail(site: Place, kind: string, to: string): { subject: string; body: string; token: string } {
	const text = 'SELECT subject, body FROM outbox WHERE kind = ? AND to_address = ? ORDER BY rowid DESC LIMIT 1';
	const mail = inRegister(site, (sql) => sql.prepare(text).get(`account.${kind}`, to)) as { subject: string; body: string } | undefined;
	if (!mail) throw new Error(`No mail ${kind} to ${to}.`);
	return { ...mail, token: /\/account\/link\/([\w-]+)/.exec(mail.body)?.[1] ?? '' };
}

export type Reply = { status: number; location: string | null; setCookies: string[]; text: string; headers: Record<string, string | string[] | undefined> };

/** One request as a browser would send it to `origin`, which need not be where the site listens. `form`: posts it. */
export function ask(
	site: Pick<Site, 'origin'>,
	origin: string,
	path: string,
	more: { cookie?: string; form?: Record<string, string>; forwardedFor?: string } = {},
): Promise<Reply> {
	const body = more.form ? new URLSearchParams(more.form).toString() : '';
	const headers: Record<string, string> = { host: new URL(origin).host };
	if (more.cookie) headers.cookie = more.cookie;
	if (more.forwardedFor) headers['x-forwarded-for'] = more.forwardedFor;
	if (more.form)
		Object.assign(headers, {
			origin,
			'sec-fetch-site': 'same-origin',
			'content-type': 'application/x-www-form-urlencoded',
			'content-length': String(Buffer.byteLength(body)),
		});
	return new Promise((resolve, reject) => {
		const req = request(new URL(path, site.origin), { method: more.form ? 'POST' : 'GET', headers }, (res) => {
			let text = '';
			res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
			res.on('end', () =>
				resolve({
					status: res.statusCode ?? 0,
					location: res.headers.location ?? null,
					setCookies: res.headers['set-cookie'] ?? [],
					text,
					headers: res.headers,
				}),
			);
		});
		req.on('error', reject).end(body);
	});
}

/** `name=value` of the cookies that an answer set, for the next request. */
export function cookieHeader(...replies: readonly Reply[]): string {
	const jar = new Map<string, string>();
	for (const line of replies.flatMap((reply) => reply.setCookies)) {
		const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
		jar.set(name, value);
	}
	return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}
