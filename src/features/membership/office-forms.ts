import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { last, text } from '#core/fields.ts';
import { admitApplicant, askApplicant, confirmDecline, type OfficerMove, proposeDecline, returnToQueue } from './admit-commands.ts';
import type { MembershipHandlers } from './handlers.ts';

const WORDS_LIMIT = 4000;
const version = z.preprocess(last, z.coerce.number('Open this page again, then send it.').int().positive());
const words = text(WORDS_LIMIT, `Shorten it to ${WORDS_LIMIT.toLocaleString('en-GB')} characters or fewer.`);

/** What an officer sends about an application. */
export const officerForm = z.object({ version, words });

/** An officer's answer to a request for leave. */
export const leaveForm = z.object({ version, answer: z.preprocess(last, z.enum(['yes', 'no'], 'Choose an answer.')), words });

/** What an officer may do with an application: what it is called and says before it is done. */
export const OFFICER_ACTS = {
	admit: {
		title: 'Accept',
		says: 'The applicant is told and gets an invoice. They become a member on the day it is paid.',
		label: 'Note (owed when a removed person bears this name)',
		button: 'Accept the application',
	},
	ask: {
		title: 'Ask for more',
		says: 'The applicant is told to look at their application, where your question stands. The time of the promise stands still until they answer.',
		label: 'Your question',
		button: 'Ask',
	},
	decline: {
		title: 'Propose to decline',
		says: 'Nothing is told to the applicant yet. A second officer has to agree.',
		label: 'The reason, as the applicant will read it',
		button: 'Propose to decline',
	},
	confirm: {
		title: 'Decline',
		says: 'The applicant is told, and reads the reason. They may apply again.',
		label: 'Note (not shown to the applicant)',
		button: 'Decline the application',
	},
	return: {
		title: 'Put back into the queue',
		says: 'The proposal to decline is dropped, and the application is decided anew.',
		label: 'Note (not shown to the applicant)',
		button: 'Put it back',
	},
} as const;

export type OfficerAct = keyof typeof OFFICER_ACTS;
export const OFFICER_ACT_NAMES = Object.keys(OFFICER_ACTS) as OfficerAct[];

/** @throws what the command of the act throws */
export function doOfficerAct(ctx: Ctx, act: OfficerAct, move: OfficerMove, handlers: MembershipHandlers): void {
	if (act === 'admit') return admitApplicant(ctx, move, handlers);
	({ ask: askApplicant, decline: proposeDecline, confirm: confirmDecline, return: returnToQueue })[act](ctx, move);
}
