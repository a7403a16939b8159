import { z } from 'zod';
import { cleaned, isFilled, isTicked, last, line, text } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';
import { readDay } from '#core/read-day.ts';
import { DAY_MINUTES, readDuration } from '#core/read-duration.ts';
import type { Decision } from './supervision-confirm.ts';
import { SUPERVISION_KINDS, SUPERVISION_MATERIAL, SUPERVISION_MODES } from './supervision-words.ts';

/** What a form says of a session. In a draft, day, length and supervisor may be missing; `minutes` 0: it did not take place. */
export type SessionInput = z.output<typeof sessionForm>;

const version = z.preprocess((value) => Number(last(value)) || 0, z.int().min(0));
const choice = <T extends readonly [string, ...string[]]>(values: T, message: string) => z.preprocess(last, z.enum(values, message));

/** A day in one box, as people type it; '' is null. */
const day = (missing: string) =>
	line(40, 'Enter a day, such as 22/11/2026.').transform((typed, check) => {
		if (typed === '') return null;
		const read = readDay(typed);
		if ('day' in read) return read.day;
		check.addIssue({ code: 'custom', message: `“${typed}” ${read.why}. ${missing}` });
		return z.NEVER;
	});

const length = z.preprocess(
	(value) => cleaned(value).trim(),
	z.string().transform((typed, check) => {
		if (typed === '') return null;
		const read = readDuration(typed, DAY_MINUTES);
		if ('minutes' in read) return read.minutes;
		check.addIssue({ code: 'custom', message: read.why });
		return z.NEVER;
	}),
);

const size = line(10, 'Enter how many you were as a number.').transform((typed, check) => {
	if (typed === '') return null;
	if (/^\d{1,3}$/.test(typed) && Number(typed) >= 2) return Number(typed);
	check.addIssue({ code: 'custom', message: 'Enter how many shared the time, yourself included: 2 or more.' });
	return z.NEVER;
});

/** The form of a session. Whether all that is needed is there, the command says: a draft may lack it. */
export const sessionForm = z.object({
	heldOn: day('Such as 22/11/2026.'),
	minutes: length,
	relation: line(40, 'Choose your supervisor.').transform((id) => (id === '' || id === 'none' ? null : id)),
	kind: choice(SUPERVISION_KINDS, 'Choose what kind of supervision it was.'),
	size,
	mode: choice(SUPERVISION_MODES, 'Choose how you met.'),
	material: choice(SUPERVISION_MATERIAL, 'Say whether live or recorded work was used.'),
	note: text(2000, 'Shorten the note to 2,000 characters.'),
	checked: z.preprocess(isTicked, z.boolean()),
	notHeld: z.preprocess(isTicked, z.boolean()),
	corrects: line(40, 'Open the page again.').transform((id) => id || null),
	as: z.preprocess(last, z.string().catch('')),
	repeatKey: line(80, 'Open the page again.'),
	version,
});

/** Asks for a supervision to be noted. */
export const askForm = z
	.object({
		who: choice(['registrant', 'outsider', 'supervisee'], 'Choose whom you ask.'),
		number: line(40, 'Enter a register number, such as IPT-000425.'),
		name: line(200, 'Shorten the name to 200 characters.'),
		profession: line(200, 'Shorten the profession to 200 characters.'),
		email: line(254, 'Shorten the e-mail address.'),
		fromOn: day('Such as 22/11/2026.').refine((value) => value !== null, 'Enter the day of the first session.'),
	})
	.superRefine(
		({ who, number, name, profession, email }, check) => {
			const tell = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
			if (who !== 'outsider') {
				if (!isFilled(number ?? '')) tell('number', 'Enter their register number, such as IPT-000425.');
				return;
			}
			if (!isFilled(name ?? '')) tell('name', 'Enter your supervisor’s name.');
			if (!isFilled(profession ?? '')) tell('profession', 'Enter your supervisor’s profession.');
			if (!isMailAddress(email ?? '')) tell('email', 'Enter an e-mail address in full, like name@example.com.');
		},
		{ when: () => true },
	);

export const relationAnswerForm = z.object({ answer: choice(['yes', 'no', 'take_back'], 'Choose one of the answers.'), version });
export const relationEndForm = z.object({ endedOn: day('Such as 22/11/2026.'), version });
export const deleteSessionForm = z.object({ version });

const DISPUTE_LIMIT = 300;

/**
 * What a supervisor says of the sessions they were shown: each that is not ticked as wrong is confirmed, a tick needs a word.
 * `seen` holds every session as `key:version`. `endedOn`: the last day, from a supervisor who ends the supervision by this; null otherwise.
 */
export const decisionsForm = z.record(z.string(), z.unknown()).transform((raw, check): { decisions: Decision[]; endedOn: string | null } => {
	const shown = [raw.seen].flat().map((value) => SEEN.exec(String(value)));
	if (shown.some((parts) => parts === null)) {
		check.addIssue({ code: 'custom', path: [''], message: 'Nothing was chosen. Please open the page again.' });
		return z.NEVER;
	}
	const decisions = shown.map((parts) => {
		const [, id = '', version = ''] = parts ?? [];
		const why = cleaned(raw[`why-${id}`]).replace(/\s+/g, ' ').trim();
		const isWrong = isTicked(raw[`wrong-${id}`]) || why !== '';
		if (isWrong && why === '') check.addIssue({ code: 'custom', path: [`why-${id}`], message: 'Say in a few words what is not right.' });
		if (why.length > DISPUTE_LIMIT) check.addIssue({ code: 'custom', path: [`why-${id}`], message: `Shorten this to ${DISPUTE_LIMIT} characters.` });
		return { id, version: Number(version), dispute: isWrong ? why : null };
	});
	const typed = cleaned(raw.endedOn).trim();
	const read = typed === '' ? { day: null } : readDay(typed);
	if ('why' in read) check.addIssue({ code: 'custom', path: ['endedOn'], message: `“${typed}” ${read.why}.` });
	return { decisions, endedOn: 'day' in read ? read.day : null };
});

const SEEN = /^([0-9a-f-]{36}):(\d{1,9})$/;

/** Yes or no to being noted as somebody's supervisor, by link. */
export const linkAnswerForm = z.object({ answer: choice(['yes', 'no'], 'Choose one of the two answers.') });
