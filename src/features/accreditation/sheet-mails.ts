import type { Mail } from '#core/outbox.ts';
import { countOf } from '#core/text.ts';
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

/** To the lead: the sheets agree, and the applicant is to be asked for what can be mended. */
export function sheetsAgreeToMend(settings: Settings, { key, reference, criteria }: About & { criteria: number }, to: string): Mail {
	return letter(settings, { kind: 'accreditation.sheets-agree', key, to, subject: `The applicant can be asked for what is missing (${reference})` }, [
		`Every sheet on application ${reference} is sealed, and they do not differ: ${countOf(criteria, 'criterion', 'criteria')} can still be mended, everything else is met.`,
		'As the lead assessor you have the next step: ask the applicant. The questions are there already, from what was marked; look that they read as you want them to.',
		`Ask here:\n${settings.publicOrigin}${paths.officeApplication(reference, 'ask')}`,
	]);
}
