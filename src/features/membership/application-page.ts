import type { Ctx } from '#core/ctx.ts';
import { sayPence } from '#core/money.ts';
import { type FeeCategory, feesOn } from '#features/payments/index.ts';
import { applicationClock, type Clock } from './application-clock.ts';
import { type Answers, completeSteps, STEPS, type Step } from './application-forms.ts';
import { aboutPerson, answersOf, ownApplication } from './application-queries.ts';
import type { Application } from './application-states.ts';
import type { Grade } from './facts.ts';
import { type Declaration, declarationsOn } from './rules.ts';

/** What the pages of an application show to its owner. */
export type ApplicationPage = {
	application: Application | null;
	answers: Answers;
	declarations: Declaration[];
	complete: Step[];
	clock: Clock | null;
	isDraft: boolean;
	mayBegin: boolean;
};

const OVER: readonly Application['state'][] = ['joined', 'declined', 'withdrawn', 'closed'];

/** One's own newest application. @throws SignInRequired */
export function applicationPage(ctx: Ctx): ApplicationPage {
	const application = ownApplication(ctx);
	const { declarations } = declarationsOn(ctx.db, ctx.today);
	const answers = application ? answersOf(application) : {};
	return {
		application,
		answers,
		declarations,
		complete: completeSteps({ today: ctx.today, answers, declarations }),
		clock: application ? applicationClock(application, ctx.today) : null,
		isDraft: application?.state === 'draft',
		mayBegin: application === null || OVER.includes(application.state),
	};
}

/** The step that follows, or the check at the end. */
export function stepAfter(step: Step): Step | 'check' {
	return STEPS[STEPS.indexOf(step) + 1] ?? 'check';
}

/** What a field of a step holds before it was ever sent: what the office has on file. */
export function prefilled(ctx: Ctx, application: Pick<Application, 'personId'>, field: string): string {
	const { bornOn, ...about } = aboutPerson(ctx.db, application.personId);
	const [year = '', month = '', day = ''] = bornOn?.split('-') ?? [];
	const known: Record<string, string> = { ...about, 'born-day': day, 'born-month': month, 'born-year': year };
	return known[field] ?? '';
}

/** The fees of a year in words. */
export function feesInWords(ctx: Pick<Ctx, 'db' | 'today'>): Record<Grade, string> {
	const { categories } = feesOn(ctx.db, ctx.today);
	const words = Object.entries(categories).map(([grade, pence]) => [grade as FeeCategory, sayPence(pence)]);
	return Object.fromEntries(words) as Record<Grade, string>;
}
