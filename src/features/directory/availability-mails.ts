import type { Mail } from '#core/outbox.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

/** The monthly question whether someone takes new clients, with its one-tap link. @param month `YYYY-MM` */
export function availabilityMail(settings: Settings, to: { personId: string; address: string; token: string; month: string }): Omit<Mail, 'purgeOn'> {
	const { name } = settings.organisation;
	return {
		kind: 'listing.availability',
		to: to.address,
		subject: 'Are you taking new clients?',
		dedupeKey: `listing.availability:${to.personId}:${to.month}`,
		text: `Your listing says whether you take new clients. It helps people most when it is true.

One tap says so for this month:

${settings.publicOrigin}${paths.availability(to.token)}

Opening the page changes nothing; you choose an answer there. You need not sign in. Whoever has this link can set the answer, so please do not pass it on. It works until the next one comes.

If nothing is confirmed for some weeks, your listing says "not confirmed" and stands behind others in searches for people who take new clients.

${name}
`,
	};
}
