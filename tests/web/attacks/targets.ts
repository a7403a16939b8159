/**
 * Where something can be typed into an address. `at` holds `{}` in that place. `allowed`: the statuses a page may give when the
 * server's gates let the address through. A slug, number, token and reference of a real person are filled in by the test.
 */
export type Target = { at: string; allowed: readonly number[] };

const FIND = [
	'place',
	'online',
	'name',
	'within',
	'fee',
	'page',
	'how',
	'who',
	'focus',
	'also',
	'language',
	'now',
	'funding',
	'gender',
	'access',
	'more',
	't',
	'from',
	'place=London&page',
	'place=London&within',
];
const DAY = ['on', 'on-day=1&on-month=1&on-year', 'on-year=2025&on-month=1&on-day', 'on-year=2025&on-day=1&on-month'];
const SAME_PAGES = [
	'/',
	'/about',
	'/contact',
	'/concerns',
	'/privacy',
	'/register',
	'/find',
	'/shortlist',
	'/help/urgent',
	'/policies',
	'/terms',
	'/demo',
	'/demo/mail',
	'/api/v1',
	'/api/v1/openapi.json',
	'/robots.txt',
	'/.well-known/security.txt',
];

const queries = (path: string, names: readonly string[], allowed: readonly number[]) => names.map((name) => ({ at: `${path}?${name}={}`, allowed }));

export const QUERY_TARGETS: readonly Target[] = [
	...queries('/find', FIND, [200, 303]),
	...queries('/register', ['q', 'name', 'number', 'q=an&page', 'name=an&page'], [200, 303, 422]),
	...queries('/register/NUMBER', DAY, [200, 301, 422]),
	...queries('/api/v1/register', ['name', 'name=an&page'], [200, 400]),
	...queries('/api/v1/register/NUMBER', DAY, [200, 301, 422]),
	...queries('/therapists/SLUG/contact/sent', ['ref', 'ref=ENQ-2222-2222&by'], [200, 404]),
	...queries('/shortlist', ['t', 'from', 't=SLUG&t', 't=SLUG&from'], [200]),
	...queries('/sitemap.xml', ['part'], [200, 404]),
	...['/therapists/SLUG', '/therapists/SLUG/contact', '/therapists/SLUG.vcf', ...SAME_PAGES].map((path) => ({ at: `${path}?x={}`, allowed: [200, 301, 302] })),
	{ at: '/find?{}=1', allowed: [200, 303] },
	{ at: '/register?{}', allowed: [200, 303, 422] },
];

const ANYWHERE = [301, 302, 303, 400, 404, 410, 414];
export const PATH_TARGETS: readonly Target[] = [
	'/{}',
	'/about/{}',
	'/help/{}',
	'/policies/{}',
	'/therapists/{}',
	'/therapists/{}.vcf',
	'/therapists/{}/photo',
	'/therapists/{}/contact',
	'/therapists/{}/contact/sent',
	'/register/{}',
	'/api/v1/register/{}',
	'/link/{}',
	'/demo/mail/{}',
	'/_astro/{}',
	'/_image/{}',
].map((at) => ({ at, allowed: [200, ...ANYWHERE] }));
