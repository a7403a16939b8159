import type { Ctx } from '#core/ctx.ts';
import { paths } from '#paths';
import type { Sight } from './gate-sight.ts';
import type { RequestAnswer } from './request-answer.ts';
import { ANSWER_FIELDS } from './request-forms.ts';
import { requestKey } from './request-office.ts';
import { type RequestRow, requestsIn } from './request-queries.ts';
import { type Scan, scansOf } from './request-scan.ts';
import { requestState } from './request-state.ts';
import { REQUEST_STATE_WORDS, REQUEST_WORDS } from './request-words.ts';

type Fact = { key: string; value: string };
/** Somebody outside who was asked. `href`: where the office works on it. */
export type RequestLine = {
	title: string;
	state: (typeof REQUEST_STATE_WORDS)[keyof typeof REQUEST_STATE_WORDS];
	dueOn: string | null;
	judgement: string | null;
	facts: Fact[];
	/** Of the letter, where it came by post. */
	scans: Scan[];
	href: string | null;
};

const JUDGED = { accepted: 'Accepted by the office', queried: 'Queried by the office', rejected: 'Not accepted by the office' } as const;

/** Everybody who was asked for a word about an application, the oldest first. Whoever asks has made sure that the actor may see it. */
export function requestLines(ctx: Ctx, { application, isOfficer }: Sight): RequestLine[] {
	return requestsIn(ctx.db, application.id).map((row) => ({
		title: `${REQUEST_WORDS[row.kind].label}: ${row.toName}`,
		state: REQUEST_STATE_WORDS[requestState(row, ctx.today)],
		dueOn: row.endedAt === null && row.sentAt !== null ? row.dueOn : null,
		judgement: row.judgement === null ? null : [JUDGED[row.judgement], row.judgementWords].filter(Boolean).join(': '),
		facts: row.ending === 'answered' ? answerFacts(row) : [],
		scans: scansOf(ctx, row),
		href: isOfficer ? paths.applicationRequests(application.reference ?? '', requestKey(row)) : null,
	}));
}

export function answerFacts({ kind, answer }: RequestRow): Fact[] {
	const { fields, signedName } = JSON.parse(answer ?? '{}') as Partial<RequestAnswer>;
	const asked = ANSWER_FIELDS[kind];
	const labelOf = (name: string) => asked.find((field) => field.name === name)?.label ?? OTHER_LABELS[name] ?? name;
	const said = (name: string, value: string) => asked.find((field) => field.name === name)?.options?.find((one) => one.value === value)?.label ?? value;
	const facts = Object.entries(fields ?? {}).flatMap(([name, value]) => (value === '' ? [] : [{ key: labelOf(name), value: said(name, String(value)) }]));
	return signedName ? [...facts, { key: 'Signed', value: signedName }] : facts;
}

const OTHER_LABELS: Record<string, string> = {
	byHand: 'As it came on paper or by telephone',
	hasConflict: 'Is there anything between them that could sway them?',
	conflict: 'What there is between them',
};
