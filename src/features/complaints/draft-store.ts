import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, londonDay } from '#core/dates.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { openText, openTexts, sealText } from '#core/vault.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Answers } from './draft-fields.ts';
import { type Part, type PartKey, partsOf } from './draft-parts.ts';
import { type CaseFile, filesIn } from './file-list.ts';
import { PHASE_SAID } from './state.ts';
import { type Standing, standingOf } from './step.ts';

/** What is written so far, by part; a part that was never saved is not there. `savedOn`: the day of the last save, or of its beginning; `goesOn`: the day on which it is removed if nothing more is saved or sent. */
export type Draft = {
	standing: Standing;
	parts: readonly Part[];
	answers: Partial<Record<PartKey, Answers>>;
	/** Parts that must be filled before it can be sent. */
	missing: readonly Part[];
	/** Documents that were added to it, oldest first. */
	files: readonly CaseFile[];
	savedOn: string;
	goesOn: string;
};

/** A concern that is being written, for its writer. Never authorises: whoever asks holds it open (`visitOf`). */
export function draftOf(ctx: Ctx, concernId: string): Draft {
	const standing = standingOf(ctx.db, concernId);
	const parts = partsOf(standing.concern.about, standing.concern.way);
	const found = openTexts(
		ctx,
		concernId,
		parts.map(({ key }) => placeOf(key)),
	);
	const answers: Draft['answers'] = {};
	for (const { key } of parts) {
		const words = found.get(placeOf(key));
		if (words !== undefined) answers[key] = JSON.parse(words) as Answers;
	}
	const missing = parts.filter(({ key, isNeeded }) => isNeeded && answers[key] === undefined);
	const savedOn = savedOnOf(ctx.db, standing.concern);
	const files = filesIn(ctx, concernId, 'complainant');
	return { standing, parts, answers, missing, files, savedOn, goesOn: addDays(savedOn, standing.rules.draftDays) };
}

/** The day on which something of a draft was last saved, or on which it was begun. From it the time runs after which it is removed. */
export function savedOnOf(db: Db, { id, begunAt }: Pick<Standing['concern'], 'id' | 'begunAt'>): string {
	const text = "SELECT max(written_at) FROM vault_text WHERE vault_id = ? AND (substr(place, 1, 6) = 'draft:' OR substr(place, 1, 5) = 'file:')";
	return londonDay((prepared(db.sql, text).pluck().get(id) as number | null) ?? begunAt);
}

/** One part as it was saved, or nothing. Never authorises. */
export function partOf(ctx: Ctx, concernId: string, key: PartKey): Answers {
	const words = openText(ctx, concernId, placeOf(key));
	return words === null ? {} : (JSON.parse(words) as Answers);
}

/** Keeps a part, in place of what it held. Authorises: whoever holds the concern open. @throws Conflict once it was sent */
export function savePart(ctx: Ctx, concernId: string, key: PartKey, answers: Answers): void {
	commit(ctx, { name: 'write down a concern' }, (tx) => putPart(tx, concernId, key, answers));
}

/** The same inside another write. @throws Conflict once it was sent; NotFound for a part that it does not have */
export function putPart(tx: Tx, concernId: string, key: PartKey, answers: Answers): void {
	const { state, concern } = standingOf(tx.db, concernId);
	if (state.phase !== 'enquiry') throw new Conflict(`${PHASE_SAID[state.phase]} You can send more as a message.`);
	if (!partsOf(concern.about, concern.way).some((part) => part.key === key)) throw new NotFound('Check the address, or go back to your page.');
	sealText(tx, concernId, placeOf(key), JSON.stringify(answers));
	record(tx, 'concern.draft_saved', { type: 'concern', id: concernId });
}

export const placeOf = (key: PartKey) => `draft:${key}`;
