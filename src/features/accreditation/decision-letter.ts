import type { Ctx } from '#core/ctx.ts';
import { sayDay, sayInstant } from '#core/dates.ts';
import { type Block, makePdf } from '#core/pdf.ts';
import { prepared } from '#db/prepared.ts';
import { nameOf } from '#features/membership/index.ts';
import { awardTitle } from '#features/register/index.ts';
import { ownStanding } from './apply-queries.ts';
import { closingWords, correctionWords, outcomeWords } from './decision-letter-words.ts';
import { conditionsOf, type Decision, decisionsOn } from './decision-queries.ts';
import { isGround, REVIEW_GROUNDS } from './review-words.ts';
import type { Standing } from './step.ts';

/** A decision as its applicant reads it: on their page and as a PDF, from the same pieces. */
export type DecisionLetter = { id: string; reference: string; title: string; decidedOn: string; isSetAside: boolean; blocks: Block[] };

/** The letters on one's own application, the newest first, those that were set aside among them. @throws NotFound */
export function ownLetters(ctx: Ctx, key: string): { standing: Standing; letters: DecisionLetter[] } {
	const standing = ownStanding(ctx, key);
	return { standing, letters: lettersOn(ctx, standing) };
}

/** The same for the office. Whoever asks has made sure that the actor may see the application. */
export function lettersOn(ctx: Ctx, standing: Standing): DecisionLetter[] {
	return decisionsOn(ctx.db, standing.application.id).map((decision) => letterOf(ctx, standing, decision));
}

function letterOf(ctx: Ctx, standing: Standing, decision: Decision): DecisionLetter {
	const reference = standing.application.reference ?? '';
	const isSetAside = decision.overturnedAt !== null;
	const title = decision.overturnedBy?.startsWith('undo:') ? 'Corrected: the decision on your application' : 'The decision on your application';
	const paragraphs = (texts: readonly string[]): Block[] => texts.map((text) => ({ kind: 'paragraph', text }));
	const blocks: Block[] = [
		...paragraphs(correctionWords(decision)),
		{ kind: 'facts', caption: 'What it is about', rows: factsOf(ctx, standing, decision) },
		{ kind: 'heading', level: 2, text: 'The decision' },
		{ kind: 'paragraph', text: outcomeWords(decision), look: 'strong' },
		...reasonBlocks(standing, decision),
		...conditionBlocks(ctx, decision),
		...(isSetAside ? [] : closing(paragraphs(closingWords(ctx, standing, decision)))),
	];
	return { id: decision.id, reference, title, decidedOn: decision.decidedOn, isSetAside, blocks };
}

function closing(paragraphs: readonly Block[]): Block[] {
	return paragraphs.length === 0 ? [] : [{ kind: 'heading', level: 2, text: 'What you can do now' }, ...paragraphs];
}

function factsOf({ db }: Ctx, { application, route }: Standing, decision: Decision): [string, string][] {
	const number = prepared(db.sql, 'SELECT number FROM registration WHERE person_id = ?').pluck().get(application.personId) as string | undefined;
	const award = prepared(db.sql, 'SELECT level, kind FROM award WHERE id = ?').get(decision.awardId) as Parameters<typeof awardTitle>[0] | undefined;
	return [
		['Name', nameOf(db, application.personId) ?? ''],
		['Application', `${application.reference}: ${route.title}`],
		['Standards', application.standardsVersion],
		['Decided', sayInstant(decision.decidedAt)],
		...(award && decision.termToOn ? [[awardTitle(award), `valid to ${sayDay(decision.termToOn)}`] as [string, string]] : []),
		...(award && number ? [['Register number', number] as [string, string]] : []),
	];
}

function reasonBlocks({ standards }: Standing, { reasons, words }: Decision): Block[] {
	const items = reasons.map((key) => (isGround(key) ? `${REVIEW_GROUNDS[key]}.` : (standards.reasons.find((reason) => reason.key === key)?.text ?? key)));
	const list: Block[] = items.length === 0 ? [] : [{ kind: 'list', items }];
	const own: Block[] = words === '' ? [] : words.split(/\n{2,}/).map((text) => ({ kind: 'paragraph', text }));
	return list.length + own.length === 0 ? [] : [{ kind: 'heading', level: 2, text: 'Why' }, ...list, ...own];
}

function conditionBlocks(ctx: Ctx, { id }: Decision): Block[] {
	const conditions = conditionsOf(ctx.db, id);
	if (conditions.length === 0) return [];
	const rows = conditions.map(({ words, dueOn }, index): [string, string] => [`${index + 1}. By ${sayDay(dueOn)}`, words]);
	return [
		{ kind: 'heading', level: 2, text: 'Conditions' },
		{ kind: 'facts', caption: 'What you are asked to do, and by when', rows },
	];
}

/** A letter as a tagged PDF; the same letter gives the same text. */
export function decisionLetterPdf(ctx: Ctx, letter: DecisionLetter): Promise<Buffer> {
	const { name, address } = ctx.settings.organisation;
	const blocks: Block[] = [
		{ kind: 'paragraph', text: name, look: 'strong' },
		{ kind: 'paragraph', text: address, look: 'small' },
		{ kind: 'paragraph', text: sayDay(letter.decidedOn) },
		{ kind: 'heading', level: 1, text: letter.title },
		...letter.blocks,
	];
	const text = { title: `${letter.title} ${letter.reference}`, author: name, footer: `${name} · ${letter.reference}`, blocks };
	return makePdf(text, { now: ctx.now, sourceDir: ctx.settings.sourceDir });
}
