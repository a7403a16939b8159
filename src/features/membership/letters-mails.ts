import { addDays, londonDay } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';

/** How long the text of a letter stays in the outbox; the letter itself is in the person's file. */
const KEPT_DAYS = 90;

/** A letter of the office as a message. Its subject and its first line say nothing about the person. */
export function letterMail(
	settings: Settings,
	letter: { id: string; template: string; subject: string; body: string },
	to: { address: string; now: number },
): Mail {
	const { id, template, subject, body } = letter;
	return {
		kind: `letter.${template}`,
		to: to.address,
		subject,
		text: `The office has written to you.\n\n${body}\n\n${settings.organisation.name}\n${settings.publicOrigin}\n`,
		dedupeKey: `letter:${id}`,
		purgeOn: addDays(londonDay(to.now), KEPT_DAYS),
	};
}
