import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { key: string; reference: string };
const own = (settings: Settings, reference: string) => `${settings.publicOrigin}${paths.myAudit(reference)}`;

/** To a member who was chosen. `because`: null when it was by lot. */
export function auditNotified(settings: Settings, { key, reference, dueOn, because }: About & { dueOn: string; because: string | null }, to: string): Mail {
	return letter(settings, { kind: because === null ? 'audit.notified' : 'audit.notified-targeted', key, to, subject: 'An audit of your CPD' }, [
		because === null
			? 'You were drawn by lot for an audit of your CPD. It says nothing about your work: the page shows the draw, so that you can repeat it.'
			: `We would like to look at your CPD. The reason: ${because}`,
		`Your log is with us already. Please look at it, add what is missing, and send it by ${sayDay(dueOn)}:\n${own(settings, reference)}`,
		'You may ask there for more time, or to be excused. You may go on practising.',
	]);
}

/** The key of one reminder, for ever. */
export function auditReminderKey({ key, dueOn, days }: { key: string; dueOn: string; days: number }): string {
	return `audit.reminder:${key}:${dueOn}:${days}`;
}

export function auditReminder(settings: Settings, { key, reference, dueOn, days }: About & { dueOn: string; days: number }, to: string): Mail {
	const mail = letter(settings, { kind: 'audit.reminder', key: '', to, subject: `The audit of your CPD: please answer by ${sayDay(dueOn)}` }, [
		`We have not had your answer to the audit of your CPD. It is due on ${sayDay(dueOn)}.`,
		`Answer, or ask for more time, here:\n${own(settings, reference)}`,
	]);
	return { ...mail, dedupeKey: auditReminderKey({ key, dueOn, days }) };
}

export function auditReceived(settings: Settings, { key, reference, dueOn }: About & { dueOn: string }, to: string): Mail {
	return letter(settings, { kind: 'audit.received', key, to, subject: 'We have your answer to the audit' }, [
		`Thank you. An auditor looks at it by ${sayDay(dueOn)}, and may ask you something once.`,
		`Where it stands:\n${own(settings, reference)}`,
	]);
}

export function auditQuestions(settings: Settings, { key, reference, dueOn }: About & { dueOn: string }, to: string): Mail {
	return letter(settings, { kind: 'audit.questions', key, to, subject: 'A question about the audit of your CPD' }, [
		`The auditor would like to know something more. Please answer by ${sayDay(dueOn)}.`,
		`What is asked, and where to answer:\n${own(settings, reference)}`,
	]);
}

export function auditSatisfied(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'audit.satisfied', key, to, subject: 'The audit of your CPD is done' }, [
		'The audit of your CPD is satisfied. Thank you for your work on it.',
		`You can see it here:\n${own(settings, reference)}`,
	]);
}

export function auditPlan(settings: Settings, { key, reference, dueOn }: About & { dueOn: string }, to: string): Mail {
	return letter(settings, { kind: 'audit.plan', key, to, subject: 'The audit of your CPD: something to do' }, [
		`The auditor asks you to do something by ${sayDay(dueOn)}, and to show us that it was done. Nobody but you and us sees that.`,
		`What it is:\n${own(settings, reference)}`,
	]);
}

export function auditNotSatisfied(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'audit.not-satisfied', key, to, subject: 'The outcome of the audit of your CPD' }, [
		'Two auditors came to the view that the audit of your CPD is not satisfied. It goes to the committee, which decides what follows; nothing changes until then.',
		`Why, and what you can say to it within 28 days:\n${own(settings, reference)}`,
	]);
}

/** `sayBy`: the last day to say something before the committee decides. */
export function auditReferred(settings: Settings, { key, reference, sayBy }: About & { sayBy: string }, to: string): Mail {
	return letter(settings, { kind: 'audit.referred', key, to, subject: 'The audit of your CPD goes to the committee' }, [
		'The audit of your CPD was referred to the committee. Nothing changes until it has decided.',
		`You can say something to it by ${sayDay(sayBy)}. Where it stands, and where to write:\n${own(settings, reference)}`,
	]);
}

export function auditExcused(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'audit.excused', key, to, subject: 'You are excused from the audit of your CPD' }, [
		'You are excused from this audit of your CPD, and need do nothing. You may be drawn again another year.',
	]);
}

export function auditAskAnswered(settings: Settings, { key, reference, untilOn }: About & { untilOn: string | null }, to: string): Mail {
	return letter(
		settings,
		{ kind: untilOn === null ? 'audit.ask-refused' : 'audit.more-time', key, to, subject: 'What you asked for in the audit of your CPD' },
		[
			untilOn === null ? 'We cannot agree to what you asked for. The page says why.' : `You have more time: until ${sayDay(untilOn)}.`,
			`Where it stands:\n${own(settings, reference)}`,
		],
	);
}

export function auditToReview(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'audit.to-review', key, to, subject: `An audit to look at: ${reference}` }, [
		`You were given ${reference} to look at.`,
		`Before it opens you are asked whether anything ties you to the member:\n${settings.publicOrigin}${paths.officeAudit(reference)}`,
	]);
}
