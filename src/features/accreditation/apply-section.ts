import type { Ctx } from '#core/ctx.ts';
import type { StoredFile } from '#core/files.ts';
import { paths } from '#paths';
import { NOTHING_SAVED, ownStanding, type Saved, savedIn } from './apply-queries.ts';
import { chosenKey, sectionOf } from './apply-save.ts';
import { type Evidence, evidenceIn, filesIn } from './evidence-queries.ts';
import { type Candidate, candidatesFor } from './evidence-sources.ts';
import { countsFor, type RuleCount } from './rule-count.ts';
import type { Section } from './standards.ts';

/** A section as its page shows it. `offered`: what is on record and may be used; `chosen`: of it, what is; `isShut`: it was sent. */
export type SectionPage = {
	section: Section;
	isShut: boolean;
	saved: Saved;
	counts: RuleCount[];
	offered: (Candidate & { key: string })[];
	chosen: string[];
	files: (Evidence & { file: StoredFile | null })[];
	/** Its place, such as `Section 2 of 5`, and where one goes on to. */
	place: string;
	overview: string;
	next: string;
};

/** A section of one's own application. @throws NotFound */
export function sectionPage(ctx: Ctx, key: string, sectionKey: string): SectionPage {
	const standing = ownStanding(ctx, key);
	const { application, route, state } = standing;
	const section = sectionOf(standing, sectionKey);
	const evidence = evidenceIn(ctx.db, application.id).filter((one) => one.section === sectionKey);
	const offered = candidatesFor(ctx.db, { personId: application.personId, applicationId: application.id, today: ctx.today }, section.evidence);
	const stored = filesIn(ctx, application.id);
	const at = route.sections.indexOf(section);
	const after = route.sections[at + 1];
	const overview = paths.myApplication(key);
	return {
		section,
		isShut: state.phase !== 'draft',
		saved: savedIn(ctx.db, application.id).get(sectionKey) ?? NOTHING_SAVED,
		counts: countsFor(ctx.db, application.personId, section, ctx.today),
		offered: offered.map((one) => ({ ...one, key: chosenKey(one) })),
		chosen: evidence.filter(({ source }) => source !== 'file').map(chosenKey),
		files: evidence.filter(({ source }) => source === 'file').map((one) => ({ ...one, file: stored.get(one.sourceId) ?? null })),
		place: `Section ${at + 1} of ${route.sections.length}`,
		overview,
		next: after ? paths.myApplication(key, `section/${after.key}`) : overview,
	};
}
