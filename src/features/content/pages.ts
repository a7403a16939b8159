import { type CollectionEntry, getCollection } from 'astro:content';
import type { Organisation } from '#settings';
import { neighboursOf, type PageHead, type Place, SECTION_TITLES, sectionPlaces } from './outline.ts';
import { finishText } from './text.ts';

/** A public text ready to be shown. */
export type ContentPage = {
	head: PageHead;
	html: string;
	sectionTitle: string;
	places: Place[];
	previous: Place | null;
	next: Place | null;
};

/** The texts belong to the build, so they are read once. */
let reading: Promise<Map<string, CollectionEntry<'pages'>>> | undefined;

function allEntries(): Promise<Map<string, CollectionEntry<'pages'>>> {
	reading ??= getCollection('pages').then((entries) => new Map(entries.map((entry) => [entry.id, entry])));
	return reading;
}

/** The text with an id such as `about/stages`, or null when there is none. */
export async function contentPage(id: string, path: string, organisation: Organisation): Promise<ContentPage | null> {
	const entries = await allEntries();
	const entry = entries.get(id);
	if (!entry) return null;
	const head = headOf(entry);
	const places = sectionPlaces([...entries.values()].map(headOf), head.section);
	const around = head.section === 'site' ? { previous: null, next: null } : neighboursOf(places, path);
	return { head, html: finishText(entry.rendered?.html ?? '', organisation), sectionTitle: SECTION_TITLES[head.section], places, ...around };
}

/** Every public text without its words: for the sitemap. */
export async function contentHeads(): Promise<PageHead[]> {
	return [...(await allEntries()).values()].map(headOf);
}

function headOf({ id, data }: CollectionEntry<'pages'>): PageHead {
	return { ...data, id, sources: (data.sources ?? []).map((source) => source.label) };
}
