import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { nameOfPerson } from '#features/cpd/index.ts';
import { askMoreTime, declineRequest } from './request-answer.ts';
import { ANSWER_FIELDS, type AnswerField } from './request-forms.ts';
import { sayRequestLink, stateOfLink } from './request-link.ts';
import type { RequestKind, RequestRow } from './request-queries.ts';
import { statementOn } from './request-words.ts';
import { standingOf } from './step.ts';

/** What somebody who is asked sees. `over`: why there is nothing to do any more, or that it is done. */
export type AnswerPage = {
	kind: RequestKind;
	title: string;
	applicant: string;
	route: string;
	about: string;
	dueOn: string;
	fields: readonly AnswerField[];
	statement: string;
	mayAskTime: boolean;
	version: number;
	over: string | null;
};

const TITLES: Record<RequestKind, string> = {
	reference: 'Give a reference',
	supervisor_report: 'Write a supervisor’s report',
	outside_body: 'Confirm something from your records',
};

/** The page of a request whose link is in hand. */
export function answerByLinkPage(ctx: Ctx, row: RequestRow): AnswerPage {
	const { application, route } = standingOf(ctx.db, row.applicationId);
	return {
		kind: row.kind,
		title: TITLES[row.kind],
		applicant: nameOfPerson(ctx.db, application.personId),
		route: route.title,
		about: row.kind === 'outside_body' ? `We ask: ${row.about}` : '',
		dueOn: sayDay(row.dueOn),
		fields: ANSWER_FIELDS[row.kind],
		statement: statementOn(ctx.db, row.kind, ctx.today).words,
		mayAskTime: row.moreTimeAt === null,
		version: row.version,
		over: overWords(ctx, row),
	};
}

function overWords(ctx: Ctx, row: RequestRow): string | null {
	const state = stateOfLink(ctx, row);
	if (state === 'live') return null;
	if (row.ending === 'answered') return 'Thank you: we have your answer. There is nothing more to do, and you can close this page.';
	if (row.ending === 'declined' || row.ending === 'wrong_person') return 'Thank you for telling us. There is nothing more to do, and you can close this page.';
	return sayRequestLink(state);
}

/** The answer to the first question. @returns what the page shows next. @throws Conflict */
export function answerLinkFirst(ctx: Ctx, row: RequestRow, can: 'yes' | 'no' | 'wrong' | 'time'): string {
	if (can === 'yes') return 'step=write';
	if (can === 'time') {
		askMoreTime(ctx, row);
		return 'done=time';
	}
	declineRequest(ctx, row, can === 'no' ? 'declined' : 'wrong_person');
	return 'done=no';
}
