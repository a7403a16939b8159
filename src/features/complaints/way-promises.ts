import type { Ctx } from '#core/ctx.ts';
import { rulesFor, rulesOn } from './rules.ts';

/** What happens and how long it takes, with the figures that hold today: they are promises, and they are counted. */
export function promisesToday(ctx: Pick<Ctx, 'db' | 'today'>): { what: string; when: string }[] {
	const { rules } = rulesOn(ctx.db, ctx.today);
	const own = rulesFor(ctx.db, ctx.today, 'organisation').rules;
	const working = (days: number) => `within ${days} working days`;
	return [
		{ what: 'We confirm that it came, and who looks after it', when: working(rules.acknowledgeWorkingDays) },
		{ what: 'We tell you whether it is for us, and why or why not. Somebody from outside the profession takes part', when: working(rules.triageWorkingDays) },
		{ what: 'We write to you how it goes, even if there is nothing new', when: `every ${rules.updateDays} days` },
		{ what: 'Many are settled with somebody’s help', when: working(rules.resolutionWorkingDays) },
		{ what: 'Otherwise a panel decides whether there is a case to answer', when: `within ${rules.panelMonths} months` },
		{ what: 'If there is, a hearing decides', when: `within ${rules.hearingMonths} months more` },
		{
			what: 'About us instead of a therapist: we confirm that it came, and answer',
			when: `within ${own.acknowledgeWorkingDays} and ${own.answerWorkingDays} working days`,
		},
	];
}

/** The days for which a draft is kept, and after which we remind. */
export function draftDays(ctx: Pick<Ctx, 'db' | 'today'>): { days: number; reminder: number; years: number } {
	const { rules } = rulesOn(ctx.db, ctx.today);
	return { days: rules.draftDays, reminder: rules.draftReminderDays, years: rules.timeLimitYears };
}
