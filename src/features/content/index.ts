export { neighboursOf, type PageHead, pathOfText, type Place, SECTION_TITLES, type Section, sectionPlaces } from './outline.ts';
export { type ContentPage, contentHeads, contentPage } from './pages.ts';
export { isoDay, securityText, sitemap, sitemapIndex, type SitemapPage } from './machine-texts.ts';
export { escapeHtml, finishText } from './text.ts';
