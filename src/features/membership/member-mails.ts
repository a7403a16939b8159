import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';
import type { Grade } from './facts.ts';
import { GRADES } from './grades.ts';
import { letter } from './letter.ts';

type Term = { key: string; category: Grade; fromOn: string; toOn: string };

/** To a new member. */
export function welcome(settings: Settings, { key, category, fromOn, toOn }: Term, to: string): Mail {
	return letter(settings, { kind: 'membership.welcome', key, to, subject: 'Your membership has begun' }, [
		'Your fee has arrived, and your membership has begun.',
		`Grade: ${GRADES[category].title}\nFrom ${sayDay(fromOn)} to ${sayDay(toOn)}`,
		GRADES[category].givesNot,
		`Your own pages:\n${settings.publicOrigin}${paths.my()}`,
	]);
}

/** To a member whose next period was paid for. */
export function membershipRenewed(settings: Settings, { key, category, fromOn, toOn }: Term, to: string): Mail {
	return letter(settings, { kind: 'membership.renewed', key, to, subject: 'Your membership has been renewed' }, [
		'Your fee has arrived, and your membership goes on. You need do nothing more.',
		`Grade: ${GRADES[category].title}\nThe new period: ${sayDay(fromOn)} to ${sayDay(toOn)}`,
		`See it here:\n${settings.publicOrigin}${paths.myMembership()}`,
	]);
}

/** To a member who has moved to another grade. */
export function gradeChanged(settings: Settings, { key, category }: { key: string; category: Grade }, to: string): Mail {
	return letter(settings, { kind: 'membership.grade-changed', key, to, subject: 'Your grade of membership has changed' }, [
		'Your grade of membership has changed, as you asked.',
		`Grade from now on: ${GRADES[category].title}`,
		GRADES[category].givesNot,
	]);
}

type Leave = { key: string; fromOn: string; toOn: string; paidToOn: string };

/** To a member whose leave is agreed. `key`: one a change of that leave. */
export function leaveAgreed(settings: Settings, { key, fromOn, toOn, paidToOn }: Leave, to: string): Mail {
	return letter(settings, { kind: 'membership.leave-agreed', key, to, subject: 'Your leave is recorded' }, [
		'Your leave from membership is recorded.',
		`From ${sayDay(fromOn)} to ${sayDay(toOn)}`,
		'In that time you do not appear in the search for a therapist, and your register entry says that you are on leave.',
		`Leave uses up none of the time you paid for: your membership is now paid until ${sayDay(paidToOn)}. Your CPD targets become smaller by the months of leave.`,
		`You can end it early here:\n${settings.publicOrigin}${paths.myMembership()}`,
	]);
}

/** To a member whose leave has ended early or will not begin. */
export function leaveEnded(settings: Settings, { key, paidToOn }: { key: string; paidToOn: string }, to: string): Mail {
	return letter(settings, { kind: 'membership.leave-ended', key, to, subject: 'Your leave has ended' }, [
		'Your leave from membership has ended, as you asked.',
		`The days of leave that you did not use count as paid time again: your membership is paid until ${sayDay(paidToOn)}.`,
	]);
}

/** To a member who asked for leave that an officer had to look at, and did not agree to. */
export function leaveRefused(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'membership.leave-refused', key, to, subject: 'Our answer to your request for leave' }, [
		'We cannot agree to the leave that you asked for.',
		`Read the reason here:\n${settings.publicOrigin}${paths.myMembership()}`,
		`Shorter leave needs nobody’s agreement. If you want to talk about it, write to ${settings.organisation.email}.`,
	]);
}

/** To a member who leaves. `lastOn`: the last day as a member. */
export function leaving(settings: Settings, { key, lastOn, kind }: { key: string; lastOn: string; kind: 'resigned' | 'retired' }, to: string): Mail {
	const subject = kind === 'retired' ? 'Your retirement from membership' : 'Your resignation from membership';
	return letter(settings, { kind: 'membership.leaving', key, to, subject }, [
		'We have noted that you are leaving.',
		`Your last day as a member is ${sayDay(lastOn)}. From the next day your name is on the register no longer, and your listing is hidden.`,
		`Until then you can change your mind here:\n${settings.publicOrigin}${paths.myMembership()}`,
		'Please make sure that the people who see you know how to go on.',
	]);
}

/** To a member who wants to leave while a case is open. It names no case. */
export function leavingHeld(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'membership.leaving-held', key, to, subject: 'Your request to leave' }, [
		'We have noted that you want to leave. It cannot take effect yet, because something has to be finished first.',
		`As soon as that has happened your membership ends, without your asking again. See where it stands:\n${settings.publicOrigin}${paths.myMembership()}`,
	]);
}

/** To a member whose fee was given back, and the membership ends with it. `lastOn`: the last day as a member. */
export function endedByRefund(settings: Settings, { key, lastOn }: { key: string; lastOn: string }, to: string): Mail {
	return letter(settings, { kind: 'membership.ended-by-refund', key, to, subject: 'Your membership ends' }, [
		'Your fee is being given back, and the membership that it paid for ends with it.',
		`Your last day as a member is ${sayDay(lastOn)}. From the next day your name is on the register no longer, and your listing is hidden.`,
		`If this is not what you expected, write to ${settings.organisation.email}. What we hold about your membership is here:\n${settings.publicOrigin}${paths.myMembership()}`,
	]);
}

/** To an organisation member whose employment has ended. */
export function employmentEnded(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'membership.employment-ended', key, to, subject: 'Your organisation membership' }, [
		'You told us that your employment has ended. Organisation membership ends with it.',
		`If you work for another NHS organisation or charity, you can apply again:\n${settings.publicOrigin}${paths.join()}`,
	]);
}
