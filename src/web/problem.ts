import { isExpected } from '#core/errors.ts';
import type { Resend } from './resend.ts';

export type Problem = { status: number; title: string; message: string; resend?: Resend };

const TITLES: Record<number, string> = {
	403: 'You cannot open this page',
	404: 'We could not find that page',
	409: 'Something has changed in the meantime',
	422: 'Something in the form needs another look',
};

/** What a person is told about an error that was thrown: what happened and what to do, never how. */
export function problemOf(error: unknown, requestId: string): Problem {
	if (isExpected(error)) {
		return { status: error.status, title: TITLES[error.status] ?? 'This did not work', message: error.message };
	}
	return {
		status: 500,
		title: 'Sorry, something went wrong on our side',
		message: `Nothing that was confirmed to you is lost. Please try again in a few minutes. If it happens again, tell the office this code: ${requestId || 'unknown'}.`,
	};
}
