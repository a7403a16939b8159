export type Section = 'about' | 'help' | 'policies' | 'site';

/** What is known of a public text without its words. */
export type PageHead = {
	id: string;
	title: string;
	description: string;
	section: Section;
	order: number;
	nav: string;
	/** A day, `YYYY-MM-DD`. */
	reviewedOn: string;
	owner: string;
	sources: readonly string[];
};

/** One line of a section's navigation. */
export type Place = { path: string; label: string };

export const SECTION_TITLES: Record<Section, string> = { about: 'About IPT', help: 'Help', policies: 'Policies', site: 'This website' };

/** Where a text is served: `about/stages` → `/about/stages`; those of the section `site` stand at the top. */
export function pathOfText(id: string): string {
	return `/${id.replace(/^site\//, '')}`;
}

/** The pages of a section in their order. */
export function sectionPlaces(heads: readonly PageHead[], section: Section): Place[] {
	const own = heads.filter((head) => head.section === section);
	return own.sort((a, b) => a.order - b.order).map((head) => ({ path: pathOfText(head.id), label: head.nav }));
}

/** The pages before and after one, for those who read from the beginning. */
export function neighboursOf(places: readonly Place[], path: string): { previous: Place | null; next: Place | null } {
	const at = places.findIndex((place) => place.path === path);
	if (at === -1) return { previous: null, next: null };
	return { previous: places[at - 1] ?? null, next: places[at + 1] ?? null };
}
