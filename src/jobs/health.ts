import { count, gt } from 'drizzle-orm';
import { londonDay } from '#core/dates.ts';
import { waitingFiles } from '#core/scan-files.ts';
import { holidaysOf, knowsNextYear } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { outbox } from '#db/schema/index.ts';
import { copyWarnings } from '#features/accreditation/index.ts';
import { NO_DIFFERENCE } from './directory.ts';
import { JOBS } from './index.ts';
import { lastDone, lastRun } from './runs.ts';

/** `late`: no good run for three of its intervals, so what it watches over cannot be vouched for. Instants in milliseconds UTC. */
export type JobState = { job: string; state: 'fine' | 'failing' | 'late'; lastDoneAt: number | null; everyMinutes: number };
export type JobHealth = { ok: boolean; jobs: JobState[]; warnings: string[] };

/** How the jobs are, for `/health` and the office: says nothing that is not public. `ok` is false when one is late. */
export function jobHealth(db: Db, now: number): JobHealth {
	const since = (prepared(db.sql, 'SELECT min(applied_at) FROM migration').pluck().get() as number | null) ?? 0;
	const jobs = JOBS.map(({ name, every }): JobState => {
		const done = lastDone(db, name);
		const isLate = now - (done?.startedAt ?? since) > 3 * every * 60_000;
		const isFailing = lastRun(db, name)?.outcome === 'failed';
		return { job: name, state: isLate ? 'late' : isFailing ? 'failing' : 'fine', lastDoneAt: done?.startedAt ?? null, everyMinutes: every };
	});
	return { ok: jobs.every((j) => j.state !== 'late'), jobs, warnings: warningsOf(db, now) };
}

function warningsOf(db: Db, now: number): string[] {
	const warnings: string[] = [];
	const check = lastDone(db, 'check-directory')?.note ?? NO_DIFFERENCE;
	if (check !== NO_DIFFERENCE) warnings.push(`The last check of the directory: ${check}.`);
	warnings.push(...copyWarnings(db));
	const isRecent = gt(outbox.failedAt, now - 7 * 86_400_000);
	const given = db.orm.select({ mails: count() }).from(outbox).where(isRecent).get()?.mails ?? 0;
	if (given > 0) warnings.push(`Messages given up in the last seven days: ${given}.`);
	const unscanned = waitingFiles(db);
	if (unscanned.since !== null && now - unscanned.since > 3_600_000) warnings.push(`Files that no scanner has checked for an hour: ${unscanned.count}.`);
	if (!knowsNextYear(holidaysOf(db), londonDay(now)))
		warnings.push('The bank holidays of next year are not on record: add them under Settings, Bank holidays.');
	return warnings;
}
