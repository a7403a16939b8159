import type { CpdFigures, CpdResult } from './cpd.ts';
import type { Row } from './part.ts';
import type { RenewalResult } from './renewal.ts';
import type { SignInResult } from './sign-in.ts';

/** What members meet: their page, their log, their standing. */
export function cpdRows({ http }: CpdResult): Row[] {
	return [...page('`/my`', http.my), ...page('`/my/cpd`', http.log), ...page('`/my/cpd/standing`', http.standing)];
}

export function signInRow(signIn: SignInResult): Row {
	return {
		what: 'A search while 20 people sign in at once, p99, against nobody',
		goal: '≤ 2 ×',
		measured: `**${signIn.ratio.toFixed(1)} ×** (${signIn.idle.toFixed(1)} ms → ${signIn.busy.toFixed(1)} ms; ${signIn.signedIn} got in, ${signIn.toldToWait} were asked to wait)`,
		isMet: signIn.ratio <= 2,
	};
}

/** The night on which everyone renews. */
export function renewalRow(renewal: RenewalResult): Row {
	return {
		what: `Renewal night, ${renewal.members.toLocaleString('en-GB')} renewals and reminders, killed ${renewal.kills} times`,
		goal: 'nothing twice, nothing missing, no gap',
		measured: `${renewal.isWhole ? 'whole' : '**not whole**'}; ${renewal.total.toFixed(0)} s in all`,
		isMet: renewal.isWhole,
	};
}

function page(path: string, { p50, p99, of20, of2000, ratio }: CpdFigures): Row[] {
	return [
		{
			what: `${path}, whole page over HTTP, 20,000 members, 200,000 entries: p99 (p50)`,
			goal: '< 25 ms',
			measured: `${p99.toFixed(1)} ms (${p50.toFixed(1)} ms)`,
			isMet: p99 < 25,
		},
		{
			what: `${path}: a member with 2,000 entries against one with 20`,
			goal: '≤ 3 ×',
			measured: `${ratio.toFixed(1)} × (${of20.toFixed(1)} ms → ${of2000.toFixed(1)} ms)`,
			isMet: ratio <= 3,
		},
	];
}
