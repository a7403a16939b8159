import { escapeHtml } from './text.ts';

/** `path` begins with a slash. `changedOn` is a day, `YYYY-MM-DD`. */
export type SitemapPage = { path: string; changedOn?: string | null };

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9';
const HALF_A_YEAR = 180 * 86_400_000;

/** A sitemap (sitemaps.org 0.9): at most 50,000 pages go into one. */
export function sitemap(origin: string, pages: readonly SitemapPage[]): string {
	const lines = pages.map(({ path, changedOn }) => `<url><loc>${address(origin, path)}</loc>${changedOn ? `<lastmod>${changedOn}</lastmod>` : ''}</url>`);
	return `${HEAD}<urlset xmlns="${NAMESPACE}">\n${lines.join('\n')}\n</urlset>\n`;
}

/** A list of sitemaps, for more pages than one may hold. */
export function sitemapIndex(origin: string, paths: readonly string[]): string {
	const lines = paths.map((path) => `<sitemap><loc>${address(origin, path)}</loc></sitemap>`);
	return `${HEAD}<sitemapindex xmlns="${NAMESPACE}">\n${lines.join('\n')}\n</sitemapindex>\n`;
}

/** Whom to tell about a hole in this site (RFC 9116). It expires within a year, so that nobody writes to an address long left. @param now milliseconds UTC */
export function securityText(origin: string, email: string, now: number): string {
	const expires = `${isoDay(now + HALF_A_YEAR)}T00:00:00.000Z`;
	return [`Contact: mailto:${email}`, `Expires: ${expires}`, 'Preferred-Languages: en', `Canonical: ${origin}/.well-known/security.txt`, ''].join('\n');
}

/** The day of an instant in UTC. */
export function isoDay(instant: number): string {
	return new Date(instant).toISOString().slice(0, 10);
}

function address(origin: string, path: string): string {
	return escapeHtml(new URL(path, origin).href);
}
