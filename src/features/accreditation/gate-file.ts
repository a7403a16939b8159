import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import type { StoredFile } from '#core/files.ts';
import { submissionsOf } from './apply-sent.ts';
import type { SentContent, SentEvidence } from './apply-submit.ts';
import { evidenceIn, filesIn } from './evidence-queries.ts';
import { type CaseEvidence, caseEvidence } from './gate-case.ts';
import { type EvidenceFact, factsOfSnapshot } from './gate-evidence.ts';
import { type AskedItem, itemsOf } from './round-queries.ts';
import type { Section } from './standards.ts';
import type { Standing } from './step.ts';

export type EvidenceView = {
	id: string;
	title: string;
	facts: EvidenceFact[];
	/** A supervised case, with what its supervisor rated and signed. */
	theCase: CaseEvidence | null;
	file: { id: string; name: string; state: StoredFile['state'] } | null;
	isShut: boolean;
};
/** What was asked in a round about one part, with its answer. */
export type ItemView = AskedItem & { file: EvidenceView['file'] };
/** One part of an application beside what it is judged by. */
export type FileSection = {
	section: Section;
	answer: string;
	counts: { words: string; isMet: boolean }[];
	evidence: EvidenceView[];
	items: ItemView[];
};
export type ApplicationFile = { sections: FileSection[]; sentAt: string | null; isIntact: boolean; asked: SentContent['asked'] };

/** What an applicant sent, as it was sent, part by part in the order of the route. Whoever asks has made sure that the actor may see it. */
export function fileOf(ctx: Ctx, { application, route }: Standing): ApplicationFile {
	const [sent] = submissionsOf(ctx.db, application.id);
	const files = filesIn(ctx, application.id);
	const shut = new Set(evidenceIn(ctx.db, application.id).flatMap(({ id, failedScanAt }) => (failedScanAt === null ? [] : [id])));
	const items = itemsOf(ctx.db, application.id).map((item) => ({ ...item, file: fileIn(files, item.fileId) }));
	const sections = route.sections.map((section): FileSection => {
		const part = sent?.content.sections.find(({ key }) => key === section.key);
		const evidence = (part?.evidence ?? []).map((one) => evidenceView(one, { ctx, files, shut }));
		const own = items.filter((item) => item.section === section.key);
		return { section, answer: part?.answer ?? '', counts: part?.counts ?? [], evidence, items: own };
	});
	return { sections, sentAt: sent ? sayInstant(sent.submittedAt) : null, isIntact: sent?.isIntact ?? true, asked: sent?.content.asked ?? [] };
}

type Shown = { ctx: Ctx; files: Map<string, StoredFile>; shut: Set<string> };

function evidenceView({ id, source, sourceId, title, snapshot }: SentEvidence, { ctx, files, shut }: Shown): EvidenceView {
	const isFile = source === 'file';
	const theCase = source === 'case' ? caseEvidence(ctx, snapshot) : null;
	const facts = isFile || theCase !== null ? [] : factsOfSnapshot(snapshot);
	return { id, title, facts, theCase, file: isFile ? fileIn(files, sourceId) : null, isShut: shut.has(id) };
}

function fileIn(files: Map<string, StoredFile>, id: string | null): EvidenceView['file'] {
	const file = id === null ? undefined : files.get(id);
	return file ? { id: file.id, name: file.name, state: file.state } : null;
}
