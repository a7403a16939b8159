import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

/** To a reviewer from outside for whom a room was made. What is in it they learn behind their sign-in only. */
export function roomMade(settings: Settings, { key, untilOn }: { key: string; untilOn: string }, to: string): Mail {
	return letter(settings, { kind: 'concern.room', key, to, subject: 'Something waits for your review' }, [
		`What you were asked to review is ready for you, until the end of ${untilOn}.`,
		`Sign in to read it:\n${settings.publicOrigin}${paths.concernRooms()}`,
	]);
}
