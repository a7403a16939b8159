import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, londonDay } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { openText, openTexts, sealText } from '#core/vault.ts';
import type { Answers } from './draft-fields.ts';
import { type Part, type PartKey, partsOf } from './draft-parts.ts';
import { PHASE_SAID } from './state.ts';
import { type Standing, standingOf } from './step.ts';

/** What is written so far, by part; a part that was never saved is not there. `goesOn`: the day on which it is removed if it is not sent. */
export type Draft = {
	standing: Standing;
	parts: readonly Part[];
	answers: Partial<Record<PartKey, Answers>>;
	/** Parts that must be filled before it can be sent. */
	missing: readonly Part[];
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
	return { standing, parts, answers, missing, goesOn: addDays(londonDay(standing.concern.begunAt), standing.rules.draftDays) };
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
