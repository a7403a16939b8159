export interface NavItem {
	href: string;
	label: string;
}

export const navigation: readonly NavItem[] = [
	{ href: '/find', label: 'Find a therapist' },
	{ href: '/register', label: 'Check the register' },
	{ href: '/about', label: 'About IPT' },
	{ href: '/training', label: 'Training' },
	{ href: '/members', label: 'For members' },
];

/** Pages that belong under an entry of the navigation although their address does not begin with it. */
const also: Readonly<Record<string, string>> = {
	'/therapists': '/find',
	'/shortlist': '/find',
	'/events': '/training',
	'/account': '/my',
	'/join': '/members',
	'/accreditation': '/members',
};

/** `aria-current` for an entry: `page` on its own page, `true` on the pages below it. */
export function currentOf(href: string, path: string): 'page' | 'true' | undefined {
	if (path === href) return 'page';
	const section = `/${path.split('/')[1] ?? ''}`;
	return (also[section] ?? section) === href ? 'true' : undefined;
}

/** Pages of people who are signed in or on their way there: they need no link to sign in. */
export function isBehindDoor(path: string): boolean {
	return /^\/(?:my|office|account|join\/apply)(?:\/|$)/.test(path);
}

export const footerLinks: readonly { title: string; links: readonly NavItem[] }[] = [
	{
		title: 'For you',
		links: [
			{ href: '/find', label: 'Find a therapist' },
			{ href: '/register', label: 'Check the register' },
			{ href: '/about', label: 'About IPT' },
			{ href: '/help', label: 'Help' },
		],
	},
	{
		title: 'Putting things right',
		links: [
			{ href: '/concerns', label: 'Raise a concern' },
			{ href: '/policies/safeguarding', label: 'Safeguarding' },
			{ href: '/policies', label: 'Our policies' },
			{ href: '/help/hide-your-visit', label: 'How to hide your visit' },
		],
	},
	{
		title: 'This website',
		links: [
			{ href: '/privacy', label: 'Privacy' },
			{ href: '/cookies', label: 'Cookies' },
			{ href: '/accessibility', label: 'Accessibility' },
			{ href: '/terms', label: 'Terms' },
		],
	},
];
