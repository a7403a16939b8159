import { addDays } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';
import { letter } from './letter.ts';

type Facts = { settings: Settings; to: string; fileId: string; today: string };

/** To whoever gave us a file that turned out to be harmful. It names neither the file nor what it belongs to. */
export function mailFileQuarantined({ settings, to, fileId, today }: Facts): Mail {
	const head = { kind: 'file.quarantined', key: fileId, to, subject: 'A file that you gave us cannot be opened any more' };
	const text = [
		'A file that you gave us was clean as far as our scanner knew then. It has learnt more since, and now finds the file to be harmful.',
		'Nobody can open it any more. Sign in and look where you put files: the one is marked. Take it away there, and send us another copy if it is still needed.',
		`${settings.publicOrigin}/my`,
		'Please also have the device looked at on which you made or received the file.',
	];
	return { ...letter(settings, head, text), purgeOn: addDays(today, 60) };
}

/** To the office, for the same file. */
export function mailOfficeQuarantine({ settings, to, fileId, today }: Facts): Mail {
	const head = { kind: 'file.quarantined-office', key: fileId, to, subject: 'A stored file was found to be harmful' };
	const text = [
		'A file that was stored earlier has been found to be harmful by a later scan. It is shut away: nobody can open it, and whoever gave it to us has been told.',
		'Whoever downloaded it before should have their device looked at; the record of changes says when it was stored and attached.',
		`${settings.publicOrigin}/office/files`,
	];
	return { ...letter(settings, head, text), purgeOn: addDays(today, 60) };
}
