import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { key: string; reference: string };

/** To an applicant whose application is complete. `dueOn`: by when it should be assessed. */
export function foundComplete(settings: Settings, { key, reference, dueOn }: About & { dueOn: string | null }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.found-complete', key, to, subject: `Your application is complete (${reference})` }, [
		`Your application ${reference} is complete, and goes to those who assess it.`,
		dueOn ? `We mean to have it assessed by ${sayDay(dueOn)}. Time in which we wait for you does not count.` : 'Time in which we wait for you does not count.',
		`See at any time where it stands:\n${settings.publicOrigin}${paths.myAccreditation()}`,
	]);
}

/** To an applicant whose application lacks something. What it lacks stands on the page, which only they can open. */
export function sentBack(settings: Settings, { key, reference, dueOn }: About & { dueOn: string }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.sent-back', key, to, subject: `Your application needs something more (${reference})` }, [
		`We looked whether your application ${reference} is complete. Something is missing, so it is with you again. It has not been judged.`,
		'What is missing, part by part, stands on your page. Everything you sent is still there.',
		`Please send it again by ${sayDay(dueOn)}:\n${settings.publicOrigin}${paths.myAccreditation()}`,
	]);
}
