import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import type { Site } from '#tests/helpers/site.ts';

/** `slug`: of the page as a therapist, whether it is shown today or not. */
export type Entry = { number: string; name: string | null; code: string; notices: string[]; slug: string | null };

/** Every entry of the site's register as its own interface tells it today. */
export async function entriesOf(site: Site): Promise<Entry[]> {
	const db = openDatabase(join(site.dataDir, 'register.db'), { readonly: true });
	const rows = db.sql.prepare('SELECT number, slug FROM registration LEFT JOIN listing USING (person_id) ORDER BY sequence').all();
	db.sql.close();
	return Promise.all((rows as Pick<Entry, 'number' | 'slug'>[]).map((row) => entry(site.origin, row)));
}

/** One entry of each kind: of each status, and of each notice that one may carry. */
export function oneOfEach(entries: readonly Entry[]): Entry[] {
	return [...new Map(entries.map((e) => [`${e.code} ${e.notices.join(' ')}`, e])).values()];
}

async function entry(origin: string, { number, slug }: Pick<Entry, 'number' | 'slug'>): Promise<Entry> {
	const response = await fetch(`${origin}/api/v1/register/${number}`);
	const told = (await response.json()) as { name: string | null; status: { code: string }; notices: { kind: string }[] };
	return { number, name: told.name, code: told.status.code, notices: told.notices.map((n) => n.kind), slug };
}
