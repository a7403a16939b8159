import type { Ctx } from '#core/ctx.ts';
import { londonDay, sayDay } from '#core/dates.ts';
import type { Block } from '#core/pdf.ts';
import type { Book, BookBlock, Chapter } from '#core/pdf-book.ts';
import { openTexts, placesOf } from '#core/vault.ts';
import { type Cover, coverOf } from './bundle-cover.ts';
import { type Bundle, type Exhibit, exhibitsOf } from './bundle-rows.ts';
import { isTold, LANE_FROM, PURPOSE_WORDS } from './bundle-words.ts';
import { allegationsOf } from './case-allegations.ts';
import { CATEGORY_WORDS, STEP_WORDS } from './case-words.ts';
import type { Source } from './pack-originals.ts';
import { panelsOf } from './panel-rows.ts';
import type { Standing } from './step.ts';

type Ground = Pick<Ctx, 'db' | 'keys' | 'settings'>;
type Gathered = { ctx: Ground; standing: Standing; bundle: Bundle; cover: Cover; sources: readonly Source[]; exhibits: readonly Exhibit[] };

/** What a panel reads of a case, as a book. Everything that is covered for a side is covered in it. Never authorises. */
export function bundleBook(ctx: Ground, standing: Standing, bundle: Bundle): Book {
	const { cover, sources } = coverOf(ctx, bundle.concernId);
	const exhibits = exhibitsOf(ctx, bundle).map((one) => ({ ...one, file: { ...one.file, name: cover(one.file.name, null) } }));
	const gathered: Gathered = { ctx, standing, bundle, cover, sources, exhibits };
	const reference = String(standing.concern.reference);
	const { name } = ctx.settings.organisation;
	return {
		title: `Bundle ${reference}`,
		author: name,
		header: reference,
		label: 'Bundle page',
		opening: opening(gathered, reference, name),
		chapters: [allegations(gathered), ...said(gathered), ...before(gathered), chronology(gathered), ...exhibitChapters(gathered)],
	};
}

function opening({ bundle, exhibits }: Gathered, reference: string, organisation: string): Block[] {
	return [
		{ kind: 'paragraph', text: organisation, look: 'strong' },
		{
			kind: 'facts',
			caption: 'What this is',
			rows: [
				['For', PURPOSE_WORDS[bundle.purpose]],
				['Reference', reference],
				['Version', String(bundle.version)],
				['Asked for', sayDay(londonDay(bundle.askedAt))],
				['Exhibits', String(exhibits.length)],
			],
		},
		{
			kind: 'paragraph',
			text: 'What is covered is left out, and only the reason is said. Pictures are shown in their place. PDF documents stand apart from this bundle, under their exhibit numbers.',
		},
		{ kind: 'paragraph', text: 'Please keep it to yourself, and delete every copy when the panel has decided.' },
	];
}

function allegations({ ctx, standing, cover }: Gathered): Chapter {
	const blocks = allegationsOf(ctx as Ctx, standing).flatMap(({ id, no, category, words, finding }): Block[] => [
		{ kind: 'heading', level: 3, text: `${no}. ${CATEGORY_WORDS[category]}` },
		...paragraphs(cover(words, `allegation:${id}`)),
		...(finding === null ? [] : [{ kind: 'paragraph', text: `Finding: ${finding.replaceAll('_', ' ')}`, look: 'strong' } as const]),
	]);
	return { title: 'What is said to have happened', level: 1, blocks: orNothing(blocks) };
}

/** Statement, replies, chosen messages and the report, each with its own chapter where there is one. */
function said({ ctx, standing, bundle, cover, sources }: Gathered): Chapter[] {
	const words = (one: Source) => paragraphs(cover(one.words ?? '', one.key));
	const of = (kind: Source['kind']) => sources.filter((one) => one.kind === kind);
	const labelled = (list: readonly Source[]) => list.flatMap((one): Block[] => [{ kind: 'heading', level: 3, text: one.label }, ...words(one)]);
	const messages = bundle.chosen.messages.flatMap((id) => of('message').filter(({ sourceId }) => sourceId === id));
	const report = [...standing.steps].reverse().find(({ kind, no }) => kind === 'reported' && no <= bundle.steps);
	const reported = report === undefined ? '' : (openTexts(ctx, bundle.concernId, [`step:${report.no}`]).get(`step:${report.no}`) ?? '');
	const chapters: Chapter[] = [
		{ title: 'What was said by the person who raised it', level: 1, blocks: orNothing(of('statement').flatMap(words)) },
		{ title: 'What the therapist replied', level: 1, blocks: orNothing(labelled(of('reply'))) },
	];
	if (messages.length > 0) chapters.push({ title: 'Messages', level: 1, blocks: labelled(messages) });
	if (reported !== '') chapters.push({ title: 'The report of the investigation', level: 1, blocks: paragraphs(cover(reported, null)) });
	return chapters;
}

/** The risk that a panel on an interim order looks at; for an appeal its grounds, and the reasons of those who decided before. */
function before({ ctx, bundle, cover }: Gathered): Chapter[] {
	const { concernId, purpose } = bundle;
	const at = (prefix: string) => [...openTexts(ctx, concernId, placesOf(ctx.db, concernId, prefix)).values()].flatMap((text) => paragraphs(cover(text, null)));
	if (purpose === 'interim') return [{ title: 'The risk that was described', level: 1, blocks: orNothing(at('interim:')) }];
	if (purpose !== 'appeal') return [];
	const decided = panelsOf(ctx.db, concernId).filter(({ state, kind }) => state === 'decided' && kind !== 'interim');
	return [
		{ title: 'Grounds of the appeal', level: 1, blocks: orNothing(at('appeal:')) },
		...decided.map(
			({ id, kind }): Chapter => ({ title: `Reasons of the ${PURPOSE_WORDS[kind].toLowerCase()}`, level: 1, blocks: orNothing(at(`panel:${id}:`)) }),
		),
	];
}

function chronology({ standing, bundle }: Gathered): Chapter {
	const steps = standing.steps.filter(({ no, kind }) => no <= bundle.steps && isTold(kind, bundle.purpose));
	const columns = [
		{ label: 'Day', share: 2 },
		{ label: 'What happened', share: 4 },
		{ label: 'By whom', share: 2 },
	];
	const rows = steps.map(({ onDay, kind, bySide }) => [sayDay(onDay), STEP_WORDS[kind], SIDE_SAID[bySide]]);
	return { title: 'What happened, step by step', level: 1, blocks: [{ kind: 'table', caption: 'Steps of the case', columns, rows }] };
}

const SIDE_SAID = {
	complainant: 'the person who raised it',
	respondent: 'the therapist',
	office: 'the office',
	panel: 'a panel',
	system: 'by itself',
} as const;

function exhibitChapters({ exhibits }: Gathered): Chapter[] {
	if (exhibits.length === 0) return [];
	const rows = exhibits.map(({ no, file, isCopy }) => [String(no), file.name, `${LANE_FROM[file.lane]}${isCopy ? ', something covered' : ''}`]);
	const columns = [
		{ label: 'No.', share: 1 },
		{ label: 'Document', share: 6 },
		{ label: 'From', share: 3 },
	];
	return [
		{ title: 'Exhibits', level: 1, blocks: [{ kind: 'table', caption: 'Exhibits', columns, rows }] },
		...exhibits.map((one): Chapter => ({ title: titleOf(one), level: 2, isOnNewPage: one.file.type !== 'application/pdf', blocks: exhibitBlocks(one) })),
	];
}

const titleOf = ({ no, file }: Exhibit) => `Exhibit ${no}: ${file.name}`;

function exhibitBlocks(exhibit: Exhibit): BookBlock[] {
	const { file, isCopy } = exhibit;
	const from = `Put in on ${sayDay(londonDay(file.addedAt))}, ${LANE_FROM[file.lane]}.${isCopy ? ' This is a copy in which something is covered.' : ''}`;
	const shown: BookBlock =
		file.type === 'application/pdf'
			? { kind: 'document', id: file.id, says: 'It is a PDF and stands apart from this bundle.' }
			: { kind: 'figure', id: file.id, alt: titleOf(exhibit) };
	return [{ kind: 'paragraph', text: from, look: 'small' }, shown];
}

function paragraphs(text: string): Block[] {
	return text
		.split(/\n+/)
		.map((line) => line.trim())
		.filter((line) => line !== '')
		.map((line) => ({ kind: 'paragraph', text: line }));
}

function orNothing(blocks: readonly Block[]): readonly Block[] {
	return blocks.length > 0 ? blocks : [{ kind: 'paragraph', text: 'There is none.' }];
}
