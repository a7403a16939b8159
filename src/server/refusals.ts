/** What the server itself says when it cannot pass a request on: what happened, and what to do. */
export type Refusal = { status: number; title: string; what: string; todo: string; headers: readonly string[] };

const AGAIN = 'Go back and try again. If it happens again, start from the home page.';

export const refusals = {
	badRequest: refusal(400, 'We could not understand that request', 'Your browser, or something between it and us, sent a request that is not complete.', AGAIN),
	badAddress: refusal(
		400,
		'That web address is not right',
		'The address has characters in it that we cannot read.',
		'Check the address, or start from the home page.',
	),
	wrongOrigin: refusal(
		403,
		'That form was not sent from this website',
		'To keep you safe, we only accept forms that were opened on this website.',
		'Open the page here and fill in the form again.',
	),
	notFound: refusal(404, 'Page not found', 'There is no page at this address.', 'Check the address, or start from the home page.'),
	slowRequest: refusal(
		408,
		'Your connection was too slow',
		'We waited, but did not get all of what you sent. We have not kept any of it.',
		'Check your connection and send it again.',
	),
	wrongMethod: refusal(405, 'That cannot be done here', 'This website only answers requests to read a page or to send a form.', AGAIN, [
		'Allow',
		'GET, HEAD, POST',
	]),
	noLength: refusal(411, 'We could not take what you sent', 'It came without saying how long it is. We have not kept any of it.', AGAIN),
	tooLarge: refusal(
		413,
		'What you sent is too big',
		'It is more than we can take at once. We have not kept any of it.',
		'Make it shorter, or leave something out, and send it again.',
	),
	tooLargeFile: refusal(
		413,
		'That file is too big',
		'A file may have 10 MB, and all files of one form together 12 MB. We have not kept any of it.',
		'Go back: what you typed is still there. Choose a smaller file, for example a photo in a lower resolution, and send it again.',
	),
	longAddress: refusal(
		414,
		'That web address is too long',
		'The address is longer than any page on this website has.',
		'Check the address, or start from the home page.',
	),
	badExpectation: refusal(417, 'We could not understand that request', 'Your browser asked for something that we do not offer.', AGAIN),
	wrongHost: refusal(
		421,
		'This is not the right name for this website',
		'Your request asked for a website name that this server does not answer to.',
		'Check the address. If you run this website: set PUBLIC_ORIGIN (or ALLOWED_HOSTS) to the name that people use.',
	),
	longHeaders: refusal(
		431,
		'Your browser sent too much at once',
		'The request has more in its headers than we can take. Stored cookies are the usual reason.',
		'Clear the cookies for this website and try again.',
	),
	failed: refusal(500, 'Sorry, something went wrong here', 'This is our fault, not yours. What you sent may not have been saved.', AGAIN),
	busy: refusal(503, 'Sorry, we are very busy', 'More people are using the website than it can serve at this moment.', 'Wait half a minute, then try again.', [
		'Retry-After',
		'30',
	]),
	tooSlow: refusal(503, 'Sorry, that took too long', 'We stopped, so that the website stays open for others.', 'Wait half a minute, then try again.', [
		'Retry-After',
		'30',
	]),
} as const satisfies Record<string, Refusal>;

/** The page for a refusal, whole and without style, script or anything else to fetch. `reference` lets the office find it in the log. */
export function refusalPage(refusal: Refusal, reference: string): string {
	return `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${refusal.title}</title></head>
<body><main>
<h1>${refusal.title}</h1>
<p>${refusal.what}</p>
<p>${refusal.todo}</p>
<p><a href="/">Home page</a></p>
<p>If you need help now: call 999 if a life is at risk, 111 for urgent health advice, or Samaritans on 116 123 at any time.</p>
${reference === '' ? '' : `<p>Reference: ${reference}</p>\n`}</main></body>
</html>
`;
}

function refusal(status: number, title: string, what: string, todo: string, headers: readonly string[] = []): Refusal {
	return { status, title, what, todo, headers };
}
