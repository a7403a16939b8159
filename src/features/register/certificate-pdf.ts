import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { makePdf } from '#core/pdf.ts';
import { type Certificate, certificateFacts } from './certificate.ts';

export const ONLY_THE_ENTRY =
	'Only the live entry in the register is proof. This certificate says what the entry said on the day it was made; the entry may have changed since.';

/**
 * A certificate as a tagged PDF of one page.
 * @param entryUrl the full address of the live entry, which the QR code holds
 */
export function certificatePdf(ctx: Ctx, certificate: Extract<Certificate, { kind: 'ready' }>, entryUrl: string): Promise<Buffer> {
	const { name } = ctx.settings.organisation;
	const title = `Certificate of accreditation ${certificate.number}`;
	return makePdf(
		{
			title,
			author: name,
			footer: `${name} · ${certificate.number} · made on ${sayDay(ctx.today)}`,
			blocks: [
				{ kind: 'paragraph', text: name, look: 'strong' },
				{ kind: 'heading', level: 1, text: 'Certificate of accreditation' },
				{ kind: 'paragraph', text: 'This is to say that', look: 'lead' },
				{ kind: 'heading', level: 2, text: certificate.name },
				{
					kind: 'paragraph',
					text: `is accredited in Interpersonal Psychotherapy (IPT) and stood in good standing on the register on ${sayDay(ctx.today)}.`,
					look: 'lead',
				},
				{ kind: 'gap' },
				{ kind: 'facts', caption: 'What the entry says', rows: certificateFacts(certificate) },
				{ kind: 'gap' },
				{ kind: 'heading', level: 2, text: 'Check it' },
				{ kind: 'paragraph', text: ONLY_THE_ENTRY, look: 'strong' },
				{
					kind: 'qr',
					content: entryUrl,
					alt: `QR code that opens the live entry at ${entryUrl}`,
					caption: `Point a telephone's camera at the square, or open ${entryUrl}`,
				},
			],
		},
		{ now: ctx.now, sourceDir: ctx.settings.sourceDir },
	);
}
