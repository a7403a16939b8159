import { addDays } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';
import type { ChangeView } from './change-request-queries.ts';

type Facts = { settings: Settings; to: string; request: Pick<ChangeView, 'id' | 'kind'>; today: string; isApproved: boolean; reason: string };

/** The answer to a request for a new name or another birth date. It says neither. */
export function mailChangeDecided({ settings, to, request, today, isApproved, reason }: Facts): Mail {
	const what = request.kind === 'name' ? 'a new name' : 'another date of birth';
	const done =
		request.kind === 'name' ? 'Your record and your entry in the register say it from now on.' : 'Your record says it from now on. It is shown to nobody.';
	const text = [
		'A request about your record has been answered.',
		isApproved ? `You asked us to record ${what}. We have done so. ${done}` : `You asked us to record ${what}. We could not do so. The reason: ${reason}`,
		isApproved
			? 'Files that you sent with it have been deleted.'
			: 'You can ask again with something else that shows it. Files that you sent have been deleted.',
		`${settings.publicOrigin}/my/profile`,
		`${settings.organisation.name}\n${settings.publicOrigin}`,
	];
	return {
		kind: isApproved ? 'person.change-approved' : 'person.change-refused',
		to,
		subject: 'Your request has been answered',
		text: `${text.join('\n\n')}\n`,
		dedupeKey: `change:${request.id}`,
		purgeOn: addDays(today, 30),
	};
}
