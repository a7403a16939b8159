import { z } from 'zod';
import { isTicked, line, text } from '#core/fields.ts';
import { choice, filledLine, repeatKey, version } from './form-fields.ts';
import { CASE_DECISIONS } from './words.ts';

export const REPORT_LIMIT = 4000;
const CONFLICT_LIMIT = 2000;
const TOO_LONG = `Shorten this to ${REPORT_LIMIT.toLocaleString('en-GB')} characters.`;

/** What a supervisor signs. `factsNumber`, `statementVersion`: what stood on the page. `reason`: why it takes the place of an earlier report. */
export type ReportInput = z.output<typeof reportForm>;

/** The form of a report. Nothing in it is ever filled in from what the trainee wrote. */
export const reportForm = z
	.object({
		decision: choice(CASE_DECISIONS, 'Choose how the case stands.'),
		strengths: text(REPORT_LIMIT, TOO_LONG).refine((said) => said !== '', 'Say what was done well.'),
		concerns: text(REPORT_LIMIT, TOO_LONG),
		competence: text(REPORT_LIMIT, TOO_LONG).refine((said) => said !== '', 'Say how you judge their competence.'),
		hasConflict: choice(['no', 'yes'], 'Say whether anything could sway your judgement.'),
		conflict: text(CONFLICT_LIMIT, `Shorten this to ${CONFLICT_LIMIT.toLocaleString('en-GB')} characters.`),
		signedName: filledLine(200, 'Shorten the name to 200 characters.', 'Type your name: it is your signature.'),
		agrees: z.preprocess(isTicked, z.literal(true, 'Tick the box: without it the report is not signed.')),
		reason: line(300, 'Shorten the reason to 300 characters.'),
		factsNumber: version,
		statementVersion: line(40, 'Open the page again.'),
		repeatKey,
	})
	.superRefine(({ decision, concerns, hasConflict, conflict }, check) => {
		const tell = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
		if (concerns === '' && (decision === 'further_work' || decision === 'failed')) tell('concerns', 'Say what is missing or of concern.');
		if (hasConflict === 'yes' && conflict === '') tell('conflict', 'Say what it is.');
	});
