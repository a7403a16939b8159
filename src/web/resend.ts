import type { Problem } from './problem.ts';

/** A form that can be sent once more: where to, what to do first in another tab, and what was typed. */
export type Resend = { action: string; first: string; fields: { name: string; value: string }[]; hadFiles: boolean };

/** Never written into a page: what opens an account. */
const SECRET = /password|^(?:code|passkey|sealed|link|token)$/i;
/** A form that is larger holds files; those have to be chosen again in any case. */
const MOST_BYTES = 512 * 1024;

/**
 * What was sent, to be sent again. @param kept.typed what the page had read already; else it is read here
 * @param kept.first the address of what has to be done first
 */
export async function resendOf(request: Request, url: URL, kept: { typed: Record<string, string[]> | undefined; first: string }): Promise<Resend> {
	const isLarge = Number(request.headers.get('content-length') ?? 0) > MOST_BYTES;
	const form = kept.typed || isLarge || request.bodyUsed ? new FormData() : await request.formData().catch(() => new FormData());
	const pairs = kept.typed ? Object.entries(kept.typed).flatMap(([name, values]) => values.map((value) => ({ name, value }))) : pairsOf(form);
	const hadFiles = /^multipart\//.test(request.headers.get('content-type') ?? '');
	return { action: url.pathname + url.search, first: kept.first, fields: pairs.filter(({ name }) => !SECRET.test(name)), hadFiles };
}

function pairsOf(form: FormData): Resend['fields'] {
	return [...form].flatMap(([name, value]) => (typeof value === 'string' ? [{ name, value }] : []));
}

const SAID = {
	sign_in: {
		title: 'You are signed out',
		message: 'Nothing was saved yet, and nothing you typed is lost: it is kept on this page. Sign in in a new tab, come back here, then send it again.',
	},
	second_step: {
		title: 'Your second step is missing',
		message:
			'Nothing was saved yet, and nothing you typed is lost: it is kept on this page. Give your second step in a new tab, come back here, then send it again.',
	},
	prove: {
		title: 'Please confirm that it is you',
		message:
			'Nothing was saved yet, and nothing you typed is lost: it is kept on this page. Confirm in a new tab that it is you, come back here, then send it again.',
	},
} as const;

/** What someone reads whose form could not be taken because of who they are, or are not. */
export function signedOut(step: keyof typeof SAID, resend: Resend): Problem {
	return { status: 403, ...SAID[step], resend };
}
