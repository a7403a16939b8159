import type { Ctx } from '#core/ctx.ts';
import { sayDay, sayInstant } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { openText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { nameOf } from '#features/membership/index.ts';
import { isLead } from './access-commands.ts';
import { toldOnIn } from './own-door.ts';
import { hadPart, mayCheck } from './pack-check.ts';
import { type Source, sourcesOf } from './pack-originals.ts';
import { differencesOf, type ItemView, itemViews, standOpen } from './pack-render.ts';
import { itemsOf, type PackRow, type PackSide, type PackState, packNo, packsIn, stateOfPack } from './pack-store.ts';
import { commentBy } from './pack-time.ts';
import { worksOn } from './policy.ts';
import type { Because } from './redact-spans.ts';
import { type OpenCase, openCase, type Sight, sightOf } from './sight.ts';

export const PACK_SIDES: Record<PackSide, string> = { respondent: 'The therapist', complainant: 'The person who raised it' };
export const PACK_STATES: Record<PackState, string> = {
	open: 'Being made',
	waits: 'Waits for a second person',
	sent_back: 'Sent back',
	approved: 'Approved',
	given: 'Given',
	dropped: 'Dropped',
};

/** Does somebody who was let in find the packs of a case? */
export function seesPacks(sight: Sight): boolean {
	return worksOn(sight) || mayCheck(sight);
}

/** The packs of a case, with how many days each side has. That they were looked at is noted. @throws NotFound */
export function packList(ctx: Ctx, reference: string) {
	const opened = openFor(ctx, reference, 'packs');
	const lines = packsIn(ctx.db, opened.concern.id).map((pack) => ({
		no: pack.no,
		side: PACK_SIDES[pack.side],
		state: PACK_STATES[stateOfPack(pack)],
		by: nameOf(ctx.db, pack.madeBy) ?? '',
		given: pack.givenOn === null ? '' : sayDay(pack.givenOn),
		commentBy: pack.givenOn === null ? '' : sayCommentBy(opened, pack.givenOn),
	}));
	return { lines, days: opened.rules.replyDays, mayMake: worksOn(opened) };
}

function sayCommentBy(opened: OpenCase, givenOn: string): string {
	const by = commentBy(opened, givenOn);
	return by === null ? 'Paused' : sayDay(by);
}

/** What a pack could hold, and the others that it could begin like. @throws NotFound */
export function packChoices(ctx: Ctx, reference: string): { sources: Source[]; others: { value: string; label: string }[] } {
	const { concern } = openFor(ctx, reference, 'packs');
	const others = packsIn(ctx.db, concern.id).filter(({ droppedAt }) => droppedAt === null);
	return {
		sources: sourcesOf(ctx, concern.id),
		others: others.map(({ no, side }) => ({ value: String(no), label: `Number ${no}, for ${PACK_SIDES[side].toLowerCase()}` })),
	};
}

/** A pack with its originals and what is covered, for whoever makes or checks it; that it was opened is noted. @throws NotFound */
export function packPage(ctx: Ctx, reference: string, no: number) {
	const opened = openFor(ctx, reference, `pack:${no}`);
	const pack = packNo(ctx.db, opened.concern.id, no);
	if (pack === null) throw new NotFound('There is no such case.');
	const items = itemViews(ctx, pack);
	const state = stateOfPack(pack);
	const mayChange = worksOn(opened) && (state === 'open' || state === 'sent_back');
	const me = ctx.actor.kind === 'person' ? ctx.actor.personId : '';
	return {
		no,
		version: pack.version,
		side: PACK_SIDES[pack.side],
		state,
		rows: rowsOf(ctx, pack, state),
		said: openText(ctx, pack.concernId, `pack:${pack.id}:check`),
		items,
		differences: differencesOf(items),
		copies: copiesIn(ctx, items),
		elsewhere: standOpen(items),
		chosen: itemsOf(ctx.db, pack.id).map(({ kind, sourceId }) => (sourceId === null ? kind : `${kind}:${sourceId}`)),
		mayChange,
		mayCheck: state === 'waits' && mayCheck(opened) && !hadPart(ctx, pack, me),
		mayGive: state === 'approved' && isLead(ctx, opened) && (pack.side === 'complainant' || toldOnIn(opened.steps) !== null),
		goesWithStep: state === 'approved' && pack.side === 'respondent' && toldOnIn(opened.steps) === null,
		mayDrop: worksOn(opened) && state !== 'given' && state !== 'dropped',
	};
}
export type PackPage = ReturnType<typeof packPage>;

/** Documents with something covered that a pack holds, each with its original and why. */
function copiesIn({ db }: Ctx, items: readonly ItemView[]): { n: number; copy: string; original: string; because: Because }[] {
	const find = prepared(db.sql, 'SELECT original_id AS original, because FROM concern_redacted_file WHERE file_id = ?');
	return items.flatMap(({ n, kind, sourceId }) => {
		const found = kind === 'file' ? (find.get(sourceId) as { original: string; because: Because } | undefined) : undefined;
		return found ? [{ n, copy: sourceId ?? '', ...found }] : [];
	});
}

function rowsOf({ db }: Ctx, pack: PackRow, state: PackState): { key: string; value: string }[] {
	const by = (personId: string | null) => (personId === null ? '' : (nameOf(db, personId) ?? ''));
	return [
		{ key: 'For', value: PACK_SIDES[pack.side] },
		{ key: 'Where it stands', value: PACK_STATES[state] },
		{ key: 'Begun', value: `${sayInstant(pack.madeAt)}, ${by(pack.madeBy)}` },
		...(pack.checkedAt === null
			? []
			: [{ key: pack.result === 'approved' ? 'Approved' : 'Sent back', value: `${sayInstant(pack.checkedAt)}, ${by(pack.checkedBy)}` }]),
		...(pack.givenAt === null ? [] : [{ key: 'Given', value: `${sayInstant(pack.givenAt)}, ${by(pack.givenBy)}` }]),
	];
}

function openFor(ctx: Ctx, reference: string, what: string): OpenCase {
	if (!seesPacks(sightOf(ctx, reference))) throw new NotFound('There is no such case.');
	return openCase(ctx, reference, what);
}
