import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { key: string; reference: string };

/** To an applicant whose application is held. Why stands on the page. */
export function putOnHold(settings: Settings, { key, reference, untilOn }: About & { untilOn: string }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.on-hold', key, to, subject: `Your application is on hold (${reference})` }, [
		`Your application ${reference} is on hold until ${sayDay(untilOn)} at the latest. All time limits stand still until then, yours too.`,
		`Why, stands on your page:\n${settings.publicOrigin}${paths.myAccreditation()}`,
		'You need do nothing. It goes on by itself on that day, or earlier.',
	]);
}

/** To an applicant whose application goes on. */
export function takenOffHold(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'accreditation.off-hold', key, to, subject: `Your application goes on (${reference})` }, [
		`Your application ${reference} is no longer on hold and goes on where it stood.`,
		`See where it stands, and whether anything is asked of you:\n${settings.publicOrigin}${paths.myAccreditation()}`,
	]);
}
