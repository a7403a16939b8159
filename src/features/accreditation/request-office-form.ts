import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { sayDay, sayInstant } from '#core/dates.ts';
import { isFilled, last, line, text } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';
import { answerFacts } from './check-requests.ts';
import { several } from './meeting-forms.ts';
import { judgeRequest, letRequestBe, officeBounced, officeCorrect, officeMoreTime, recordByHand } from './request-office.ts';
import type { RequestRow } from './request-queries.ts';
import { type Scan, scansOf } from './request-scan.ts';
import { requestState } from './request-state.ts';
import { REQUEST_STATE_WORDS, REQUEST_WORDS } from './request-words.ts';

const LIMIT = 8000;
const words = text(LIMIT, `Shorten this to ${LIMIT.toLocaleString('en-GB')} characters or fewer.`);
const email = line(254, 'Shorten the address.');
const RIGHT_ADDRESS = 'Enter an address in the right form, like name@example.org.';

/** Asks another body. */
export const outsideForm = z.object({
	name: line(200, 'Shorten the name.').refine(isFilled, 'Say which body is asked.'),
	email: email.refine(isMailAddress, RIGHT_ADDRESS),
	about: text(2000, 'Shorten the question to 2,000 characters or fewer.').refine(isFilled, 'Write what it should confirm.'),
});

/** Whatever the office does about one request. */
export const officeRequestForm = z
	.object({
		act: z.preprocess(last, z.enum(['judge', 'hand', 'correct', 'bounced', 'time', 'let'], 'Choose what you want to do.')),
		version: z.preprocess(last, z.coerce.number().int().catch(-1)),
		judgement: z.preprocess(last, z.enum(['accepted', 'queried', 'rejected']).optional().catch(undefined)),
		ending: z.preprocess(last, z.enum(['answered', 'declined', 'wrong_person']).optional().catch(undefined)),
		words,
		signedName: line(200, 'Shorten the name.'),
		email,
		files: several,
	})
	.superRefine((input, check) => {
		const issue = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
		if (input.act === 'judge' && input.judgement === undefined) issue('judgement', 'Say whether it can be used.');
		if (input.act === 'hand' && input.ending === undefined) issue('ending', 'Say what it brought.');
		if (input.act === 'hand' && input.ending === 'answered' && input.words === '') issue('words', 'Type what the letter says.');
		if (input.act === 'hand' && input.ending === 'answered' && input.signedName === '') issue('signedName', 'Say who signed it.');
		if (input.act === 'correct' && !isMailAddress(input.email)) issue('email', RIGHT_ADDRESS);
		if (input.act === 'let' && input.words === '') issue('words', 'Write why: assessors and committee read it.');
	});

/** Does what the form of the office's page asks for. @throws NotFound, Conflict, Invalid */
export function actOnRequest(ctx: Ctx, at: { reference: string; request: string }, input: z.output<typeof officeRequestForm>): void {
	const act = { ...at, version: input.version };
	if (input.act === 'judge' && input.judgement) return judgeRequest(ctx, act, { judgement: input.judgement, words: input.words });
	if (input.act === 'hand' && input.ending)
		return recordByHand(ctx, act, { ending: input.ending, words: input.words, signedName: input.signedName, files: input.files });
	if (input.act === 'correct') return officeCorrect(ctx, act, input.email);
	if (input.act === 'bounced') return officeBounced(ctx, act);
	if (input.act === 'time') return officeMoreTime(ctx, act);
	return letRequestBe(ctx, act, input.words);
}

type Fact = { key: string; value: string };

/** A request with all that the office may know of it. Whoever asks has made sure that the actor may see it. */
export function requestFacts(ctx: Ctx, row: RequestRow): { title: string; rows: Fact[]; answer: Fact[]; scans: Scan[] } {
	const rows: (Fact | false)[] = [
		{ key: 'Who is asked', value: row.toName },
		row.about !== '' && { key: row.kind === 'outside_body' ? 'What they should confirm' : 'About them', value: row.about },
		{ key: 'Where it stands', value: REQUEST_STATE_WORDS[requestState(row, ctx.today)].label },
		row.sentAt !== null && { key: 'Asked', value: sayInstant(row.sentAt) },
		row.openedAt !== null && { key: 'Opened', value: sayInstant(row.openedAt) },
		row.mailProblem !== null && row.mailSentAt === null && { key: 'What the mail server said', value: row.mailProblem },
		row.endedAt === null && { key: 'Last day', value: sayDay(row.dueOn) },
		row.endedAt !== null && { key: 'Ended', value: sayInstant(row.endedAt) },
		row.byHandBy !== null && { key: 'How it came', value: 'On paper or by telephone, typed in by the office' },
	];
	return {
		title: REQUEST_WORDS[row.kind].label,
		rows: rows.filter((one): one is Fact => one !== false),
		answer: row.ending === 'answered' ? answerFacts(row) : [],
		scans: scansOf(ctx, row),
	};
}
