import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { countOf } from '#core/text.ts';
import { finderDifferences, peopleDue, refreshFinder } from '#features/directory/index.ts';

/** Small, so that a request never waits long behind it. */
const AT_ONCE = 20;
const MOST_A_RUN = 5000;

/** Makes anew the finder entries whose date has come: a status that ends at midnight, an availability that fades. */
export async function refreshDirectory(ctx: Ctx): Promise<string> {
	let refreshed = 0;
	while (refreshed < MOST_A_RUN) {
		const people = peopleDue(ctx.db, ctx.today, AT_ONCE);
		if (people.length === 0) break;
		refresh(ctx, people, 'a date in the facts has come');
		refreshed += people.length;
		await pause();
	}
	return `${refreshed} refreshed`;
}

/** The nightly proof that the finder says what the facts say. A difference is a fault of ours: it is repaired and reported. */
export async function checkDirectory(ctx: Ctx): Promise<string> {
	const people = finderDifferences(ctx.db, ctx.today);
	for (let i = 0; i < people.length; i += AT_ONCE) {
		refresh(ctx, people.slice(i, i + AT_ONCE), 'the nightly check found a difference');
		await pause();
	}
	return people.length === 0 ? NO_DIFFERENCE : `${countOf(people.length, 'difference')} found and repaired`;
}

export const NO_DIFFERENCE = 'no difference';

function refresh(ctx: Ctx, people: string[], reason: string): void {
	commit(ctx, { name: 'refreshDirectory', reason }, (tx) => {
		for (const personId of people) {
			refreshFinder(tx, personId);
			record(tx, 'directory.refreshed', { type: 'person', id: personId });
		}
	});
}

/** Lets waiting requests go first. */
function pause(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
