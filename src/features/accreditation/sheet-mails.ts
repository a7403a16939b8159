import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

type About = { key: string; reference: string };

/** To an assessor whose applicant has answered, or whose application came back from the committee: a fresh sheet. */
export function lookAgain(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'accreditation.look-again', key, to, subject: `There is something new to look at (${reference})` }, [
		`Application ${reference}, which you assess, is with you again: something new has come in.`,
		'You have a fresh sheet. Your earlier marks are on it, so that you need only change what has changed. Your earlier sheet is kept as it was.',
		`Open it here:\n${settings.publicOrigin}${paths.officeApplication(reference)}`,
	]);
}

/** To the lead: the sheets are open, and something is left to be decided together. */
export function sheetsOpen(settings: Settings, { key, reference }: About, to: string): Mail {
	return letter(settings, { kind: 'accreditation.sheets-open', key, to, subject: `All sheets are sealed and open now (${reference})` }, [
		`Everyone who assesses application ${reference} has sealed their sheet. All of you can now read all sheets.`,
		'As the lead assessor you have the next step: write down what you agree on where the sheets differ, or ask the applicant for what can still be mended.',
		`Open it here:\n${settings.publicOrigin}${paths.officeApplication(reference)}`,
	]);
}
