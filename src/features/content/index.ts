export { isoDay, type SitemapPage, securityText, sitemap, sitemapIndex } from './machine-texts.ts';
export { neighboursOf, type PageHead, type Place, pathOfText, SECTION_TITLES, type Section, sectionPlaces } from './outline.ts';
export { type ContentPage, contentHeads, contentPage } from './pages.ts';
export { escapeHtml, finishText } from './text.ts';
