import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, londonDay } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { openText, openTexts, sealText } from '#core/vault.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Answers } from './draft-fields.ts';
import { type Part, type PartKey, partsOf } from './draft-parts.ts';
import { PHASE_SAID } from './state.ts';
import { type Standing, standingOf } from './step.ts';

/** What is written so far, by part; a part that was never saved is not there. `savedOn`: the day of the last save, or of its beginning; `goesOn`: the day on which it is removed if nothing more is saved or sent. */
export type Draft = {
	standing: Standing;
	parts: readonly Part[];
	answers: Partial<Record<PartKey, Answers>>;
	/** Parts that must be filled before it can be sent. */
	missing: readonly Part[];
	savedOn: string;
	goesOn: string;
};

/** A concern that is being written, for its writer. Never authorises: whoever asks holds it open (`visitOf`). */
export function draftOf(ctx: Ctx, concernId: string): Draft {
	const standing = standingOf(ctx.db, concernId);
	const parts = partsOf(standing.concern.about);
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
	return { standing, parts, answers, missing, savedOn, goesOn: addDays(savedOn, standing.rules.draftDays) };
}

/** The day on which something of a draft was last saved, or on which it was begun. From it the time runs after which it is removed. */
export function savedOnOf(db: Db, { id, begunAt }: Pick<Standing['concern'], 'id' | 'begunAt'>): string {
	const text = "SELECT max(written_at) FROM vault_text WHERE vault_id = ? AND substr(place, 1, 6) = 'draft:'";
	return londonDay((prepared(db.sql, text).pluck().get(id) as number | null) ?? begunAt);
}

/** One part as it was saved, or nothing. Never authorises. */
export function partOf(ctx: Ctx, concernId: string, key: PartKey): Answers {
	const words = openText(ctx, concernId, placeOf(key));
	return words === null ? {} : (JSON.parse(words) as Answers);
}

/** Keeps a part, in place of what it held. Authorises: whoever holds the concern open. @throws Conflict once it was sent */
export function savePart(ctx: Ctx, concernId: string, key: PartKey, answers: Answers): void {
	commit(ctx, { name: 'write down a concern' }, (tx) => {
		const { phase } = standingOf(tx.db, concernId).state;
		if (phase !== 'enquiry') throw new Conflict(`${PHASE_SAID[phase]} You can send more as a message.`);
		sealText(tx, concernId, placeOf(key), JSON.stringify(answers));
		record(tx, 'concern.draft_saved', { type: 'concern', id: concernId });
	});
}

export const placeOf = (key: PartKey) => `draft:${key}`;
