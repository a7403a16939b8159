import { sayDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';
import { letter } from './letter.ts';

type Facts = { settings: Settings; to: string; request: { reference: string; dueOn: string } };

const where = ({ settings, request }: Facts) => `${settings.publicOrigin}/my/data/requests/${request.reference}`;

/** A request about data has arrived: goes out at once, whoever deals with it later. */
export function mailDataRequestReceived(facts: Facts): Mail {
	return letter(
		facts.settings,
		{ kind: 'data_request.received', key: facts.request.reference, to: facts.to, subject: 'We have your request about your data' },
		[
			'We have your request about the data that we hold about you.',
			`We answer it by ${sayDay(facts.request.dueOn)} at the latest. You can see how it stands, or take it back, here:`,
			where(facts),
			'If you did not send it, please change your password and tell us.',
		],
	);
}

/** Somebody in the office has taken it up. */
export function mailDataRequestAcknowledged(facts: Facts): Mail {
	return letter(facts.settings, { kind: 'data_request.acknowledged', key: facts.request.reference, to: facts.to, subject: 'We are working on your request' }, [
		'Somebody in our office has taken up your request about your data.',
		`You will have an answer by ${sayDay(facts.request.dueOn)}. You can see how it stands here:`,
		where(facts),
	]);
}

/** The answer takes longer than a month; the reason is on the page. */
export function mailDataRequestExtended(facts: Facts): Mail {
	return letter(facts.settings, { kind: 'data_request.extended', key: facts.request.reference, to: facts.to, subject: 'We need more time for your request' }, [
		'We need more time for your request about your data than the month we said.',
		`You will have an answer by ${sayDay(facts.request.dueOn)}. Sign in to read why:`,
		where(facts),
		'If you do not agree, you can complain to us, and to the Information Commissioner’s Office at https://ico.org.uk.',
	]);
}

/** There is an answer; it is read after signing in. */
export function mailDataRequestAnswered(facts: Facts): Mail {
	return letter(facts.settings, { kind: 'data_request.answered', key: facts.request.reference, to: facts.to, subject: 'There is an answer to your request' }, [
		'We have answered your request about your data.',
		'Sign in to read the answer:',
		where(facts),
		'If you do not agree with it, you can complain to us, and to the Information Commissioner’s Office at https://ico.org.uk.',
	]);
}
