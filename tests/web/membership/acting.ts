import { join } from 'node:path';
import { newId } from '#core/ids.ts';
import { openDatabase } from '#db/client.ts';
import type { Site } from '#tests/helpers/site.ts';

/** The hidden fields of the first form on a page that is its own. */
export function hiddenOf(html: string): Record<string, string> {
	const main = html.slice(html.indexOf('<main'));
	const form = main.match(/<form\b[\s\S]*?<\/form>/g)?.find((one) => !one.includes('/account/sign-out')) ?? '';
	const inputs = form.match(/<input\b[^>]*type="hidden"[^>]*>/g) ?? [];
	return Object.fromEntries(inputs.map((input) => [/name="([^"]*)"/.exec(input)?.[1] ?? '', /value="([^"]*)"/.exec(input)?.[1] ?? '']));
}

/** Somebody on file who is no member yet. Returns their key. */
export function putNewcomer(site: Pick<Site, 'dataDir'>, name: string): string {
	const { sql } = openDatabase(join(site.dataDir, 'register.db'));
	const id = newId();
	sql.prepare('INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)').run(id, `${id}@newcomer.example`);
	sql.prepare("INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, 'Newcomer')").run(newId(), id, name);
	sql.close();
	return id;
}

/** One value out of the register of a site. */
export function inRegister(site: Pick<Site, 'dataDir'>, text: string, ...values: unknown[]): unknown {
	const { sql } = openDatabase(join(site.dataDir, 'register.db'), { readonly: true });
	try {
		return sql
			.prepare(text)
			.pluck()
			.get(...values);
	} finally {
		sql.close();
	}
}

/** A member since 1 November 2025, paid to a day. Returns their key. */
export function putMember(site: Pick<Site, 'dataDir'>, paid: { paidToOn: string; category?: string; name?: string }): string {
	const id = putNewcomer(site, paid.name ?? 'Max');
	const { sql } = openDatabase(join(site.dataDir, 'register.db'));
	const text = "INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on, employer) VALUES (?, ?, ?, '2025-11-01', ?, ?)";
	sql.prepare(text).run(newId(), id, paid.category ?? 'plus', paid.paidToOn, paid.category === 'organisation' ? 'A trust' : null);
	sql.close();
	return id;
}
