import { loadKeys } from '#core/keys.ts';
import { startedMark } from '#features/directory/index.ts';
import { type Answer, get } from '#tests/helpers/html.ts';
import { type Site, TODAY } from '#tests/helpers/site.ts';

export type Fields = Record<string, string | string[]>;

let count = 0;

/** What a person who took their time posts from the contact form; `changes` over a good one, an empty list leaves a field out. */
export function fieldsFor(site: Pick<Site, 'dataDir'>, changes: Fields = {}, today = TODAY): Fields {
	count += 1;
	const now = Date.parse(`${today}T11:59:00Z`);
	const keys = loadKeys({ dataDir: site.dataDir, auditKey: null, secretKey: null });
	return {
		name: 'Sam',
		email: `sam${count}@sender.example`,
		phone: '',
		replyBy: 'email',
		safeTimes: '',
		message: 'I would like to talk.',
		consent: 'yes',
		website: '',
		started: startedMark({ now, keys }),
		repeatKey: `key-${process.pid}-${count}-0123456789`,
		...changes,
	};
}

/**
 * Posts to a page of the site as its own form would. Each post comes from another address behind a proxy that the site
 * believes (`TRUSTED_PROXIES=127.0.0.1`), so that no sender's limit is met.
 */
export function send(site: Pick<Site, 'origin'>, path: string, fields: Fields, headers: Record<string, string> = {}): Promise<Answer> {
	count += 1;
	const pairs = Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => [name, value]));
	const client = `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
	const body = new URLSearchParams(pairs);
	return get(`${site.origin}${path}`, {
		method: 'POST',
		body,
		headers: { origin: site.origin, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': client, ...headers },
	});
}

/** The reference on the way to the page that thanks; null when nothing was acknowledged. */
export function referenceOf({ status, location }: Pick<Answer, 'status' | 'location'>): string | null {
	return status === 303 ? (/[?&]ref=(ENQ-[\w-]+)/.exec(location ?? '')?.[1] ?? null) : null;
}
