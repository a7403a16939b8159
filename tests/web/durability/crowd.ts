import { get } from '#tests/helpers/html.ts';
import type { Site } from '#tests/helpers/site.ts';
import { fieldsFor, referenceOf, send } from '../contact/sending.ts';

/** What a client was told: its own unique text, and the reference it got. `early`: noted when sent, not when thanked. */
export type Acknowledged = { text: string; reference: string | null };
export type Crowd = { acknowledged: Acknowledged[]; served: number; refused: number; odd: string[]; stop(): Promise<void> };

/**
 * People who use the site all at once until `stop`: writers send messages with unique texts and note what was acknowledged;
 * readers look around. A connection that breaks is what a kill looks like and is no fault.
 * @param mode `early` notes a message when it is sent: the harness that lies, which the tests must catch.
 */
export function crowd(site: Pick<Site, 'origin' | 'dataDir'>, slugs: readonly string[], run: number, mode: 'honest' | 'early'): Crowd {
	const seen: Crowd = { acknowledged: [], served: 0, refused: 0, odd: [], stop };
	let isOpen = true;
	let count = 0;
	const all = [...Array.from({ length: 4 }, write), ...Array.from({ length: 2 }, read)];
	return seen;

	async function stop(): Promise<void> {
		isOpen = false;
		await Promise.all(all);
	}

	async function write(): Promise<void> {
		while (isOpen) {
			count += 1;
			const text = `run ${run} message ${count}`;
			const slug = slugs[(run * 37 + count) % slugs.length];
			if (mode === 'early') seen.acknowledged.push({ text, reference: null });
			const answer = await send(site, `/therapists/${slug}/contact`, fieldsFor(site, { name: text })).catch(() => null);
			if (answer === null) return;
			const reference = referenceOf(answer);
			if (reference === null) note(`writing: ${answer.status}`, answer.status);
			else if (mode === 'honest') seen.acknowledged.push({ text, reference });
		}
	}

	async function read(): Promise<void> {
		for (let n = 0; isOpen; n += 1) {
			const answer = await get(
				`${site.origin}${['/find?place=London', `/therapists/${slugs[n % slugs.length]}`, '/register?name=an', `/find?place=B${(n % 40) + 1}`][n % 4]}`,
			).catch(() => null);
			if (answer === null) return;
			if (answer.status >= 400) note('reading', answer.status);
			else seen.served += 1;
		}
	}

	function note(what: string, status: number): void {
		seen.refused += 1;
		if (status !== 503) seen.odd.push(`${what} ${status}`);
	}
}
