import type { Mail } from '#core/outbox.ts';
import { letter } from '#features/membership/index.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

/** To the owner of a case of which a document turned out to be harmful after it was stored. */
export function documentHarmful(settings: Settings, { key }: { key: string }, to: string): Mail {
	return letter(settings, { kind: 'concern.document_harmful', key, to, subject: 'A file was found to be harmful' }, [
		'A file that belongs to something you look after was scanned again and found to be harmful. Nobody can open it any more. If you opened it on your computer, tell whoever looks after your computer.',
		`Sign in to see which one it is:\n${settings.publicOrigin}${paths.officeConcerns()}`,
	]);
}
