/**
 * Who may do what at which address: one row for every file under `src/pages`, and for what the server itself answers.
 * `path` is an address of that route with SLUG, NUMBER, TOKEN, REFERENCE and MAIL filled in by the test.
 * Statuses in the order: anyone reads · anyone posts our own form, empty · the same two in demonstration mode.
 * The holder of the link in a letter is anyone who knows TOKEN; nobody else knows it (see the row of an unknown token).
 */
export type Row = { route: string; path: string; get: number; post: number; demoGet: number; demoPost: number };

/** Same with and without demonstration mode. */
const row = (route: string, path: string, get: number, post: number): Row => ({ route, path, get, post, demoGet: get, demoPost: post });
/** There in demonstration mode only. */
const demo = (route: string, path: string, get: number, post: number): Row => ({ route, path, get: 404, post: 404, demoGet: get, demoPost: post });

/** Pages that take no form refuse a post. */
export const ROWS: readonly Row[] = [
	row('/', '/', 200, 405),
	row('/[...path]', '/no/such/page', 404, 404),
	row('/.well-known/change-password', '/.well-known/change-password', 303, 405),
	row('/.well-known/security.txt', '/.well-known/security.txt', 200, 405),
	row('/about/[...slug]', '/about/what-is-ipt', 200, 405),
	row('/about/leaflet', '/about/leaflet', 200, 405),
	row('/accreditation', '/accreditation', 200, 405),
	row('/accreditation/request', '/accreditation/request', 404, 404),
	row('/accreditation/request/[token]', '/accreditation/request/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 404, 404),
	row('/accessibility', '/accessibility', 200, 405),
	row('/accreditation/figures', '/accreditation/figures', 200, 405),
	row('/accreditation/standards/[version]', '/accreditation/standards/2026-1', 200, 405),
	row('/accreditation/standards/[version]', '/accreditation/standards/none', 404, 405),
	row('/accreditation/standards/[version]/[route]', '/accreditation/standards/2026-1/practitioner', 200, 405),
	row('/account/claim', '/account/claim', 404, 404),
	row('/account/confirm', '/account/confirm', 303, 403),
	row('/account/forgot', '/account/forgot', 200, 422),
	row('/account/join', '/account/join', 200, 422),
	row('/account/link/[token]', '/account/link/TOKEN', 404, 404),
	row('/account/new', '/account/new', 404, 404),
	row('/account/passkey', '/account/passkey', 404, 303),
	row('/account/reset', '/account/reset', 404, 404),
	row('/account/set-up', '/account/set-up', 303, 403),
	row('/account/sign-in', '/account/sign-in', 200, 422),
	row('/account/sign-out', '/account/sign-out', 404, 303),
	row('/account/two-step', '/account/two-step', 303, 403),
	{ ...row('/api/payments/[provider]/webhook', '/api/payments/demo/webhook', 404, 404), demoPost: 400 },
	row('/api/v1', '/api/v1', 200, 405),
	row('/api/v1/openapi.json', '/api/v1/openapi.json', 200, 405),
	row('/api/v1/register', '/api/v1/register?name=an', 200, 405),
	row('/api/v1/register/[number]', '/api/v1/register/NUMBER', 200, 405),
	row('/calendar/[token].ics', '/calendar/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.ics', 404, 405),
	row('/concerns', '/concerns', 302, 405),
	row('/contact', '/contact', 200, 405),
	row('/cookies', '/cookies', 200, 405),
	demo('/demo', '/demo', 200, 405),
	demo('/demo/become', '/demo/become', 303, 303),
	demo('/demo/clock', '/demo/clock', 303, 303),
	demo('/demo/mail', '/demo/mail', 200, 405),
	demo('/demo/mail/[name]', '/demo/mail/MAIL', 200, 405),
	demo('/demo/pay/[checkout]', '/demo/pay/none', 303, 403),
	row('/events', '/events', 200, 405),
	row('/find', '/find?place=London', 200, 303),
	row('/governance', '/governance', 200, 405),
	row('/help/[...slug]', '/help', 200, 405),
	row('/help/urgent', '/help/urgent', 200, 405),
	row('/join', '/join', 200, 405),
	row('/link/[token]', '/link/TOKEN', 200, 422),
	row('/link/[token]', '/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 404, 404),
	row('/link/availability/[token]', '/link/availability/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 404, 404),
	row('/members', '/members', 200, 405),
	row('/policies/[...slug]', '/policies', 200, 405),
	row('/privacy', '/privacy', 200, 405),
	row('/problem', '/problem', 404, 405),
	row('/register', '/register?name=an', 200, 405),
	row('/register/[number]', '/register/NUMBER', 200, 405),
	row('/robots.txt', '/robots.txt', 200, 405),
	row('/shortlist', '/shortlist?t=SLUG', 200, 405),
	row('/sitemap.xml', '/sitemap.xml', 200, 405),
	row('/supervision/confirm', '/supervision/confirm', 404, 404),
	row('/supervision/confirm/[token]', '/supervision/confirm/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 404, 404),
	row('/terms', '/terms', 200, 405),
	row('/therapists/[slug]', '/therapists/SLUG', 200, 405),
	row('/therapists/[slug].vcf', '/therapists/SLUG.vcf', 200, 405),
	row('/therapists/[slug]/contact', '/therapists/SLUG/contact', 200, 422),
	row('/therapists/[slug]/contact/sent', '/therapists/SLUG/contact/sent?ref=REFERENCE', 200, 405),
	row('/therapists/[slug]/photo', '/therapists/SLUG/photo', 404, 405),
	row('/training', '/training', 200, 405),
	row('/training/confirm', '/training/confirm', 404, 404),
	row('/training/confirm/[token]', '/training/confirm/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 404, 404),
];

/** What the server answers without a page, and areas that have no door yet. */
export const BEYOND_PAGES: readonly Row[] = [
	row('/health', '/health', 200, 200),
	row('/_image', '/_image?href=/favicon.svg', 404, 404),
	row('/_server-islands', '/_server-islands/x', 404, 404),
	row('/_actions', '/_actions/x', 404, 404),
	...['/my/no-such-page', '/office/no-such-page', '/account'].map((path) => row(path, path, 404, 404)),
];

/** Other ways to write the address of the demonstration: none may lead in when it is off. */
export const DISGUISES = [
	'/demo/',
	'/demo//',
	'//demo',
	'/Demo',
	'/DEMO/mail',
	'/%64emo',
	'/%2564emo',
	'/demo%2fmail',
	'/demo%5cmail',
	'/demo;x',
	'/./demo',
	'/x/../demo',
	'/demo/../demo',
	'/demo/.',
	'/demo?x',
	'/demo/mail/',
	'/demo%00',
	'/demo%20',
	'/demo.html',
	'/demo/index',
	'/index.html/../demo',
	'/%2e/demo',
	'/DEMO',
	'/demo/mail/MAIL/',
	'/ｄemo',
];
