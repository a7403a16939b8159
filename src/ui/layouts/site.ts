/** Whose site it is, as pages show it. The middleware puts it into `Astro.locals.site`. */
export interface Site {
	organisation: { name: string; companyNumber: string; address: string; email: string; phone: string; openingHours: string };
	demo: boolean;
	psaMark: boolean;
	/** Scheme and host, for the canonical address. */
	origin: string;
}

/** Stands in where no middleware ran, such as in a test of a single component. */
const unknownSite: Site = {
	organisation: { name: 'IPT UK', companyNumber: '', address: '', email: '', phone: '', openingHours: '' },
	demo: false,
	psaMark: false,
	origin: 'http://localhost:4321',
};

/** The site from the locals of a request. Never throws: a page without a name in its head is better than no page. */
export function siteOf(locals: { site?: Partial<Site> }): Site {
	return { ...unknownSite, ...locals.site };
}
