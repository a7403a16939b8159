import { sayDay, sayInstant } from '#core/dates.ts';
import { DATA_REQUEST_KINDS } from './data-request-forms.ts';
import type { DataRequest } from './data-request-queries.ts';

const OUTCOMES: Record<NonNullable<DataRequest['outcome']>, string> = {
	done: 'Answered: done as you asked',
	partly: 'Answered: done in part',
	refused: 'Answered: not done',
	withdrawn: 'Taken back',
};

/** How a request stands, in a few words. */
export function sayDataRequest(request: DataRequest): string {
	if (request.outcome) return OUTCOMES[request.outcome];
	return request.acknowledgedAt === null ? 'We have it' : 'We are working on it';
}

/** Everything about a request, question by question, for its page. */
export function dataRequestRows(request: DataRequest): { key: string; value: string }[] {
	const rows = [
		{ key: 'Number', value: request.reference },
		{ key: 'What', value: DATA_REQUEST_KINDS[request.kind] },
		{ key: 'In your words', value: request.said },
		{ key: 'Asked', value: sayInstant(request.askedAt) },
		{ key: 'How it stands', value: sayDataRequest(request) },
	];
	if (request.answeredAt === null) {
		const isTaken = request.acknowledgedAt !== null;
		rows.push({ key: 'Acknowledged', value: isTaken ? sayInstant(request.acknowledgedAt ?? 0) : `by ${sayDay(request.acknowledgeByOn)} at the latest` });
		rows.push({ key: 'Answer due', value: `${sayDay(request.dueOn)} at the latest` });
	} else rows.push({ key: 'Closed', value: sayInstant(request.answeredAt) });
	if (request.extendedBecause) rows.push({ key: 'Why it takes longer', value: request.extendedBecause });
	if (request.answer) rows.push({ key: 'Answer', value: request.answer });
	return rows;
}
