import type { MovableClock } from '#core/clock.ts';
import { bookkeep } from '#core/commit.ts';
import type { Ground } from '#core/ctx.ts';
import type { Log } from '#core/log.ts';
import { carrySessionsOver } from '#features/accounts/index.ts';
import { JOBS } from './index.ts';
import { here, runDueJobs } from './run.ts';

const DAY_MS = 86_400_000;

/** How the demonstration moves through time. `left`: days still to go; 0 when it has arrived. */
export type Travel = { left(): number; go(days: number): void };

/**
 * Puts the clock of a demonstration forward day by day, and lets every day's jobs run on it: reminders go out on their days, memberships
 * lapse, texts are deleted. Whoever is signed in stays so.
 */
export function travelWith(ground: Ground, clock: MovableClock, log: Log): Travel {
	let left = 0;
	// Those that run apart take long, and only prove or copy: when days pass in seconds they would cost nothing but time.
	const jobs = JOBS.filter((job) => !job.apart);
	const walk = async () => {
		for (; left > 0; left -= 1) {
			clock.forward(DAY_MS);
			bookkeep(ground.db, () => carrySessionsOver(ground.db, DAY_MS));
			await runDueJobs(ground, clock, { isForced: true, jobs, carry: here });
		}
	};
	return {
		left: () => left,
		go(days) {
			const isOnTheWay = left > 0;
			left += days;
			if (isOnTheWay) return;
			walk().catch((err: unknown) => {
				left = 0;
				log.error({ err }, 'the clock could not be put forward');
			});
		},
	};
}
