import type { Mail } from '#core/outbox.ts';
import type { Settings } from '#settings';

/** A plain message about an application: paragraphs, then who writes. Neither its subject nor its first line may hold personal data. */
export function letter(settings: Settings, head: { kind: string; key: string; to: string; subject: string }, paragraphs: readonly string[]): Mail {
	const { kind, key, to, subject } = head;
	const signed = `${settings.organisation.name}\n${settings.publicOrigin}`;
	return { kind, to, subject, text: `${[...paragraphs, signed].join('\n\n')}\n`, dedupeKey: `${kind}:${key}` };
}
