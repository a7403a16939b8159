import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

/** To a therapist of whom something is asked by a day. What, they read behind their sign-in only. */
export function somethingDue(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'concern.something_due', key, to, subject: 'Something is due in your own area' }, [
		'Something that was agreed with you, or asked of you, is due soon.',
		`Sign in to see what, and by when:\n${settings.publicOrigin}${paths.my()}`,
	]);
}

/** To whoever looks after something that was shown. */
export function evidenceCame(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'concern.evidence_came', key, to, subject: 'Something waits for you at the office' }, [
		'Something came in that you look after. Please look at it within two weeks.',
		`Sign in and open your list:\n${settings.publicOrigin}${paths.officeOrders()}`,
	]);
}
