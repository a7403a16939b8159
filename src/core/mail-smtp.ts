import { createTransport } from 'nodemailer';
import { isLocalOrigin, type Settings } from '#settings';
import { messageOf, type Transport } from './mail-message.ts';

/** A mail server that says nothing for this long counts as failed. All in milliseconds; together well under a claim's lease. */
export const SMTP_PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };
const WHOLE_SEND_MS = 90_000;

/**
 * Sends to the mail server of `SMTP_URL`. The messages are confidential: unless the server is on this machine, the
 * connection must be encrypted (`smtps://`, or `smtp://` with STARTTLS).
 * @param patience how long to wait at each step; tests use less.
 */
export function smtpTransport(settings: Settings, patience: typeof SMTP_PATIENCE): Transport {
	if (!settings.smtpUrl) throw new Error('SMTP_URL is not set.');
	const { hostname } = new URL(settings.smtpUrl);
	const isLocal = isLocalOrigin(`http://${hostname}`);
	const mailer = createTransport({ url: settings.smtpUrl, requireTLS: !isLocal, disableFileAccess: true, disableUrlAccess: true, ...patience });
	return {
		name: 'smtp',
		async send(letter) {
			await within(WHOLE_SEND_MS, mailer.sendMail(messageOf(letter, settings)));
		},
		close: () => mailer.close(),
	};
}

/** A server that drips one byte at a time outlasts every single limit; this is the one for the whole. */
async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(Object.assign(new Error('The mail server took too long.'), { code: 'ETIMEDOUT' })), limitMs);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
