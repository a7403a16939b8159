import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { key: string; reference: string };

/** What was decided is read behind the sign-in, never in a message. */
export function mailDecided(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'accreditation.decided', key, to, subject: `There is a decision on ${reference}` }, [
		`The committee has decided on ${reference}.`,
		`Sign in to read the letter, with its reasons and what you can do now:\n${settings.publicOrigin}${paths.myApplication(reference, 'letter')}`,
	]);
}

/** Goes out beside the decision when it gives an award. */
export function mailCertificateReady(settings: Settings, { key }: About, to: string): Mail {
	return letter(settings, { kind: 'accreditation.certificate', key, to, subject: 'Your certificate can be printed' }, [
		'Your certificate of accreditation can be printed as long as your entry in the register says that you are accredited.',
		`You find it here, with a card that carries a link to your live entry:\n${settings.publicOrigin}${paths.myCertificates()}`,
	]);
}

/** No decision yet: the assessors look again. */
export function mailDeferred(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'accreditation.deferred', key, to, subject: `The committee has put off its decision on ${reference}` }, [
		`The committee has looked at ${reference} and put off its decision: the assessors are asked to look at something again.`,
		`You need do nothing unless they ask you. You can see how it stands here:\n${settings.publicOrigin}${paths.myApplication(reference)}`,
	]);
}

/** A decision was a mistake and is undone. */
export function mailCorrected(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'accreditation.corrected', key, to, subject: `Correction: the decision on ${reference}` }, [
		`We made a mistake with the decision on ${reference}, and it is undone. We are sorry.`,
		`The corrected letter says what happened and what comes next:\n${settings.publicOrigin}${paths.myApplication(reference, 'letter')}`,
	]);
}

/** A condition comes due. */
export function mailConditionDue(settings: Settings, { key, reference, dueOn }: About & { dueOn: string }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.condition-due', key, to, subject: `A condition is due on ${sayDay(dueOn)}` }, [
		`A condition of the decision on ${reference} is due on ${sayDay(dueOn)}.`,
		`Show here how you meet it:\n${settings.publicOrigin}${paths.myApplication(reference, 'conditions')}`,
		'If you cannot do it by then, write to the office before that day.',
	]);
}

/** An officer has judged what was shown. */
export function mailConditionJudged(settings: Settings, { key, reference, isMet }: About & { isMet: boolean }, to: string): Mail {
	const kind = isMet ? 'accreditation.condition-met' : 'accreditation.condition-missed';
	const subject = isMet ? `A condition of ${reference} is met` : `About a condition of ${reference}`;
	return letter(settings, { kind, key, to, subject }, [
		isMet
			? `The office has looked at what you sent about a condition of the decision on ${reference}: it is met.`
			: `A condition of the decision on ${reference} is noted as not met. The committee looks at it and decides what follows; nothing changes before that.`,
		`You can read more here:\n${settings.publicOrigin}${paths.myApplication(reference, 'conditions')}`,
	]);
}

/** We have their request for a review. */
export function mailReviewAsked(settings: Settings, { key, reference, dueOn }: About & { dueOn: string | null }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.review-asked', key, to, subject: `We have your request for a review of ${reference}` }, [
		`We have your request for a review of the decision on ${reference}.`,
		`People who had no part in the first decision look at it${dueOn ? `, by ${sayDay(dueOn)}` : ''}. You need do nothing more.`,
		`You can see how it stands here:\n${settings.publicOrigin}${paths.myApplication(reference)}`,
	]);
}
