import { addDays, sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';
import type { Check } from './checks-rules.ts';

type Facts = { settings: Settings; to: string; check: Pick<Check, 'id' | 'kind'> & { validToOn: string }; days: number };

const WHAT: Record<Check['kind'], { it: string; ask: string }> = {
	core_registration: {
		it: 'your registration with your other professional body',
		ask: 'When you have renewed it there, you need do nothing here: we look it up. If you no longer have it, please tell us.',
	},
	insurance: { it: 'your indemnity insurance', ask: 'When you have renewed it, tell us the new last day on this page.' },
	record_check: { it: 'your record check', ask: 'Please show the office a newer one. We note its type and date and keep no copy.' },
};

/** A member is reminded that something on their record runs out. `days`: which of the reminders it is; 0 is the last day. */
export function mailCheckReminder({ settings, to, check, days }: Facts): Mail {
	const { it, ask } = WHAT[check.kind];
	const when = days === 0 ? `The last day that we know of is ${sayDay(check.validToOn)}.` : `It runs to ${sayDay(check.validToOn)}, as far as we know.`;
	const text = [
		'Something that we keep on your record will soon be out of date.',
		`It is ${it}. ${when}`,
		ask,
		`${settings.publicOrigin}/my/profile`,
		`${settings.organisation.name}\n${settings.publicOrigin}`,
	];
	return {
		kind: 'check.reminder',
		to,
		subject: days === 0 ? 'Something on your record runs out today' : 'Something on your record runs out soon',
		text: `${text.join('\n\n')}\n`,
		dedupeKey: `check:${check.id}:${check.validToOn}:${days}`,
		purgeOn: addDays(check.validToOn, 30),
	};
}
